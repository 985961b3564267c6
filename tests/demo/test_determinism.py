"""Equal seeds tell equal cities; other data is left alone; more units come on demand."""

from typing import Any

import pytest
from django.db import transaction

from dabiao.base.models import JournalEntry
from dabiao.creation.models import SelfAssessment
from dabiao.demo import cases, city, plots, telling
from dabiao.demo.courses import Course, Stage
from dabiao.demo.homes import Home
from dabiao.demo.story import Story
from dabiao.hazards.models import Demand, Hazard
from dabiao.kernel.errors import Refused
from dabiao.organisations.models import Unit
from dabiao.people.models import Account
from dabiao.sheets.models import Answer, Picture
from demo.conftest import AT
from world import World

SMALL = 0.1


class Undone(Exception):
    pass


def told(seed: int) -> dict[str, Any]:
    """What a small city of this seed looks like; it is undone afterwards."""
    try:
        with transaction.atomic():
            city.made(seed=seed, scale=SMALL, at=AT)
            seen = _seen()
            raise Undone
    except Undone:
        return seen


def _seen() -> dict[str, Any]:
    tables: dict[str, tuple[type[Any], tuple[str, ...]]] = {
        "units": (Unit, ("name", "uscc", "size", "areas", "address", "principal")),
        "people": (Account, ("login", "name", "made_at")),
        "courses": (SelfAssessment, ("number", "unit__name", "state", "started_at", "handed_in_at")),
        "answers": (Answer, ("line", "verdict", "deductions", "words", "reason", "received_at")),
        "hazards": (Hazard, ("number", "state", "text", "due", "cause")),
        "demands": (Demand, ("text", "due", "done")),
        "pictures": (Picture, ("line", "caption", "file__digest")),
    }
    return {
        name: list(model.objects.order_by("pk").values_list(*columns))
        for name, (model, columns) in tables.items()
    }


def brief(home: Home) -> Course:
    """Instead of the main unit's long story."""
    course = Course(home, Stage.FILLING, share=0.1, split=True)
    course.plan(home.story.ago(6))
    return course


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_city_and_another_seed_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "main", brief)  # no report, hence no application of the main unit
    monkeypatch.setattr(cases, "PLAYED", {number: all_ for number, all_ in cases.PLAYED.items() if number})
    first = told(7)
    assert first["answers"]
    assert first["pictures"]
    assert told(7) == first
    assert {row[0] for row in told(8)["units"]} != {row[0] for row in first["units"]}


@pytest.mark.django_db
def test_a_database_with_other_data_is_refused_untouched(world: World) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="请用 DABIAO_DATA"):
        city.made(seed=1, scale=1.0, at=AT)
    assert JournalEntry.objects.count() == before


@pytest.mark.django_db
def test_a_story_is_told_in_the_order_of_its_days_and_stops_at_now() -> None:
    story, heard = Story(1, AT), list[str]()
    story.plan(story.ago(3), lambda at: heard.append("third"))
    story.plan(story.ago(20), lambda at: (heard.append("first"), story.plan(story.later(at, 1), second))[0])
    story.plan(story.later(AT, 5), lambda at: heard.append("never"))

    def second(_: object) -> None:
        heard.append("second")

    assert story.tell() == 3
    assert heard == ["first", "second", "third"]
    assert story.ago(5).weekday() < 5


def test_columns_stand_under_each_other_whatever_the_letters() -> None:
    lines = telling.columns([("登录名", "a"), ("x", "b")])
    assert lines == ["登录名  a", "x       b"]
