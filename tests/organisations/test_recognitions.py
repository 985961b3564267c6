"""Recognitions of review units: how long they hold and why, granted and ended (quality-2015/5)."""

from datetime import date

import pytest

from dabiao import law
from dabiao.kernel.errors import Invalid, Refused
from dabiao.organisations.models import Industry, Recognition
from dabiao.organisations.rules.recognising import ends
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from world import AT, DAY, World


@pytest.mark.parametrize(
    ("since", "section", "level", "until"),
    [
        (date(2026, 3, 2), "C", "level_2", date(2028, 3, 3)),  # 2 March 2028 still counts
        (date(2024, 2, 29), "B", "level_2", date(2026, 3, 1)),
        (date(2026, 3, 2), "", "level_2", date(2028, 3, 3)),
        (date(2026, 3, 2), "F", "level_2", None),
        (date(2026, 3, 2), "C", "level_3", None),
    ],
)
def test_industrial_level_2_holds_two_years(
    since: date, section: str, level: str, until: date | None
) -> None:
    assert ends(since, section, level, law.on(since))[0] == until


def recognising(world: World, **other: object) -> Recognising:
    told = {
        "body": world.bodies["review_unit"],
        "industry": Industry.objects.get(code="34"),
        "level": "level_2",
        "since": DAY,
        "basis": "示例〔2026〕1号",
    }
    return Recognising(**{**told, **other})


def test_a_recognition_keeps_the_law_its_end_follows_from(world: World) -> None:
    by = world.actor("industry_city")
    row = recognitions.grant(recognising=recognising(world), by=by, at=AT)
    assert row.until == date(2028, 3, 3)
    assert "quality-2015/5" in str(row.law)
    ended = recognitions.lapse(recognition=row, until=date(2026, 6, 1), reason="资料造假", by=by, at=AT)
    assert (ended.until, ended.ended_reason) == (date(2026, 6, 1), "资料造假")


@pytest.mark.parametrize("other", [{"basis": " "}, {"body": "bureau_city"}])
def test_what_is_incomplete_is_refused(other: dict[str, str], world: World) -> None:
    told = {key: world.bodies.get(value, value) for key, value in other.items()}
    with pytest.raises(Invalid):
        recognitions.grant(recognising=recognising(world, **told), by=world.actor("industry_city"), at=AT)
    assert not Recognition.objects.exists()


def test_the_same_is_not_granted_twice(world: World) -> None:
    by = world.actor("bureau_city")
    recognitions.grant(recognising=recognising(world), by=by, at=AT)
    with pytest.raises(Invalid):
        recognitions.grant(recognising=recognising(world), by=by, at=AT)


@pytest.mark.parametrize("who", ["industry_district", "organizer_lead", "review_admin", "system_admin"])
def test_only_the_city_recognises(who: str, world: World) -> None:
    with pytest.raises(Refused):
        recognitions.grant(recognising=recognising(world), by=world.actor(who), at=AT)
