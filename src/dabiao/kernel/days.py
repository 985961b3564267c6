"""Working days: the calendar is a value, so that a decision can be recomputed with the calendar of its day.

A year nobody has entered yet falls back to Monday to Friday; what rests on it is provisional, never an error.
Limits run to 24:00 Asia/Shanghai of their last day; months and years run to the corresponding day or the
month's last (house/counting).
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from dabiao.kernel.errors import Invalid

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
DAY: Final = timedelta(days=1)
WEEK: Final = 7
WEEKDAYS: Final = 5
MONTHS: Final = 12


def spelled(day: date) -> str:
    """A day in running text: 2026年3月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_of(moment: datetime) -> date:
    """The day in Asia/Shanghai on which an aware moment lies; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("时刻必须带时区。")
    return moment.astimezone(SHANGHAI).date()


def months_after(day: date, months: int) -> date:
    """The corresponding day `months` later (earlier if negative), or that month's last."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The corresponding day `years` later; 29 February falls back to the 28th."""
    return months_after(day, years * MONTHS)


@dataclass(frozen=True, slots=True)
class Year:
    """What a notice changes in one year: days off (those on a weekend change nothing), working weekends."""

    holidays: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if both := self.holidays & self.working_weekends:
            raise Invalid(f"{_days(both)} 同时列为放假和上班，请核对节假日通知后只保留一种。")
        if wrong := {day for day in self.working_weekends if day.weekday() < WEEKDAYS}:
            raise Invalid(f"{_days(wrong)} 不是周六或周日，不能列为调休上班日，请核对后删除。")


@dataclass(frozen=True, slots=True)
class Due:
    """A last day; provisional while the years it rests on have no calendar."""

    day: date
    missing_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.missing_years)


@dataclass(frozen=True)
class Calendar:
    """Which days are working days, by year; years not entered count Monday to Friday."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, year in self.years.items():
            if wrong := {day for day in year.holidays | year.working_weekends if day.year != number}:
                raise Invalid(f"{_days(wrong)} 不在 {number} 年内，请改到相应年份的日历。")
        object.__setattr__(self, "years", MappingProxyType(dict(self.years)))

    def with_year(self, number: int, year: Year) -> "Calendar":
        """The same calendar with one year entered or replaced."""
        return Calendar({**self.years, number: year})

    def is_working(self, day: date) -> bool:
        year = self.years.get(day.year)
        if year and day in year.working_weekends:
            return True
        return day.weekday() < WEEKDAYS and not (year and day in year.holidays)

    def add(self, day: date, working_days: int) -> Due:
        """The last day of `working_days` after an event on `day`, which itself does not count."""
        if working_days < 0:
            raise ValueError("工作日数不能为负。")
        last, left = day, working_days
        while left:
            last += DAY
            left -= self.is_working(last)
        return Due(last, self.missing(day, last))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`: what remains; negative is overdue."""
        return self._before(end) - self._before(start)

    def count(self, year: int) -> int:
        """Working days in a year."""
        return self.between(date(year - 1, 12, 31), date(year, 12, 31))

    def missing(self, start: date, end: date) -> tuple[int, ...]:
        """Years without a calendar among the days after `start` up to and with `end`."""
        if end <= start:
            return ()
        return tuple(year for year in range((start + DAY).year, end.year + 1) if year not in self.years)

    def _before(self, day: date) -> int:
        """Working days from the beginning of time up to and with `day`, however far apart in few steps."""
        weeks, rest = divmod(day.toordinal(), WEEK)  # ordinal 1 is a Monday
        off, extra = self._changes
        return weeks * WEEKDAYS + min(rest, WEEKDAYS) - bisect_right(off, day) + bisect_right(extra, day)

    @cached_property
    def _changes(self) -> tuple[list[date], list[date]]:
        """Sorted: weekdays that are off, weekend days that are worked."""
        off = (day for year in self.years.values() for day in year.holidays if day.weekday() < WEEKDAYS)
        return sorted(off), sorted(day for year in self.years.values() for day in year.working_weekends)


def _days(days: Iterable[date]) -> str:
    return "、".join(day.isoformat() for day in sorted(days))
