"""The rulebook: frozen, addressed by its content."""

from dataclasses import replace

import pytest

from dabiao.standards.rules.book import VetoLevel
from dabiao.standards.rules.rulebook import FREE, OUT_OF_SCOPE, Extent, Rulebook, Veto, book_digest
from sheets.rules.inventing import book, item, rule, rulebook

FREE_ONE = Veto("f1", "列入联合惩戒名单", "2024-07-01", "uplift/2")
ON_ITEM = Veto("v1", "重点工作", "2025-01-01", "uplift/2", item="1")


def test_equal_content_has_equal_digest_whatever_the_order_it_was_gathered_in():
    one = rulebook(item("1"), vetoes=(ON_ITEM, FREE_ONE), areas=("dust", "ammonia", "dust"))
    other = rulebook(item("1"), vetoes=(FREE_ONE, ON_ITEM), areas=("ammonia", "dust"))
    assert one == other
    assert one.canonical() == other.canonical()
    assert one.digest() == other.digest()


@pytest.mark.parametrize(
    "change",
    [
        {"edition": "SL-2"},
        {"day": "2026-03-03"},
        {"level": "level_2"},
        {"areas": ()},
        {"areas": ("dust",)},
        {"vetoes": (FREE_ONE,)},
        {"vetoes": (replace(FREE_ONE, since="2024-07-02"),)},
        {"book": book(item("1", "9"))},
        {"book": book(item("1", "10", rule(amount="2")))},
    ],
)
def test_any_change_of_content_changes_the_digest(change):
    one = rulebook(item("1"))
    assert replace(one, **change).digest() != one.digest()


def test_the_digest_names_its_algorithm_and_so_does_the_book_inside():
    one = rulebook(item("1"))
    assert one.digest().startswith("sha256:")
    assert one.digest("sm3").startswith("sm3:")
    assert one.plain("sm3")["book"] == book_digest(one.book, "sm3")


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
@pytest.mark.parametrize("areas", [None, (), ("dust",)])
def test_a_rulebook_reads_back_as_written(algorithm, areas):
    one = rulebook(item("1"), vetoes=(FREE_ONE, ON_ITEM), areas=areas, level="level_2")
    assert Rulebook.read(one.plain(algorithm), one.book) == one


def test_a_rulebook_is_not_read_over_another_book():
    one = rulebook(item("1"))
    with pytest.raises(ValueError, match="摘要不符"):
        Rulebook.read(one.plain(), book(item("1", "9")))


def test_lines_are_the_items_then_one_without_points_for_each_free_condition():
    one = rulebook(item("1"), item("2"), vetoes=(FREE_ONE, ON_ITEM))
    assert [line.key for line in one.lines()] == ["1", "2", "f1"]
    free = one.line("f1")
    assert (free.outermost, free.item.points, free.item.requirement) == (FREE, 0, "列入联合惩戒名单")
    assert [line.vetoes for line in one.lines()] == [(ON_ITEM,), (), (FREE_ONE,)]


def test_a_veto_that_the_edition_prints_stands_beside_those_laid_over_it():
    one = rulebook(item("1", veto=VetoLevel.FIRST, citation="安全生产法/36"), vetoes=(ON_ITEM,))
    printed, laid = one.line("1").vetoes
    assert (printed.key, printed.clause, printed.since) == ("1", "安全生产法/36", "")
    assert laid == ON_ITEM


@pytest.mark.parametrize(
    ("areas", "item_areas", "preset"),
    [
        (None, ("dust",), ""),
        ((), (), ""),
        ((), ("dust",), OUT_OF_SCOPE),
        (("ammonia",), ("dust",), OUT_OF_SCOPE),
        (("ammonia",), ("dust", "ammonia"), ""),
    ],
)
def test_an_item_of_special_areas_applies_where_the_unit_has_one_of_them(areas, item_areas, preset):
    assert rulebook(item("1", areas=item_areas), areas=areas).line("1").preset == preset


def test_each_outermost_element_says_what_it_holds():
    one = rulebook(item("1", "4"), item("2", "2.5"), item("3", element="b"), vetoes=(FREE_ONE,))
    assert one.extents == {"a": Extent(6500, 2), "b": Extent(10_000, 1), FREE: Extent(0, 1)}


@pytest.mark.parametrize(
    "vetoes",
    [
        (replace(ON_ITEM, item="9"),),
        (replace(FREE_ONE, key="1"),),
        (FREE_ONE, replace(ON_ITEM, key="f1")),
    ],
)
def test_a_veto_that_hangs_in_the_air_or_hides_a_line_is_refused(vetoes):
    with pytest.raises(ValueError, match="否决项"):
        rulebook(item("1"), vetoes=vetoes)


def test_a_book_with_one_key_twice_or_an_item_outside_the_tree_is_refused():
    with pytest.raises(ValueError, match="重复"):
        rulebook(item("1"), item("1"))
    with pytest.raises(ValueError, match="要素不存在"):
        rulebook(item("1", element="z"), elements=book(item()).elements)


def test_limited_to_some_items_it_keeps_its_vetoes_unless_it_is_to_these_alone():
    whole = rulebook(item("1"), item("2"), item("3"), vetoes=(ON_ITEM, FREE_ONE))
    limited = replace(whole, only=("2",))
    alone = replace(limited, bare=True)
    assert list(limited.by_key) == ["1", "2", "f1"]
    assert list(alone.by_key) == ["2"]
    assert replace(alone, only=("1",)).line("1").vetoes == (ON_ITEM,)
    assert len({each.digest() for each in (whole, limited, alone)}) == 3
    assert Rulebook.read(alone.plain(), alone.book) == alone
    assert "bare" not in limited.plain()
