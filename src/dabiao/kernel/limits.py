"""A limit that runs, stands still and runs on; evaluated as things stood on a day.

The day of the event does not count; while suspended nothing is used up, and what remains runs on from the day
after completion (house/counting). A provisional date warns but closes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dabiao.kernel.days import Calendar, Due, months_after, years_after

Suspension = tuple[date, date | None]
"""From the day it is suspended (still used up) to the day of completion (not used); None while it lasts."""


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class LimitColour(StrEnum):
    """Green runs; amber is to be looked at; red has passed for certain."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many working days, days, months or years after an event."""

    length: int
    unit: Unit = Unit.WORKING_DAYS

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError("期限长度不能为负。")


@dataclass(frozen=True, slots=True)
class LimitState:
    """A limit on a day. `remaining` counts working days for a limit in working days, else calendar days;
    negative is overdue. While suspended `due` is the earliest possible: as if completed that day.
    """

    due: date
    remaining: int
    counts_working_days: bool
    colour: LimitColour
    passed: bool = False
    suspended: bool = False
    held: bool = False
    missing_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.missing_years)

    @property
    def may_close(self) -> bool:
        """Passed for certain: the date is not provisional and no extension asked for in time is undecided."""
        return self.passed and not self.provisional and not self.held


def running(
    limit: Limit,
    started: date,
    suspensions: Iterable[Suspension],
    calendar: Calendar,
    on: date,
    *,
    amber: int,
    held: bool = False,
) -> LimitState:
    """How a limit stands on a day; what happened after that day is not looked at.

    `amber`: so many days (in the limit's counting) or fewer left warn; from law `limits.warning`.
    `held`: an extension asked for in time is undecided and keeps the limit open (house/overdue).
    """
    ruler = _Ruler(calendar, limit.unit is Unit.WORKING_DAYS)
    due, suspended = _due(ruler, _length(limit, started), started, _seen(suspensions, on), on)
    passed = on > due.day and not suspended
    remaining = ruler.between(on, due.day)
    colour = _colour(remaining, amber, passed=passed, certain=not (due.provisional or held))
    return LimitState(due.day, remaining, ruler.working, colour, passed, suspended, held, due.missing_years)


def due_day(limit: Limit, started: date, calendar: Calendar) -> Due:
    """The last day of a limit that is never suspended."""
    return _Ruler(calendar, limit.unit is Unit.WORKING_DAYS).add(started, _length(limit, started))


def words(state: LimitState) -> str:
    """还剩 3 个工作日 · 今天到期 · 逾期 1 个工作日, with 已暂停 and （暂定） where they hold."""
    unit = "个工作日" if state.counts_working_days else "天"
    text = _distance(state, unit)
    return f"{'已暂停，' if state.suspended else ''}{text}{'（暂定）' if state.provisional else ''}"


def until(day: date, *, provisional: bool) -> str:
    """至 2026-03-16, with （暂定） while a year it rests on has no calendar."""
    return f"至 {day:%Y-%m-%d}{'（暂定）' if provisional else ''}"


def _distance(state: LimitState, unit: str) -> str:
    if state.passed:
        # Due on a Friday, looked at on the Saturday: passed, but not yet by a working day.
        return f"逾期 {-state.remaining} {unit}" if state.remaining else "已逾期"
    return f"还剩 {state.remaining} {unit}" if state.remaining else "今天到期"


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Counts in working days or in calendar days."""

    calendar: Calendar
    working: bool

    def add(self, day: date, length: int) -> Due:
        return self.calendar.add(day, length) if self.working else Due(day + timedelta(days=length))

    def between(self, start: date, end: date) -> int:
        return self.calendar.between(start, end) if self.working else (end - start).days

    def missing(self, start: date, end: date) -> tuple[int, ...]:
        return self.calendar.missing(start, end) if self.working else ()


def _length(limit: Limit, started: date) -> int:
    """Months and years become the days up to their corresponding day, so that they too can stand still."""
    if limit.unit is Unit.MONTHS:
        return (months_after(started, limit.length) - started).days
    if limit.unit is Unit.YEARS:
        return (years_after(started, limit.length) - started).days
    return limit.length


def _seen(suspensions: Iterable[Suspension], on: date) -> list[Suspension]:
    """In order, as known on that day: later ones unheard of, those that end later still lasting."""
    known = ((start, end if end and end <= on else None) for start, end in suspensions if start <= on)
    return sorted(known, key=lambda span: (span[0], span[1] or date.max))


def _due(
    ruler: _Ruler, left: int, started: date, suspensions: list[Suspension], on: date
) -> tuple[Due, bool]:
    """The last day, and whether the limit stands still on `on`."""
    cursor, missing = started, set[int]()
    for start, end in suspensions:
        if ruler.add(cursor, left).day < start:
            break  # it had passed before it could be suspended
        if start > cursor:
            left -= ruler.between(cursor, start)
            missing.update(ruler.missing(cursor, start))
        cursor = max(cursor, end or on)
        if end is None:
            return _with(ruler.add(cursor, left), missing), True
    return _with(ruler.add(cursor, left), missing), False


def _with(due: Due, missing: set[int]) -> Due:
    return Due(due.day, tuple(sorted(missing.union(due.missing_years))))


def _colour(remaining: int, amber: int, *, passed: bool, certain: bool) -> LimitColour:
    if passed:
        return LimitColour.RED if certain else LimitColour.AMBER
    return LimitColour.AMBER if remaining <= amber else LimitColour.GREEN
