"""Meetings of the leading group: one each calendar half-year from the first full one (uplift/17)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = 12
HALF: Final = 6
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a calendar year, first to last day."""

    first: date
    last: date

    @property
    def title(self) -> str:
        """2026年上半年; parts of another length by their months."""
        if self.last.month - self.first.month == HALF - 1:
            return f"{self.first.year}年{'上' if self.first.month == 1 else '下'}半年"
        return f"{self.first.year}年{self.first.month}—{self.last.month}月"


def span_of(day: date, months: int) -> Span:
    """The part of the year a day lies in, where a year is cut into parts of so many months."""
    start = (day.month - 1) // months * months + 1
    after = start + months
    end = date(day.year + 1, 1, 1) if after > MONTHS else date(day.year, after, 1)
    return Span(date(day.year, start, 1), end - DAY)


def asked(formed: date, day: date, months: int) -> Iterator[Span]:
    """Every part from the first full one after forming to that of the day."""
    span = span_of(formed, months)
    if span.first < formed:
        span = span_of(span.last + DAY, months)
    while span.first <= day:
        yield span
        span = span_of(span.last + DAY, months)


@dataclass(frozen=True, slots=True)
class Meetings:
    """`overdue`: parts that passed without their meetings; `due`: that of the day while it lacks one."""

    overdue: tuple[Span, ...]
    due: Span | None


def stand(formed: date, held: Iterable[date], day: date, *, months: int, count: int) -> Meetings:
    """How the meetings stand on a day; those held later are not looked at."""
    days = [each for each in held if formed <= each <= day]
    lacking = [
        span
        for span in asked(formed, day, months)
        if sum(span.first <= each <= span.last for each in days) < count
    ]
    passed = tuple(span for span in lacking if span.last < day)
    return Meetings(passed, next((span for span in lacking if span.last >= day), None))
