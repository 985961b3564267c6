"""A year as twelve months of weeks, each day marked as worked or off."""

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date

from dabiao.kernel.days import WEEKDAYS, Calendar

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """`mark`: 休 for a weekday off, 班 for a weekend worked, else empty; `day` None outside the month."""

    day: date | None
    works: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    weeks: tuple[tuple[Cell, ...], ...]


def months(year: int, calendar: Calendar) -> list[Month]:
    return [_month(year, number, calendar) for number in range(1, DECEMBER + 1)]


def _month(year: int, number: int, calendar: Calendar) -> Month:
    weeks = Months().monthdatescalendar(year, number)
    rows = tuple(tuple(_cell(day, number, calendar) for day in week) for week in weeks)
    return Month(f"{number}月", rows)


def _cell(day: date, month: int, calendar: Calendar) -> Cell:
    if day.month != month:
        return Cell(None)
    works, weekday = calendar.is_working(day), day.weekday() < WEEKDAYS
    mark = "" if works == weekday else "班" if works else "休"
    return Cell(day, works, mark)
