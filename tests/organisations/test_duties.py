"""Departments assigned to industries and special areas, and units following (uplift/7)."""

import pytest

from dabiao.base.journal import replay
from dabiao.kernel.errors import Invalid, Refused
from dabiao.organisations.models import AreaDuty, BodyKind, IndustryDuty, Unit
from dabiao.organisations.queries import cards
from dabiao.organisations.services import duties
from dabiao.organisations.services.duties import Charge
from world import AT, DAY, World


def charge(world: World, body: str, **more: object) -> Charge:
    return Charge(world.bodies[body], DAY, **more)


@pytest.mark.obligation("U7-new-industries")
def test_the_committee_office_assigns_a_department_and_units_follow(world: World) -> None:
    assert world.industry is not None
    by = world.actor("committee_city")
    old = IndustryDuty.objects.get(industry=world.industry)
    duties.end_duty(duty=old, until=DAY, by=by, at=AT)
    said = charge(world, "other_industry_city", nearest=True, reason="商务服务职能相近")
    duties.assign(industry=world.industry, charge=said, by=by, at=AT)
    changed = duties.realign(industries=frozenset({world.industry.pk}), by=by, at=AT, day=DAY)
    unit = Unit.objects.get(pk=world.units["unit"].pk)
    assert changed == len(world.units)
    assert (unit.department, unit.department_reason) == (
        world.bodies["other_industry_city"],
        "商务服务职能相近",
    )
    assert replay.compare().status == "ok"
    assert list(cards.wrong()) == [], "found under the new department"
    assert duties.realign(industries=frozenset({world.industry.pk}), by=by, at=AT, day=DAY) == 0


@pytest.mark.obligation("U7-new-industries")
def test_where_nobody_steps_forward_the_units_are_the_emergency_bureaus(world: World) -> None:
    assert world.industry is not None
    by = world.actor("committee_city")
    duties.end_duty(duty=IndustryDuty.objects.get(), until=DAY, by=by, at=AT)
    duties.realign(industries=frozenset({world.industry.pk}), by=by, at=AT, day=DAY)
    for unit in Unit.objects.select_related("department"):
        assert unit.department.kind == BodyKind.BUREAU
        assert unit.department_reason


@pytest.mark.obligation("U7-new-industries")
def test_energy_storage_and_charging_sites_are_assigned_too(world: World) -> None:
    by = world.actor("committee_city")
    for area in ("energy_storage", "charging_site"):
        duties.assign_area(area=area, charge=charge(world, "industry_city"), by=by, at=AT)
    assert AreaDuty.objects.count() == 2
    with pytest.raises(Invalid):
        duties.assign_area(area="energy_storage", charge=charge(world, "industry_city"), by=by, at=AT)
    with pytest.raises(Invalid):
        duties.assign_area(area="moon", charge=charge(world, "industry_city"), by=by, at=AT)


def test_a_districts_office_assigns_departments_of_its_district_only(world: World) -> None:
    assert world.industry is not None
    by = world.actor("committee_district")
    duties.assign(industry=world.industry, charge=charge(world, "industry_east"), by=by, at=AT)
    with pytest.raises(Refused):
        duties.assign(industry=world.industry, charge=charge(world, "industry_west"), by=by, at=AT)


@pytest.mark.parametrize("who", ["industry_city", "bureau_city", "officer", "organizer_lead", "locality"])
def test_nobody_else_assigns(who: str, world: World) -> None:
    assert world.industry is not None
    said = charge(world, "other_industry_city")
    with pytest.raises(Refused):
        duties.assign(industry=world.industry, charge=said, by=world.actor(who), at=AT)
    assert IndustryDuty.objects.count() == 1


def test_similar_function_needs_its_reason_and_the_body_must_be_a_department(world: World) -> None:
    assert world.industry is not None
    by = world.actor("committee_city")
    for said in (charge(world, "other_industry_city", nearest=True), charge(world, "review_unit")):
        with pytest.raises(Invalid):
            duties.assign(industry=world.industry, charge=said, by=by, at=AT)
