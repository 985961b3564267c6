"""One register of risks; screenings raise hazards on its points in the same step (uplift/13)."""

from dataclasses import replace
from datetime import date

import pytest

from dabiao.base.models import JournalEntry
from dabiao.creation.queries import facts
from dabiao.hazards import queries
from dabiao.hazards.models import Hazard, RiskPoint, Screening
from dabiao.hazards.rules.register import Risk
from dabiao.hazards.services import register, screenings
from dabiao.hazards.services.screenings import Screened, Seen
from dabiao.kernel.errors import Absent, Conflict, Invalid, OutOfTurn, Refused
from world import AT, DAY, World

RISK = Risk("一车间", "冲压", "机械伤害", "major", "双手按钮", "车间主任", date(2026, 12, 31))
TOLD = Screened(DAY, "示例officer", "日常检查表", "一车间")


def entered(world: World, risk: Risk = RISK, who: str = "officer", unit: str = "unit") -> RiskPoint:
    return register.enter(unit=world.units[unit], risk=risk, by=world.actor(who), at=AT)


def screened(world: World, *seen: Seen, who: str = "assessor", told: Screened = TOLD) -> Screening:
    return screenings.screen(unit=world.units["unit"], told=told, seen=seen, by=world.actor(who), at=AT)


@pytest.mark.obligation("U13-dual-prevention")
def test_a_point_stands_in_the_register_once(world: World) -> None:
    entered(world)
    with pytest.raises(Invalid, match="同一风险点"):
        entered(world, replace(RISK, level="low"))
    assert entered(world, unit="other_unit", who="stranger_officer").pk
    assert RiskPoint.objects.count() == 2


@pytest.mark.parametrize("who", ["assessor", "stranger_officer", "organizer"])
def test_others_keep_no_register(world: World, who: str) -> None:
    with pytest.raises(Refused):
        entered(world, who=who)
    assert not RiskPoint.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"place": " "}, {"measures": ""}, {"level": "dire"}, {"responsible": "某" * 41}]
)
def test_a_point_half_told_is_not_entered(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        entered(world, replace(RISK, **wrong))
    assert not RiskPoint.objects.exists()


def test_a_point_is_graded_anew_and_taken_out(world: World) -> None:
    point, by = entered(world), world.actor("principal")
    register.change(point=point, risk=replace(RISK, level="larger"), version=1, by=by, at=AT)
    with pytest.raises(Conflict):
        register.change(point=point, risk=RISK, version=1, by=by, at=AT)
    register.take_out(point=point, reason="设备已拆除", version=2, by=by, at=AT)
    with pytest.raises(OutOfTurn):
        register.change(point=point, risk=RISK, version=3, by=by, at=AT)
    assert not queries.risks(point.unit_id)
    assert entered(world).pk != point.pk


@pytest.mark.obligation("U13-dual-prevention", "U13-less-typing")
def test_a_table_enters_the_new_and_changes_the_known(world: World) -> None:
    known = entered(world)
    rows = [replace(RISK, level="larger"), replace(RISK, activity="焊接", kind="火灾")]
    told = {"unit": world.units["unit"], "by": world.actor("officer"), "at": AT}
    assert register.import_all(risks=rows, **told) == (1, 1)
    known.refresh_from_db()
    assert (known.level, known.version) == ("larger", 2)
    assert JournalEntry.objects.filter(act="hazards.keep_register@1").count() == 2
    with pytest.raises(Invalid):
        register.import_all(risks=[], **told)


@pytest.mark.obligation("U13-dual-prevention")
def test_what_a_screening_found_is_in_the_ledger_in_one_step(world: World) -> None:
    point = entered(world)
    row = screened(world, Seen("光电保护失灵", major=True, risk=point), Seen("通道堆物"))
    found = Hazard.objects.filter(origin="screening", origin_key=row.pk).order_by("id")
    assert [(each.text, each.major, each.risk) for each in found] == [
        ("光电保护失灵", True, point),
        ("通道堆物", False, None),
    ]
    assert row.found == 2
    told = facts.hazard(point.unit_id, DAY)
    assert told == facts.HazardFacts(screened_on=DAY, open=2, open_major=1, risk_points=1)


@pytest.mark.obligation("U13-dual-prevention")
def test_a_hazard_on_the_same_point_names_the_one_before(world: World) -> None:
    point = entered(world)
    screened(world, Seen("光电保护失灵", risk=point), Seen("通道堆物"))
    screened(world, Seen("按钮失灵", risk=point), Seen("通道又堆物"))
    assert [each.recurs.text if each.recurs else "" for each in Hazard.objects.order_by("id")] == [
        *("", ""),
        *("光电保护失灵", ""),
    ]


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (replace(TOLD, people=" "), ()),
        (replace(TOLD, checklist=""), ()),
        (replace(TOLD, screened_on=date(2026, 3, 3)), ()),
        (TOLD, (Seen(" "),)),
    ],
)
def test_a_screening_half_told_leaves_nothing(world: World, told: Screened, seen: tuple[Seen, ...]) -> None:
    with pytest.raises(Invalid):
        screened(world, *seen, told=told)
    assert not Screening.objects.exists()
    assert not Hazard.objects.exists()


def test_strangers_neither_screen_nor_link(world: World) -> None:
    foreign = entered(world, unit="other_unit", who="stranger_officer")
    with pytest.raises(Refused):
        screened(world, who="stranger_officer")
    with pytest.raises(Invalid):
        screened(world, Seen("失灵", risk=foreign))
    screened(world, Seen("失灵"))
    hazard = Hazard.objects.get()
    with pytest.raises(Invalid):
        register.link(hazard=hazard, point=foreign, by=world.actor("officer"), at=AT)
    with pytest.raises(Refused):
        register.link(hazard=hazard, point=None, by=world.actor("stranger_officer"), at=AT)
    with pytest.raises(Absent):
        queries.visible_risk(world.actor("officer"), foreign.pk)


def test_a_finding_is_linked_to_its_point(world: World) -> None:
    point = entered(world)
    screened(world, Seen("失灵"))
    hazard = Hazard.objects.get()
    assert register.link(hazard=hazard, point=point, by=world.actor("assessor"), at=AT).risk == point


def test_the_register_in_figures(world: World) -> None:
    entered(world)
    entered(world, replace(RISK, activity="焊接", level="low", review_on=date(2026, 3, 1)))
    screened(world)
    found = queries.register(world.units["unit"].pk, DAY)
    assert (found.levels, found.points, found.review_due) == ({"major": 1, "low": 1}, 2, 1)
    assert (found.next_review, found.screened_on, found.screenings) == (date(2026, 3, 1), DAY, 1)
