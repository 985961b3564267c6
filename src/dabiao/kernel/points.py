"""Points and rates, exact: points are integer thousandths, rates are fractions, rounding is named.

Never a float: Django's DecimalField is one on SQLite, and a rate of 79.99 % must stay below 80 %.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

THOUSANDTHS: Final = 1000
PERCENT: Final = 100
TENTH: Final = Decimal("0.1")


def points(text: str | int | Decimal) -> int:
    """Read a number of points ("2.5", 4) as thousandths; ValueError if it is none or too fine."""
    try:
        exact = Decimal(str(text).strip()) * THOUSANDTHS
    except InvalidOperation as error:
        raise ValueError(f"不是分值：{text}") from error
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise ValueError(f"分值最多三位小数：{text}")
    return int(exact)


def spell(thousandths: int) -> str:
    """Write thousandths the shortest exact way: 2500 -> "2.5", 1000000 -> "1000"."""
    sign = "-" if thousandths < 0 else ""
    whole, rest = divmod(abs(thousandths), THOUSANDTHS)
    return f"{sign}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")


def rate(obtained: int, applicable: int) -> Fraction | None:
    """Share obtained of what applies, exact; None where nothing applies."""
    return Fraction(obtained, applicable) if applicable else None


def half_up(value: Fraction, step: Decimal = TENTH, times: int = 1) -> Decimal:
    """Round `times` the value half up to `step` (one decimal unless told), without passing through floats."""
    over, under = step.as_integer_ratio()  # value / step, in whole numbers: fractions take ten times as long
    above, below = times * value.numerator * under, value.denominator * over
    return (Decimal((2 * above + below) // (2 * below)) * step).quantize(step, ROUND_HALF_UP)
