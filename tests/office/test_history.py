"""History in words: what is done over and over is told once."""

from datetime import date, timedelta

import pytest

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


def test_a_long_history_is_turned_page_by_page_and_nothing_is_lost(world: World) -> None:
    for number in range(2 * history.PER_PAGE):
        _touched(world, "officer", 1, f"第 {number} 次")
    chain, asked, told = chain_of(world.units["unit"]), "?history=1", []
    while asked:
        page = history.turned(chain, asked.rpartition("=")[2])
        assert len(page["history"]) <= history.PER_PAGE
        told += page["history"]
        asked = page["older"]
    assert [each.note for each in told if each.note] == [
        f"第 {number} 次" for number in reversed(range(2 * history.PER_PAGE))
    ]
    assert (page["newer"], page["older"]) == ("?history=2", "")


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "9" * 40])
def test_a_page_nobody_has_is_the_first(world: World, asked: str) -> None:
    _touched(world, "officer", 1, "厂区扩建")
    page = history.turned(chain_of(world.units["unit"]), asked)
    assert (page["history"][0].note, page["newer"]) == ("厂区扩建", "")


def test_a_page_beyond_the_end_is_empty_and_leads_back(world: World) -> None:
    page = history.turned(chain_of(world.units["unit"]), "7")
    assert (page["history"], page["newer"], page["older"]) == ([], "?history=6", "")


def test_work_done_once_or_in_a_day_is_not_told_as_a_time() -> None:
    first, last = date(2026, 3, 2), date(2026, 3, 4)
    assert history._often(1, first, first) == ""
    assert history._often(3, first, first) == "共 3 次"
    assert history._often(3, first, last) == "共 3 次，2026-03-02 至 2026-03-04"
