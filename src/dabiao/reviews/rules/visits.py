"""The days and half-days a visit takes; nobody is in two places at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

LONGEST: Final = 30  # days from first to last: beyond that a slip of the finger


class Hours(StrEnum):
    DAY = "day"
    MORNING = "am"
    AFTERNOON = "pm"


TITLES: Final = {Hours.DAY: "全天", Hours.MORNING: "上午", Hours.AFTERNOON: "下午"}
HALVES: Final = {
    Hours.DAY: (Hours.MORNING, Hours.AFTERNOON),
    Hours.MORNING: (Hours.MORNING,),
    Hours.AFTERNOON: (Hours.AFTERNOON,),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both counted."""

    first: date
    last: date
    hours: Hours = Hours.DAY

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    @property
    def slots(self) -> tuple[tuple[date, Hours], ...]:
        return tuple((day, half) for day in self.days for half in HALVES[self.hours])

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Taken:
    """A half-day already given to another visit."""

    account: int
    day: date
    half: Hours
    visit: str  # number of the review


def faults(span: Span, today: date) -> dict[str, str]:
    """Field -> what is wrong with the dates."""
    if span.first < today:
        return {"starts_on": "评审不能早于今天。"}
    if span.last < span.first:
        return {"ends_on": "结束日期不能早于开始日期。"}
    if (span.last - span.first).days >= LONGEST:
        return {"ends_on": f"一次评审最多 {LONGEST} 天，请核对日期。"}
    return {}


def clashes(
    span: Span, people: Mapping[int, str], taken: Iterable[Taken], most_a_day: int
) -> tuple[str, ...]:
    """Why these people cannot come: at another visit then, or at too many that day already."""
    rows = tuple(taken)
    return tuple(
        words
        for key, name in people.items()
        for words in _clash(span, name, [r for r in rows if r.account == key], most_a_day)
    )


def _clash(span: Span, name: str, rows: list[Taken], most: int) -> Iterator[str]:
    slots, days = set(span.slots), set(span.days)
    over = next((each for each in rows if (each.day, each.half) in slots), None)
    if over is not None:
        yield f"{name} {over.day:%Y-%m-%d} {TITLES[over.half]}已安排评审 {over.visit}。"
        return
    for day in sorted({each.day for each in rows} & days):
        visits = {each.visit for each in rows if each.day == day}
        if len(visits) >= most:
            yield f"{name} {day:%Y-%m-%d} 已安排 {len(visits)} 次评审，每人每日最多 {most} 次。"
            return
