// Quick phrases of an item: what its rules describe, turned into what was found, and what was said on it before.
import type { Rule } from '../../../scoring/book.ts';
import type { Line } from '../../../scoring/rulebook.ts';
import type { Answer } from '../../../scoring/values.ts';

const MOST = 6;
const LONGEST = 40;
const TAIL = /的?[，,；;]?(?:每[^，,；;。]{0,6})?(?:不得分|酌情扣|(?:追加)?扣(?:除|减)?\s*\d|扣满|予以否决|一票否决).*$/u;
const ABSENT = ['本单位没有这类设备设施', '本单位没有这项作业活动', '本次评审范围不包括这一项'];
const FINE = ['查阅制度和记录，现场查看，符合要求。', '现场查看，符合要求。', '查阅记录，符合要求。'];

/** For words or for a reason, the likeliest first; `before` is what was said on this line earlier, the latest first. */
export function phrases(line: Line, answer: Answer | null, before: readonly string[]): string[] {
  const said = before.map((each) => each.trim()).filter((each) => each && each.length <= LONGEST);
  if (answer?.verdict === 'not_applicable') return unique([...said, ...ABSENT]);
  if (answer?.verdict === 'conforms') return unique([...said, ...FINE]);
  return unique([...chosen(line, answer), ...said, ...told(line.item.rules)]);
}

/** The rules tapped come first. */
function chosen(line: Line, answer: Answer | null): string[] {
  const used = new Set((answer?.deductions ?? []).map((each) => each.rule));
  return told(line.item.rules.filter((rule) => used.has(rule.key)));
}

/** Of rules that describe something; an amount at discretion does not. */
function told(rules: readonly Rule[]): string[] {
  return rules.filter((rule) => rule.effect !== 'free' && !rule.exhausted).map((rule) => found(rule.text));
}

/** “缺少记录的，每处扣2分” → “缺少记录”. */
export function found(rule: string): string {
  const text = rule.replace(/^[※★*\s]+/u, '').trim();
  return text.replace(TAIL, '').replace(/[，,；;、。的]+$/u, '').trim();
}

/** Added behind what is there, as a sentence of its own. */
export function added(text: string, phrase: string): string {
  const before = text.trimEnd();
  if (!before) return phrase;
  return /[。；;！？\n]$/u.test(before) ? `${before}${phrase}` : `${before}；${phrase}`;
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all.filter((each) => each && each.length <= LONGEST))].slice(0, MOST);
}
