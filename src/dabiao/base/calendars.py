"""The working-day calendar in use: official years of `law`, overlaid with those administrators entered."""

from datetime import date
from typing import Any

from dabiao import law
from dabiao.base.models import CalendarYear
from dabiao.kernel.days import Calendar, Year


def calendar() -> Calendar:
    """The calendar as of now; one query. Decisions store what they rest on: later years change nothing."""
    found = law.calendars()
    for row in CalendarYear.objects.order_by("year"):
        found = found.with_year(row.year, year_of(row))
    return found


def year_of(row: CalendarYear) -> Year:
    """A stored year as a value."""
    return Year(_days(row.holidays), _days(row.working_weekends))


def _days(texts: list[Any]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)
