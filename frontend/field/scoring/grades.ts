// From a score to a level: the two schemes, and the lower of two levels. Thresholds come in the edition.
import type { Group, Scheme, Threshold } from './book.ts';
import { halfUp, reaches, spellDecimal } from './fraction.ts';
import type { Fraction } from './fraction.ts';
import { FAILED } from './values.ts';
import type { Groups } from './values.ts';

const LADDERS = [
  ['level_1', 'level_2', 'level_3', 'small_micro', FAILED],
  ['A', 'B', 'C', FAILED],
];
export const BY_P = 'C'; // the grade of two_groups that goes by P; those above go by both groups' rates
export const GRADED: readonly Group[] = ['basic_management', 'onsite_technical'];
const PERCENT = 100;
const P_SCALE = 1000;

/** Scheme `rate`: percent, one decimal, half up. `two_groups`: P / 10. */
export function shown(scheme: Scheme, share: Fraction): string {
  const [scale, places] = scheme.kind === 'rate' ? [PERCENT, 1] : [P_SCALE, 2]; // P in tenths, a tenth of it
  return spellDecimal(halfUp(share, scale, 10), places);
}

/** P for showing, one decimal half up; grades go by the exact fraction. */
export function pValue(share: Fraction): string {
  return spellDecimal(halfUp(share, P_SCALE, 10), 1);
}

/** The level by score; null where the scheme has no thresholds, `failed` below the lowest. */
export function levelOf(scheme: Scheme, share: Fraction, groups: Groups): string | null {
  if (!scheme.thresholds.length) return null;
  return scheme.thresholds.find((each) => meets(scheme, each, share, groups))?.level ?? FAILED;
}

/** `rate` compares the rounded score; `two_groups` exact fractions, and both groups must have a rate. */
function meets(scheme: Scheme, threshold: Threshold, share: Fraction, groups: Groups): boolean {
  if (scheme.kind === 'rate') return halfUp(share, PERCENT, 10) * 100 >= threshold.at_least;
  if (threshold.level === BY_P) return reaches(share, P_SCALE, threshold.at_least);
  return GRADED.every((group) => {
    const mine = groups.get(group);
    return mine !== undefined && reaches(mine, PERCENT, threshold.at_least);
  });
}

/** The lower of two levels; RangeError where they stand on no common ladder. */
export function lower(one: string, other: string): string {
  const ladder = LADDERS.find((each) => each.includes(one) && each.includes(other));
  if (!ladder) throw new RangeError(`等级“${one}”与“${other}”不属于同一套等级，不能比较`);
  return ladder.indexOf(one) >= ladder.indexOf(other) ? one : other;
}
