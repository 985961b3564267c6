"""A creation cycle: opened by the first act, one a unit, closed by time alone."""

from datetime import timedelta

import pytest

from dabiao.base.models import JournalEntry
from dabiao.creation.models import Cycle
from dabiao.creation.queries import cycles as queries
from dabiao.creation.services import cycles
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from world import AT, World


def opened(world: World, who: str = "officer") -> Cycle:
    return cycles.current(unit=world.units["unit"], by=world.actor(who), at=AT)


def test_the_first_act_opens_a_cycle_and_later_ones_find_it(world: World) -> None:
    first = opened(world)
    assert first.number == "CZ202600001"
    assert opened(world, "principal").pk == first.pk
    assert JournalEntry.objects.filter(act="creation.open_cycle@1").count() == 1


@pytest.mark.parametrize("who", ["stranger_officer", "assessor", "reviewer", "organizer"])
def test_others_open_none(world: World, who: str) -> None:
    with pytest.raises(Refused):
        opened(world, who)
    assert not Cycle.objects.exists()


def test_after_the_end_the_next_act_opens_another(world: World) -> None:
    first = opened(world)
    cycles.close(cycle=first, why="证书有效期届满", by=TIME, at=AT + timedelta(days=1))
    assert queries.open_one(world.units["unit"].pk) is None
    assert opened(world).number == "CZ202600002"
    with pytest.raises(OutOfTurn):
        cycles.close(cycle=first, why="证书有效期届满", by=TIME, at=AT)


def test_only_time_ends_a_cycle_and_says_why(world: World) -> None:
    first = opened(world)
    with pytest.raises(Refused):
        cycles.close(cycle=first, why="不想创建了", by=world.actor("principal"), at=AT)
    with pytest.raises(Invalid):
        cycles.close(cycle=first, why=" ", by=TIME, at=AT)
    assert queries.open_one(world.units["unit"].pk) == first


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", True),
        ("industry_district", True),
        ("organizer", True),
        ("stranger_officer", False),
        ("other_industry_district", False),
        ("reviewer", False),
    ],
)
def test_a_cycle_is_seen_in_its_territory(world: World, who: str, sees: bool) -> None:
    opened(world)
    assert Cycle.objects.visible_to(world.actor(who)).exists() is sees
