"""Which level a unit holds on a day, and who holds a level: what certificates in force say."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabiao.base import clock
from dabiao.grading.models import Certificate
from dabiao.grading.queries import holding
from grading.reported import ANNOUNCED, Stage

LIST = "/office/units/"
FIRST, LAST = date(2026, 5, 20), date(2029, 5, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "held"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
)
def test_a_level_is_held_from_the_announcement_to_the_last_day(stage: Stage, day: date, held: bool) -> None:
    stage.attained()
    unit = stage.world.units["unit"].pk
    assert list(holding.holders("level_2", day)) == ([unit] if held else [])
    assert list(holding.holders("level_3", day)) == []
    assert holding.levels(day) == ({unit: "level_2"} if held else {})
    assert holding.levels(day, [unit + 1]) == {}


def test_what_was_ended_early_is_held_until_the_day_before(stage: Stage) -> None:
    stage.attained()
    ended = date(2027, 3, 1)
    Certificate.objects.update(ended_on=ended)
    assert holding.holders("level_2", ended - DAY).exists()
    assert not holding.holders("level_2", ended).exists()


def test_the_list_of_units_is_narrowed_down_by_level(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.attained()
    monkeypatch.setattr(clock, "now", lambda: ANNOUNCED)
    client, name = Client(), stage.world.units["unit"].name
    client.force_login(stage.world.accounts["bureau_city"], backend="dabiao.people.sign_in.Backend")

    def page(query: str) -> str:
        return client.get(f"{LIST}{query}").content.decode()

    assert name in page("?level=level_2")
    assert '<td data-label="标准化等级">二级</td>' in page("?level=level_2")
    assert name in page(f"?level=level_2&q={name[2:5]}&jurisdiction={stage.case.unit.jurisdiction_id}")
    assert "没有符合条件的企业" in page("?level=level_3")
    assert name in page("?level=level_9"), "what is no level narrows nothing down"
    with CaptureQueriesContext(connection) as plain:
        page("")
    with CaptureQueriesContext(connection) as narrowed:
        page("?level=level_2")
    assert len(narrowed) == len(plain)
