"""Administrators enter years; what they enter overlays the official calendars."""

from datetime import date

import pytest

from base import tiny
from dabiao import law
from dabiao.base import calendars
from dabiao.base.journal import replay
from dabiao.base.journal.findings import Status
from dabiao.base.models import CalendarYear, JournalEntry
from dabiao.base.services import enter_calendar_year
from dabiao.kernel.errors import Conflict, Invalid, Refused
from world import World

YEAR = {
    "year": 2027,
    "holidays": [date(2027, 1, 1)],
    "working_weekends": [date(2027, 1, 9)],
    "source": "国办发明电〔2026〕示例号",
    "at": tiny.AT,
}


def test_an_entered_year_is_in_the_calendar(world: World) -> None:
    by = world.actor("system_admin")
    before = calendars.calendar()
    assert before.add(date(2026, 12, 31), 1).missing_years == (2027,)
    enter_calendar_year(by=by, **YEAR)
    after = calendars.calendar()
    assert after.missing(date(2026, 12, 31), date(2027, 12, 31)) == ()
    assert not after.is_working(date(2027, 1, 1))
    assert after.is_working(date(2027, 1, 9))
    assert after.count(2026) == law.calendars().count(2026) == 248
    assert replay.compare().status == Status.OK


def test_an_official_year_can_be_corrected_and_a_stale_correction_is_told(world: World) -> None:
    by = world.actor("system_admin")
    row = enter_calendar_year(by=by, **{**YEAR, "year": 2026, "holidays": [], "working_weekends": []})
    assert calendars.calendar().is_working(date(2026, 10, 1))
    changed = {**YEAR, "year": 2026, "holidays": [date(2026, 10, 1)], "working_weekends": []}
    enter_calendar_year(by=by, version=row.version, **changed)
    assert not calendars.calendar().is_working(date(2026, 10, 1))
    for stale in (1, None):
        with pytest.raises(Conflict):
            enter_calendar_year(by=by, version=stale, **changed)


@pytest.mark.parametrize("who", ["security_admin", "bureau_city", "officer"])
def test_nobody_else_enters_a_year(world: World, who: str) -> None:
    entries = JournalEntry.objects.count()
    with pytest.raises(Refused, match="系统管理员"):
        enter_calendar_year(by=world.actor(who), **YEAR)
    assert (CalendarYear.objects.count(), JournalEntry.objects.count()) == (0, entries)


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": 1999},
        {"source": " "},
        {"holidays": [date(2026, 1, 1)]},
        {"working_weekends": [date(2027, 1, 4)]},
        {"holidays": [date(2027, 1, 9)]},
    ],
)
def test_impossible_years_are_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        enter_calendar_year(by=world.actor("system_admin"), **{**YEAR, **wrong})
    assert CalendarYear.objects.count() == 0
