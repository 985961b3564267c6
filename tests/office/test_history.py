"""History in words: what is done over and over is told once."""

from datetime import timedelta

from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import chain_of
from dabiao.office import history
from dabiao.organisations import permissions
from world import AT, World


def _touched(world: World, who: str, times: int, note: str = "") -> None:
    unit = world.units["unit"]
    for number in range(times):
        at = AT + timedelta(minutes=number)
        told = {"reason": note} if note else {}
        with journal.writing(permissions.CHANGE_UNIT, by=world.actor(who), at=at, on=unit, note=told):
            pass


def _told(world: World) -> list[tuple[str, str]]:
    return [(each.who, each.note) for each in history.of_chains([chain_of(world.units["unit"])])][:-1]


def test_what_one_person_did_over_and_over_is_one_line_with_its_number(world: World) -> None:
    _touched(world, "officer", 3)
    _touched(world, "principal", 1)
    _touched(world, "officer", 2)
    assert _told(world) == [
        ("示例officer", "共 2 次"),
        ("示例principal", ""),
        ("示例officer", "共 3 次"),
    ]


def test_what_was_said_with_it_is_never_summed_away(world: World) -> None:
    _touched(world, "officer", 1, "厂区扩建")
    _touched(world, "officer", 1, "厂区搬迁")
    assert _told(world) == [("示例officer", "厂区搬迁"), ("示例officer", "厂区扩建")]
