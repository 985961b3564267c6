"""The five-year clock of a standard: due, soon due, chased, being revised (uplift/1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dabiao.kernel.days import months_after, years_after

SOON_MONTHS: Final = 6  # shown beforehand, so that the owner can plan; our choice
AGAIN_MONTHS: Final = 1  # an owner who does not answer is chased again after this


class Chasing(StrEnum):
    LATER = "later"
    SOON = "soon"
    DUE = "due"
    CHASED = "chased"
    REVISING = "revising"


TITLES: Final = {
    Chasing.LATER: "未到期",
    Chasing.SOON: "即将到期",
    Chasing.DUE: "已到期，未催办",
    Chasing.CHASED: "已到期，已催办",
    Chasing.REVISING: "修订中",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """When a standard is due for review, and where that stands on the day asked about."""

    due: date
    chasing: Chasing

    @property
    def title(self) -> str:
        return TITLES[self.chasing]

    @property
    def overdue(self) -> bool:
        return self.chasing in {Chasing.DUE, Chasing.CHASED}


def due_day(in_force: date, reviewed: date | None, years: int) -> date:
    """The corresponding day `years` after it came into force or was last reaffirmed or revised."""
    return years_after(max(in_force, reviewed or in_force), years)


def clock(due: date, day: date, *, chased: date | None, revising: bool) -> Clock:
    """A reminder counts only if it was sent once the standard was due."""
    if day < due:
        soon = months_after(due, -SOON_MONTHS) <= day
        return Clock(due, Chasing.SOON if soon else Chasing.LATER)
    if revising:
        return Clock(due, Chasing.REVISING)
    return Clock(due, Chasing.CHASED if chased is not None and chased >= due else Chasing.DUE)


def chase_again(chased: date | None, due: date, day: date) -> bool:
    """Is it time to remind the owner (again)?"""
    if day < due:
        return False
    return chased is None or chased < due or months_after(chased, AGAIN_MONTHS) <= day
