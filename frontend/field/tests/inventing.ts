// Invented books and answers for the laws of scoring.
import fc from 'fast-check';
import type { PlainBook, PlainItem } from '../scoring/book.ts';
import { rulebook } from '../scoring/rulebook.ts';
import type { Line, Rulebook } from '../scoring/rulebook.ts';
import type { Answer } from '../scoring/values.ts';

const points = fc.integer({ min: 0, max: 40 }).map((halves) => halves * 500);

const rule = fc.record({
  effect: fc.constantFrom('zero', 'each', 'once', 'free', 'none'),
  points,
  extra: fc.constantFrom(0, 0, 5000),
  exhausted: fc.boolean(),
  total: fc.constantFrom(0, 0, 0, 20000),
  veto: fc.constantFrom(false, false, false, true),
});

const item = fc.record({
  element: fc.constantFrom('a', 'a1', 'b', 'c'),
  points,
  rules: fc.array(rule, { maxLength: 4 }),
  areas: fc.constantFrom([], [], ['dust'], ['ammonia']),
  veto: fc.constantFrom('', '', '', 'veto'),
});

const RATE = { thresholds: [['level_1', 90000], ['level_2', 75000], ['level_3', 60000]] };
const GROUPS = { kind: 'two_groups', thresholds: [['A', 90000], ['B', 80000], ['C', 700000]] };

const scheme = fc.tuple(fc.constantFrom(RATE, GROUPS), fc.boolean()).map(([each, zero]) => ({
  ...each,
  thresholds: each.thresholds.map(([level, at_least]) => ({ level, at_least })),
  zero_exhausts: zero,
}));

const plainBook = fc.tuple(scheme, fc.array(item, { minLength: 1, maxLength: 8 })).map(([given, items]) => ({
  title: '示例标准',
  number: 'SL-1',
  scheme: given,
  elements: [
    { key: 'a', title: '甲', group: 'basic_management' }, { key: 'a1', title: '甲一', parent: 'a' },
    { key: 'b', title: '乙', group: 'onsite_technical' }, { key: 'c', title: '丙' },
  ],
  items: items.map((each, at) => named(each, at)),
}) as unknown as PlainBook);

function named(each: { readonly rules: readonly object[] }, at: number): PlainItem {
  const rules = each.rules.map((one, place) => ({ key: String(place + 1), text: `示例条款${place + 1}`, ...one }));
  return { key: `${at + 1}`, number: `${at + 1}`, requirement: '示例要求', method: '', ...each, rules } as never;
}

const limits = fc.record({
  vetoes: fc.constantFrom([], [{ key: 'f1', text: '示例否决条件' }], [{ key: 'v1', text: '示例否决', item: '1' }]),
  areas: fc.constantFrom(null, [], ['dust']),
});

export const books: fc.Arbitrary<Rulebook> = fc.tuple(plainBook, limits).map(([book, given]) => rulebook(book, given));

export function answerTo(line: Line): fc.Arbitrary<Answer> {
  const uses = fc.array(fc.record({
    rule: fc.constantFrom(...line.item.rules.map((each) => each.key), '9'),
    count: fc.integer({ min: 1, max: 5 }),
    points: fc.integer({ min: 0, max: 30 }).map((each) => each * 777),
  }), { maxLength: 4 });
  return fc.oneof(
    fc.constant<Answer>({ verdict: 'conforms' }),
    fc.constant<Answer>({ verdict: 'not_applicable', reason: '没有该设备' }),
    uses.map((deductions): Answer => ({ verdict: 'deducted', deductions, words: '现场发现问题' })),
  );
}

/** A rulebook and a walk of answers given, replaced and taken back, in turn. */
export interface Walk {
  readonly book: Rulebook;
  readonly steps: readonly (readonly [string, Answer | undefined])[];
}

export const walks: fc.Arbitrary<Walk> = books.chain((book) => {
  const step = fc.constantFrom(...book.lines).chain((line) =>
    fc.option(answerTo(line), { nil: undefined, freq: 5 }).map((answer) => [line.key, answer] as const));
  return fc.record({ book: fc.constant(book), steps: fc.array(step, { maxLength: 24 }) });
});

/** The answers that stand at the end of a walk. */
export function standing({ steps }: Walk): Map<string, Answer> {
  const found = new Map<string, Answer>();
  for (const [key, answer] of steps) if (answer) found.set(key, answer); else found.delete(key);
  return found;
}
