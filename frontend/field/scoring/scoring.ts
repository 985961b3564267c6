// The scorer: a rulebook and answers in, a score with its reasons out; the server's `sheets.rules.scoring`.
import type { Element } from './book.ts';
import { rate } from './fraction.ts';
import * as grades from './grades.ts';
import { explain } from './reasons.ts';
import type { Extent, Rulebook } from './rulebook.ts';
import { NOTHING, add, scoreLines, totals } from './sums.ts';
import type { SumsByElement } from './sums.ts';
import { FAILED } from './values.ts';
import type { Answers, ElementScore, Groups, Result, Running, Sums } from './values.ts';

/** Score a sheet. The level is the lower of the score's and `performance` (安全绩效), if given. */
export function score(book: Rulebook, answers: Answers, performance: string | null = null): Result {
  const items = scoreLines(book, answers);
  const running = scoreSums(book, totals(book, items), performance);
  const vetoes = [...items.values()].flatMap((each) => each.vetoes);
  return {
    ...running,
    items,
    vetoes,
    missing: book.lines.filter((line) => !items.has(line.key)).map((line) => line.key),
    reasons: explain(book, running, vetoes, performance),
  };
}

/** The running score from sums kept per outermost element; equals `score` of the same answers. */
export function scoreSums(book: Rulebook, sums: SumsByElement, performance: string | null = null): Running {
  const scheme = book.book.scheme;
  const elements = elementScores(book, sums);
  const whole = [...sums.values()].reduce((one, other) => add(one, other), NOTHING);
  const applicable = total(elements, 'applicable');
  const obtained = Math.max(0, total(elements, 'obtained') - whole.total);
  const lines = book.lines.length;
  const share = rate(obtained, applicable);
  const groups = scheme.kind === 'two_groups' ? groupRates(elements) : null;
  const provisional = share && grades.shown(scheme, share);
  const done = whole.answered === lines;
  const byScore = done && share ? grades.levelOf(scheme, share, groups ?? new Map()) : null;
  return {
    full: book.full,
    not_applicable: whole.not_applicable,
    applicable,
    obtained,
    total_deduction: whole.total,
    rate: share,
    score: done ? provisional : null,
    provisional,
    by_score: byScore,
    level: level(byScore, performance, whole.vetoed),
    elements,
    answered: whole.answered,
    lines,
    vetoed: whole.vetoed,
    groups,
    p: groups && share ? grades.pValue(share) : null,
  };
}

function elementScores(book: Rulebook, sums: SumsByElement): ElementScore[] {
  const outer = book.book.elements.filter((element) => !element.parent);
  return outer.map((each) => elementScore(each, book.extents.get(each.key)!, sums.get(each.key) ?? NOTHING));
}

function elementScore(element: Element, extent: Extent, sums: Sums): ElementScore {
  const applicable = sums.answered_points - sums.not_applicable;
  const obtained = Math.max(0, applicable - sums.lost - sums.extra);
  return {
    key: element.key,
    name: element.title,
    full: extent.points,
    not_applicable: sums.not_applicable,
    applicable,
    obtained,
    extra: sums.extra,
    rate: rate(obtained, applicable),
    group: element.group,
    answered: sums.answered,
    items: extent.lines,
  };
}

/** Exact rate of each group in which anything applies; what goes off the grand total is in neither. */
function groupRates(elements: readonly ElementScore[]): Groups {
  const found = new Map();
  for (const group of grades.GRADED) {
    const mine = elements.filter((each) => each.group === group);
    const share = rate(total(mine, 'obtained'), total(mine, 'applicable'));
    if (share) found.set(group, share);
  }
  return found;
}

function total(elements: readonly ElementScore[], field: 'applicable' | 'obtained'): number {
  return elements.reduce((sum, each) => sum + each[field], 0);
}

/** A veto fails, whatever is answered after it. */
function level(byScore: string | null, performance: string | null, vetoed: number): string | null {
  if (vetoed) return FAILED;
  return byScore === null || performance === null ? byScore : grades.lower(byScore, performance);
}
