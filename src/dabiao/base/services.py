"""Acts of the plumbing itself."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from dabiao.base import permissions
from dabiao.base.journal import entries as journal
from dabiao.base.models import CalendarYear
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar, Year
from dabiao.kernel.errors import Invalid

FIRST_YEAR, LAST_YEAR = 2015, 2100


def enter_calendar_year(
    *,
    year: int,
    holidays: Iterable[date],
    working_weekends: Iterable[date],
    source: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> CalendarYear:
    """Enter a year's holidays and working weekends, or correct them (`version` is the one that was read).

    Running limits are reckoned by the new calendar from then on; decided ones keep what they stored.
    """
    permissions.may_enter_calendar_year(by).or_refuse()
    entered = Year(frozenset(holidays), frozenset(working_weekends))
    _check(year, entered, source)
    values = {
        "holidays": [day.isoformat() for day in sorted(entered.holidays)],
        "working_weekends": [day.isoformat() for day in sorted(entered.working_weekends)],
        "source": source.strip(),
    }
    with transaction.atomic():
        row = CalendarYear.objects.filter(year=year).first()
        target = row or CalendarYear(year=year, **values)
        with journal.writing(permissions.ENTER_CALENDAR_YEAR, by=by, at=at, on=target) as work:
            if row is None:
                return work.create(target)
            return work.change(row, version=version or 0, **values)


def _check(year: int, entered: Year, source: str) -> None:
    """Errors name the days that are wrong; Calendar and Year refuse days of other years and weekdays."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("年份不对。", {"year": f"年份应在 {FIRST_YEAR}—{LAST_YEAR} 之间，收到 {year}。"})
    if not source.strip():
        raise Invalid("请写明依据。", {"source": "请写明依据的通知名称和文号。"})
    Calendar({year: entered})
