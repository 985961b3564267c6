// Raw sums per outermost element: replacing an answer adds effect(new) - effect(old). Floors and rates
// are computed on reading (`scoring.scoreSums`): they are not additive.
import { preset, scoreItem } from './items.ts';
import type { Line, Rulebook } from './rulebook.ts';
import type { Answer, Answers, ItemScore, Sums } from './values.ts';

export type SumsByElement = ReadonlyMap<string, Sums>;

export const NOTHING: Sums = {
  answered: 0, answered_points: 0, not_applicable: 0, lost: 0, extra: 0, total: 0, vetoed: 0,
};

export function effect(score: ItemScore): Sums {
  return {
    answered: 1,
    answered_points: score.points,
    not_applicable: score.applies ? 0 : score.points,
    lost: score.lost,
    extra: score.extra,
    total: score.total,
    vetoed: score.vetoes.length ? 1 : 0,
  };
}

export function add(one: Sums, other: Sums, sign: 1 | -1 = 1): Sums {
  return {
    answered: one.answered + sign * other.answered,
    answered_points: one.answered_points + sign * other.answered_points,
    not_applicable: one.not_applicable + sign * other.not_applicable,
    lost: one.lost + sign * other.lost,
    extra: one.extra + sign * other.extra,
    total: one.total + sign * other.total,
    vetoed: one.vetoed + sign * other.vetoed,
  };
}

/** Sums after `next` replaces `old` on a line; undefined stands for no answer. RangeError: no such line. */
export function changed(
  book: Rulebook, sums: SumsByElement, key: string, old: Answer | undefined, next: Answer | undefined,
): SumsByElement {
  const line = book.byKey.get(key);
  if (!line) throw new RangeError(`评分表中没有这一项：${key}`);
  const before = sums.get(line.outermost) ?? NOTHING;
  const after = add(add(before, worth(book, line, next)), worth(book, line, old), -1);
  return new Map(sums).set(line.outermost, after);
}

/** Sums of all answers. Answers to lines the rulebook does not have count for nothing. */
export function sumsOf(book: Rulebook, answers: Answers): SumsByElement {
  return totals(book, scoreLines(book, answers));
}

export function totals(book: Rulebook, scores: ReadonlyMap<string, ItemScore>): SumsByElement {
  const kept = new Map<string, Sums>([...book.extents.keys()].map((key) => [key, NOTHING]));
  for (const line of book.lines) {
    const score = scores.get(line.key);
    if (score) kept.set(line.outermost, add(kept.get(line.outermost) ?? NOTHING, effect(score)));
  }
  return kept;
}

/** Every line answered or preset, scored, in the order of the rulebook. */
export function scoreLines(book: Rulebook, answers: Answers): Map<string, ItemScore> {
  const found = new Map<string, ItemScore>();
  for (const line of book.lines) {
    const score = scoreLine(book, line, answers.get(line.key));
    if (score) found.set(line.key, score);
  }
  return found;
}

/** null while the line is unanswered and in scope. */
export function scoreLine(book: Rulebook, line: Line, answer: Answer | undefined): ItemScore | null {
  if (answer) return scoreItem(book.book.scheme, line, answer);
  return line.preset ? preset(line) : null;
}

function worth(book: Rulebook, line: Line, answer: Answer | undefined): Sums {
  const score = scoreLine(book, line, answer);
  return score ? effect(score) : NOTHING;
}
