// One answer while it is given: what a tap makes of it. An answer that the server would refuse as it stands is never made.
import type { Item, Rule } from '../../../scoring/book.ts';
import type { Line } from '../../../scoring/rulebook.ts';
import { scoreItem } from '../../../scoring/items.ts';
import type { Scheme } from '../../../scoring/book.ts';
import type { Answer, Deduction, Verdict } from '../../../scoring/values.ts';

export const MOST = 9999; // the server's: more of one thing is a slip of the finger

export interface Whole {
  readonly verdict: Verdict;
  readonly deductions: readonly Deduction[];
  readonly words: string;
  readonly reason: string;
}

const BLANK = { deductions: [], words: '', reason: '' } as const;

export function whole(answer: Answer | null): Whole | null {
  return answer && { ...BLANK, ...answer };
}

/** Another verdict; words stay. null: deducted, and no rule chosen yet, where the item has rules to choose from. */
export function judged(item: Item, before: Whole | null, verdict: Verdict): Whole | null {
  const kept = { ...BLANK, ...before, verdict };
  if (verdict !== 'deducted') return { ...kept, deductions: [], reason: verdict === 'not_applicable' ? kept.reason : '' };
  return rulesToTap(item).length && !kept.deductions.length ? null : { ...kept, reason: '' };
}

/** Those that act by themselves (扣满) are not tapped. */
export function rulesToTap(item: Item): readonly Rule[] {
  return item.rules.filter((rule) => !(rule.exhausted && rule.effect === 'none'));
}

export function countOf(answer: Whole | null, rule: Rule): number {
  return used(answer, rule)?.count ?? (used(answer, rule) ? 1 : 0);
}

export function used(answer: Whole | null, rule: Rule): Deduction | undefined {
  return answer?.verdict === 'deducted' ? answer.deductions.find((each) => each.rule === rule.key) : undefined;
}

/** A rule counted up or down, switched on or off. null: nothing is left of the deductions; the verdict is asked anew. */
export function tapped(item: Item, before: Whole | null, rule: Rule, step: 1 | -1): Whole | null {
  const count = countOf(before, rule) + step;
  const most = rule.effect === 'each' ? MOST : 1;
  if (rule.effect === 'free' && step === 1) return before;
  return put(item, before, rule, count <= 0 ? null : { rule: rule.key, count: Math.min(count, most), points: used(before, rule)?.points ?? 0, words: used(before, rule)?.words ?? '' });
}

/** An amount set by hand, in thousandths; within the item's points, 0 takes it off. */
export function amounted(item: Item, before: Whole | null, rule: Rule, points: number): Whole | null {
  const within = Math.min(Math.max(Math.round(points), 0), item.points);
  return put(item, before, rule, within ? { rule: rule.key, count: 1, points: within, words: used(before, rule)?.words ?? '' } : null);
}

function put(item: Item, before: Whole | null, rule: Rule, now: Deduction | null): Whole | null {
  const mine = before?.verdict === 'deducted' ? before.deductions : [];
  const others = mine.filter((each) => each.rule !== rule.key);
  const all = now ? [...others, now] : others;
  const order = new Map(item.rules.map((each, at) => [each.key, at]));
  const deductions = all.sort((one, other) => (order.get(one.rule) ?? 0) - (order.get(other.rule) ?? 0));
  return deductions.length ? { ...BLANK, ...before, reason: '', verdict: 'deducted', deductions } : null;
}

export function worded(before: Whole, field: 'words' | 'reason', text: string): Whole {
  return { ...before, [field]: text };
}

export function same(one: Whole | null, other: Whole | null): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(answer: Whole | null): unknown {
  if (!answer) return null;
  const deductions = answer.deductions.map((each) => [each.rule, each.count ?? 1, each.points ?? 0, each.words ?? '']);
  return [answer.verdict, deductions, answer.words, answer.reason];
}

/** What the item still has, in thousandths. */
export function left(scheme: Scheme, line: Line, answer: Answer | null): number {
  return answer ? line.item.points - scoreItem(scheme, line, answer).lost : line.item.points;
}

/** Does this answer hit a veto of the line? */
export function vetoes(scheme: Scheme, line: Line, answer: Answer | null): boolean {
  return answer !== null && scoreItem(scheme, line, answer).vetoes.length > 0;
}
