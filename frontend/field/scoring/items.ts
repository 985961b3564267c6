// What one answer does to one line. Every rule of an item acts on its own; extras and totals act once.
import type { Item, Rule, Scheme } from './book.ts';
import type { Line, Veto } from './rulebook.ts';
import type { Answer, Deduction, ItemScore } from './values.ts';
import * as wording from './wording.ts';

interface Used {
  readonly rule: Rule;
  readonly count: number;
  readonly points: number;
  readonly words: string;
}

/** Points lost in the item (never more than it has), what goes off outside it, and why. */
export function scoreItem(scheme: Scheme, line: Line, answer: Answer): ItemScore {
  const item = line.item;
  if (answer.verdict !== 'deducted') return untouched(item, answer.verdict === 'conforms');
  const used = usedRules(item, answer.deductions ?? []);
  const counted = used.reduce((sum, each) => sum + taken(each), 0);
  const zero = used.some((each) => each.rule.effect === 'zero');
  const full = (zero && scheme.zero_exhausts) || (item.points > 0 && item.points <= counted);
  const outside = acting(item, used, full);
  return {
    points: item.points,
    lost: zero ? item.points : Math.min(counted, item.points),
    extra: outside.reduce((sum, rule) => sum + rule.extra, 0),
    total: outside.reduce((sum, rule) => sum + rule.total, 0),
    applies: true,
    vetoes: [...line.vetoes, ...outside.filter((rule) => rule.veto).map((rule) => clause(item, rule))],
    reasons: reasons(item, used, counted, outside),
  };
}

/** A line outside the unit's scope, before anybody says otherwise. */
export function preset(line: Line): ItemScore {
  return untouched(line.item, false);
}

function untouched(item: Item, applies: boolean): ItemScore {
  return { points: item.points, lost: 0, extra: 0, total: 0, applies, vetoes: [], reasons: [] };
}

/** Each rule used, once, in the order printed: counts and free amounts of one rule are added up. */
function usedRules(item: Item, deductions: readonly Deduction[]): Used[] {
  return item.rules.flatMap((rule) => {
    const mine = deductions.filter((each) => each.rule === rule.key && (each.count ?? 1) > 0);
    return mine.length ? [merged(item, rule, mine)] : [];
  });
}

function merged(item: Item, rule: Rule, mine: readonly Deduction[]): Used {
  const free = mine.reduce((sum, each) => sum + Math.max(each.points ?? 0, 0), 0);
  const words = mine.map((each) => (each.words ?? '').trim()).filter(Boolean);
  return {
    rule,
    count: mine.reduce((sum, each) => sum + (each.count ?? 1), 0),
    points: Math.min(free, item.points),
    words: words.join('；'),
  };
}

function taken({ rule, count, points }: Used): number {
  if (rule.effect === 'free') return points;
  if (rule.effect === 'each') return rule.points * count;
  return rule.effect === 'once' ? rule.points : 0;
}

/** Rules whose extra, total and veto act: by their own trigger, or (扣满) by the item being used up. */
function acting(item: Item, used: readonly Used[], full: boolean): Rule[] {
  const triggered = used.map((each) => each.rule).filter((rule) => !rule.exhausted);
  return [...triggered, ...item.rules.filter((rule) => rule.exhausted && full)];
}

function clause(item: Item, rule: Rule): Veto {
  const key = `${item.key}/${rule.key}`;
  return { key, text: rule.text, since: '', clause: item.citation, item: item.key, source: '本标准' };
}

function reasons(item: Item, used: readonly Used[], counted: number, outside: readonly Rule[]): string[] {
  const deducting = used.filter(({ rule }) => !rule.exhausted || rule.effect !== 'none');
  const found = deducting.map((each) => wording.deduction(item, each.rule, each));
  if (counted > item.points) found.push(wording.capped(item));
  return [...found, ...outside.filter((rule) => rule.exhausted).map((rule) => wording.exhausted(item, rule))];
}
