"""Bodies renamed and ended: by the system administrator, with reasons, never from under somebody."""

from datetime import date, timedelta

import pytest

from dabiao.base.clock import day_of
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.organisations.models import Body
from dabiao.organisations.services import bodies
from world import AT, World

TODAY = day_of(AT)


def fresh(world: World, key: str) -> Body:
    return Body.objects.get(pk=world.bodies[key].pk)


def test_a_body_gets_another_name_and_the_journal_has_both(world: World) -> None:
    by, body = world.actor("system_admin"), fresh(world, "review_unit")
    bodies.rename(body=body, name=" 示例安全科技有限公司 ", reason="工商变更", by=by, at=AT)
    assert fresh(world, "review_unit").name == "示例安全科技有限公司"
    assert JournalEntry.objects.filter(act="organisations.change_body@1").count() == 1
    assert compare().status == "ok"


def test_what_hangs_on_a_body_is_named_and_keeps_it(world: World) -> None:
    by, before = world.actor("system_admin"), JournalEntry.objects.count()
    for key, words in (("street_east", "1 家企业"), ("industry_city", "1 项归口")):
        with pytest.raises(Invalid, match=words):
            bodies.end(body=fresh(world, key), until=TODAY, reason="撤并", by=by, at=AT)
    assert JournalEntry.objects.count() == before


def test_ending_is_for_a_day_not_past_and_once(world: World) -> None:
    by, body = world.actor("system_admin"), fresh(world, "enforcement_east")
    until = TODAY + timedelta(3)
    bodies.end(body=body, until=until, reason="机构改革", by=by, at=AT)
    assert fresh(world, "enforcement_east").until == until
    with pytest.raises(OutOfTurn):
        bodies.end(body=body, until=until, reason="机构改革", by=by, at=AT)
    assert compare().status == "ok"


@pytest.mark.parametrize("who", ["security_admin", "bureau_city", "committee_city", "organizer_lead"])
def test_nobody_else_may(world: World, who: str) -> None:
    by, body, before = world.actor(who), fresh(world, "review_unit"), JournalEntry.objects.count()
    with pytest.raises(Refused):
        bodies.rename(body=body, name="示例", reason="示例", by=by, at=AT)
    with pytest.raises(Refused):
        bodies.end(body=body, until=TODAY, reason="示例", by=by, at=AT)
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    ("name", "reason", "field"),
    [
        ("", "示例", "name"),
        ("示例安全技术服务有限公司", "示例", "name"),
        ("示例市商务主管部门", "示例", "name"),
        ("新名", " ", "reason"),
    ],
)
def test_what_is_wrong_with_a_name_is_said_beside_it(
    world: World, name: str, reason: str, field: str
) -> None:
    body, by = fresh(world, "review_unit"), world.actor("system_admin")
    with pytest.raises(Invalid) as refused:
        bodies.rename(body=body, name=name, reason=reason, by=by, at=AT)
    assert list(refused.value.fields) == [field]


def test_the_past_is_not_ended(world: World) -> None:
    body, by = fresh(world, "enforcement_east"), world.actor("system_admin")
    with pytest.raises(Invalid) as refused:
        bodies.end(body=body, until=date(2026, 1, 2), reason="示例", by=by, at=AT)
    assert list(refused.value.fields) == ["until"]
