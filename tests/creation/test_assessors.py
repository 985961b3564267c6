"""Self-assessors: from where, trained by whom until when, with money set aside."""

from dataclasses import replace
from datetime import date

import pytest

from dabiao.creation.models import Assessor, Cycle, Training, TrainingFund
from dabiao.creation.models.assessors import From, Trainer
from dabiao.creation.queries import assessors as queries
from dabiao.creation.queries import facts
from dabiao.creation.services import assessors
from dabiao.creation.services.assessors import Appointed, Course
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused
from dabiao.organisations.models import Site
from world import AT, DAY, World

WHO = Appointed("示例自评员", From.WORKSHOP, "一车间", "机械加工", date(2026, 2, 1))
COURSE = Course(Trainer.ORGANIZING, "示例评审组织单位", date(2026, 2, 2), date(2026, 2, 4), 24, "ZP-001")


def appointed(world: World, who: Appointed = WHO, by: str = "officer") -> Assessor:
    return assessors.appoint(unit=world.units["unit"], who=who, by=world.actor(by), at=AT)


def trained(world: World, rows: list[Assessor], course: Course = COURSE) -> list[Training]:
    return assessors.record_training(
        unit=world.units["unit"], assessors=rows, course=course, by=world.actor("officer"), at=AT
    )


@pytest.mark.obligation("U18-assessors")
def test_a_team_comes_from_its_workshops_and_is_trained(world: World) -> None:
    unit = world.units["unit"].pk
    site = Site.objects.get(unit=unit)
    assert queries.team(unit, DAY).uncovered == ("主厂区",)
    rows = [appointed(world), appointed(world, replace(WHO, name="示例二", kind=From.SHIFT, site=site))]
    assert queries.team(unit, DAY).uncovered == ()
    trained(world, rows[:1])
    found = queries.team(unit, DAY)
    assert (len(found.members), found.trained, found.untrained) == (2, 1, ("示例二",))
    assert facts.assessors(unit, DAY) == facts.AssessorFacts(members=2, trained=1)
    assert Cycle.objects.count() == 1


@pytest.mark.obligation("U18-assessors")
def test_training_counts_until_its_last_day(world: World) -> None:
    unit = world.units["unit"].pk
    trained(world, [appointed(world)], replace(COURSE, valid_until=date(2026, 3, 31)))
    assert facts.assessors(unit, date(2026, 3, 31)).trained == 1
    assert facts.assessors(unit, date(2026, 4, 1)).trained == 0
    assert facts.assessors(unit, date(2026, 2, 3)).trained == 0


@pytest.mark.obligation("U18-assessors")
def test_money_is_set_aside_for_a_year_and_corrected(world: World) -> None:
    told = {"unit": world.units["unit"], "year": 2026, "by": world.actor("officer"), "at": AT}
    assessors.set_fund(amount=20_000, used=0, **told)
    assessors.set_fund(amount=20_000, used=6_800, **told)
    row = TrainingFund.objects.get()
    assert (row.amount, row.used, row.version) == (20_000, 6_800, 2)
    with pytest.raises(Invalid):
        assessors.set_fund(amount=5_000, used=6_800, **told)
    row.refresh_from_db()
    assert row.amount == 20_000


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"trade": ""}, {"department": ""}, {"since": date(2026, 3, 3)}],
)
def test_who_is_half_told_is_not_appointed(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        appointed(world, replace(WHO, **wrong))
    assert not Assessor.objects.exists()


def test_an_account_posted_as_self_assessor_is_linked_once(world: World) -> None:
    linked = replace(WHO, account=world.accounts["assessor"])
    appointed(world, linked)
    for account in ("assessor", "officer", "stranger_assessor"):
        with pytest.raises(Invalid):
            appointed(world, replace(WHO, account=world.accounts[account]))
    assert Assessor.objects.count() == 1


def test_a_site_of_another_unit_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        appointed(world, replace(WHO, site=Site.objects.get(unit=world.units["other_unit"])))


@pytest.mark.parametrize("who", ["assessor", "stranger_officer", "organizer"])
def test_others_appoint_nobody(world: World, who: str) -> None:
    with pytest.raises(Refused):
        appointed(world, by=who)


def test_who_leaves_is_in_the_team_no_more(world: World) -> None:
    row = appointed(world)
    told = {"assessor": row, "by": world.actor("officer"), "at": AT}
    with pytest.raises(Invalid):
        assessors.let_go(until=date(2026, 1, 1), **told)
    assessors.let_go(until=DAY, **told)
    with pytest.raises(OutOfTurn):
        assessors.let_go(until=DAY, **told)
    assert not queries.team(world.units["unit"].pk, DAY).members


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider": ""},
        {"hours": 0},
        {"ended_on": date(2026, 2, 1)},
        {"ended_on": date(2026, 3, 3)},
        {"valid_until": date(2026, 2, 3)},
    ],
)
def test_a_training_that_cannot_be_is_not_recorded(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        trained(world, [appointed(world)], replace(COURSE, **wrong))
    with pytest.raises(Invalid):
        trained(world, [])
    assert not Training.objects.exists()


def test_self_assessors_are_seen_by_their_own_unit(world: World) -> None:
    row = appointed(world)
    assert queries.visible(world.actor("colleague"), row.pk) == row
    with pytest.raises(Absent):
        queries.visible(world.actor("stranger_officer"), row.pk)
