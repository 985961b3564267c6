"""Changing a unit: by whom, what follows, and what happens to its open and closed rows when it moves."""

from datetime import date
from typing import Any

import pytest

from dabiao.base.journal import replay
from dabiao.config.reactions import follow_unit
from dabiao.creation.models import SelfAssessment
from dabiao.creation.services import assessments as creation
from dabiao.kernel.errors import Conflict, Invalid, Refused
from dabiao.organisations.models import Site, Unit
from dabiao.organisations.services import changing
from dabiao.organisations.services.changing import Facts
from dabiao.sheets.models import Sheet
from dabiao.sheets.states import SheetState
from editions import published
from world import AT, World


def facts(world: World, **other: Any) -> Facts:
    unit = world.units["unit"]
    told = {
        "name": unit.name,
        "size": unit.size,
        "head_count": unit.head_count,
        "address": unit.address,
        "principal": unit.principal,
        "industry": world.industry,
        "jurisdiction": world.jurisdictions["east"],
        "locality": world.bodies["street_east"],
    }
    return Facts(**{**told, **other})


def west(world: World) -> Facts:
    return facts(world, jurisdiction=world.jurisdictions["west"], locality=world.bodies["street_west"])


def change(world: World, who: str, told: Facts, version: int = 1) -> Unit:
    unit = Unit.objects.get(pk=world.units["unit"].pk)
    return changing.change_unit(unit=unit, facts=told, version=version, by=world.actor(who), at=AT)


def test_the_officer_corrects_the_units_own_facts_and_nothing_else(world: World) -> None:
    assert change(world, "officer", facts(world, head_count=99, address="示例路 1 号")).version == 2
    for told in (west(world), facts(world, name="示例另一名称")):
        with pytest.raises(Refused):
            change(world, "officer", told, version=2)
    assert Unit.objects.get(pk=world.units["unit"].pk).jurisdiction == world.jurisdictions["east"]


def test_who_saves_over_somebody_elses_change_is_told(world: World) -> None:
    change(world, "officer", facts(world, head_count=99))
    with pytest.raises(Conflict):
        change(world, "officer", facts(world, head_count=98))


@pytest.mark.parametrize("who", ["other_industry_district", "stranger_officer", "locality", "reviewer"])
def test_others_change_nothing(who: str, world: World) -> None:
    with pytest.raises(Refused):
        change(world, who, facts(world, head_count=99))


def test_a_street_of_another_jurisdiction_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        change(world, "bureau_city", facts(world, locality=world.bodies["street_west"]))


def test_when_a_unit_moves_open_rows_follow_and_closed_ones_stay(world: World) -> None:
    published(world)
    told = {"unit": world.units["unit"], "level": "level_2", "lead": world.accounts["officer"], "writers": []}
    by = world.actor("officer")
    old = creation.start(**told, by=by, at=AT)
    creation.abandon(assessment=old, reason="重复发起", by=by, at=AT)
    row = creation.start(**told, by=by, at=AT)
    Sheet.objects.filter(pk=old.sheet_id).update(state=SheetState.CLOSED)
    change(world, "bureau_city", west(world))
    follow_unit({"unit": world.units["unit"].pk}, "UnitMoved:1")
    there, here = world.jurisdictions["west"], world.jurisdictions["east"]
    assert SelfAssessment.objects.get(pk=row.pk).jurisdiction == there
    assert Sheet.objects.get(pk=row.sheet_id).jurisdiction == there
    assert SelfAssessment.objects.get(pk=old.pk).jurisdiction == here
    assert Sheet.objects.get(pk=old.sheet_id).jurisdiction == here


def test_sites_are_added_changed_and_closed(world: World) -> None:
    by, unit = world.actor("officer"), world.units["unit"]
    site = changing.add_site(unit=unit, name=" 二厂区 ", address="示例路", by=by, at=AT)
    with pytest.raises(Invalid):
        changing.add_site(unit=unit, name="二厂区", address="", by=by, at=AT)
    changing.change_site(site=site, name="东厂区", address="示例路 2 号", by=by, at=AT)
    changing.close_site(site=site, on=date(2026, 4, 1), by=by, at=AT)
    with pytest.raises(Invalid):
        changing.change_site(site=site, name="西厂区", address="", by=by, at=AT)
    assert Site.objects.get(pk=site.pk).closed_on == date(2026, 4, 1)
    assert replay.compare().status == "ok"
