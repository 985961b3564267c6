"""From a score to a level: the two schemes, and the lower of two levels. Thresholds come in the edition."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from dabiao.kernel.points import PERCENT, THOUSANDTHS, half_up
from dabiao.sheets.rules.values import FAILED
from dabiao.standards.rules.book import Group, Scheme, SchemeKind, Threshold

LADDERS: Final = (
    ("level_1", "level_2", "level_3", "small_micro", FAILED),
    ("A", "B", "C", FAILED),
)
BY_P: Final = "C"  # the grade of two_groups that goes by P; those above it go by both groups' rates
P_SCALE: Final = 1000  # P = 1000 x obtained / applicable
P_PER_PERCENT: Final = 10  # the score of two_groups is P / 10
GRADED: Final = (Group.BASIC, Group.ONSITE)


def rate_score(rate: Fraction) -> Decimal:
    """Scheme `rate`: percent, one decimal, half up."""
    return half_up(rate, times=PERCENT)


def p_value(rate: Fraction) -> Decimal:
    """P for showing, one decimal half up; grades go by the exact fraction."""
    return half_up(rate, times=P_SCALE)


def p_score(rate: Fraction) -> Decimal:
    """P / 10, so that both schemes give a score out of 100."""
    return p_value(rate) / P_PER_PERCENT


def level(scheme: Scheme, rate: Fraction, groups: Mapping[Group, Fraction]) -> str | None:
    """The level by score; None where the scheme has no thresholds, `FAILED` below the lowest."""
    if not scheme.thresholds:
        return None
    met = (each.level for each in scheme.thresholds if meets(scheme, each, rate, groups))
    return next(met, FAILED)


def meets(scheme: Scheme, threshold: Threshold, rate: Fraction, groups: Mapping[Group, Fraction]) -> bool:
    """Scheme `rate` compares the rounded score; `two_groups` compares exact fractions.

    A group in which nothing applies has no rate, and without both rates there is no A and no B.
    """
    if scheme.kind is SchemeKind.RATE:
        return Fraction(rate_score(rate)) >= Fraction(threshold.at_least, THOUSANDTHS)
    if threshold.level == BY_P:
        return P_SCALE * rate >= Fraction(threshold.at_least, THOUSANDTHS)
    least = Fraction(threshold.at_least, THOUSANDTHS * PERCENT)
    return all(group in groups and groups[group] >= least for group in GRADED)


def lower(one: str, other: str) -> str:
    """The lower of two levels; ValueError where they stand on no common ladder."""
    for ladder in LADDERS:
        if one in ladder and other in ladder:
            return max(one, other, key=ladder.index)
    raise ValueError(f"等级“{one}”与“{other}”不属于同一套等级，不能比较")
