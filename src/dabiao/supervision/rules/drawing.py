"""How many of a lot are drawn, until when, and who has to be among those who go."""

from collections.abc import Collection, Iterable
from datetime import date

from dabiao.grading.rules.extent import share_of


def owed(announced: int, share: int, drawn: int) -> int:
    """So many are to be drawn yet: the share of all announced, rounded up, less those drawn before."""
    return max(0, share_of(announced, share) - drawn)


def last_day(year: int, month_day: str) -> date:
    """A day of the year that follows the one drawn from."""
    month, day = month_day.split("-")
    return date(year + 1, int(month), int(day))


def lacking(wanted: Iterable[object], held: Iterable[Collection[str]]) -> list[str]:
    """Roles of which nobody goes. `held`: those of each who goes."""
    there = {role for each in held for role in each}
    return [str(role) for role in wanted if role not in there]
