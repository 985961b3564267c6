"""How numbers, days and moments are written on paper, and what of a text may reach it."""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from dabiao.kernel.points import PERCENT, half_up, spell

CHINA: Final = ZoneInfo("Asia/Shanghai")
DASH: Final = "—"
MISSING: Final = "〓"  # what Chinese printers have always set where a character is lacking
SHORT: Final = 16
HUNDREDTH: Final = Decimal("0.01")

# Kinds of character without a picture of their own: controls, surrogates, private use, unassigned.
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_VARIANTS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANK_LINES: Final = re.compile(r"\s*\n\s*")


def printable(text: str) -> str:
    """The text as paper takes it: one kind of line end, no controls, 〓 for private or broken characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    drawn = text if text.isascii() and text.isprintable() else "".join(map(_drawn, _VARIANTS.sub("", text)))
    return _BLANK_LINES.sub("\n", drawn.strip())


def _drawn(char: str) -> str:
    kind = unicodedata.category(char)
    if char == "\n" or kind not in _UNPRINTABLE:
        return char
    return "" if kind == "Cc" else MISSING


def day(value: date | None) -> str:
    """A day in running text: 2026年3月16日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else DASH


def iso_day(value: date | None) -> str:
    """A day in a table: 2026-03-16."""
    return value.isoformat() if value else DASH


def moment(value: datetime | None) -> str:
    """A moment in a table, Beijing time; a naive one is taken to be so already."""
    if value is None:
        return ""
    local = value.astimezone(CHINA) if value.tzinfo else value
    return local.strftime("%Y-%m-%d %H:%M")


def span(begun: date | None, ended: date | None) -> str:
    if begun and ended and begun != ended:
        return f"{day(begun)}至{day(ended)}"
    return day(begun or ended)


def percent(rate: Fraction | None) -> str:
    """A rate in percent, one decimal, half up, without the sign (the heading carries it)."""
    return DASH if rate is None else str(half_up(rate * PERCENT))


def exact_percent(rate: Fraction) -> str:
    """A rate compared unrounded: cut after two decimals, so that it never seems to reach a threshold."""
    cut = Decimal((rate * PERCENT / Fraction(HUNDREDTH)).__floor__()) * HUNDREDTH
    return f"{cut.quantize(HUNDREDTH, ROUND_FLOOR)}%"


def score(value: Decimal | None) -> str:
    return DASH if value is None else str(half_up(Fraction(value)))


def off(thousandths: int) -> str:
    """Points taken away: "-2", or empty where nothing is."""
    return f"−{spell(thousandths)}" if thousandths else ""


def short(digest: str) -> str:
    return digest.removeprefix("sm3:").removeprefix("sha256:")[:SHORT]
