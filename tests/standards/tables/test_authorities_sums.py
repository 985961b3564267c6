"""Sums in authorities' tables: below, above, beside the name of the element, by formula, and wrong ones."""

from typing import Any

import pytest

from dabiao.standards.tables.understanding import understand
from standards.tables.authorities import (
    FULL,
    HEADING,
    SUMS,
    groups,
    rows,
    same,
    told,
    total,
)
from standards.tables.writing_tables import xlsx


def _with(each: Any) -> list[list[Any]]:
    """Every group of lines with one more line, made of its sum."""
    lines: list[list[Any]] = []
    for group, (name, points) in zip(groups(rows()), SUMS.items(), strict=True):
        lines += each(group, name, points)
    return lines


@pytest.mark.parametrize(
    "label",
    [
        "小计",
        "小  计：",
        "{name}小计",
        "本要素小计",
        "本类目合计",
        "A级要素小计",
        "分值小计",
        "小计（{points}分）",
    ],
)
@pytest.mark.parametrize(
    "whole", ["合计", "总    计", "标准化总得分", "满分", "全部要素合计（满分）", "应得分合计"]
)
def test_sums_below_what_they_sum(label: str, whole: str) -> None:
    lines = _with(lambda group, name, points: [*group, total(label.format(name=name, points=points), points)])
    found = same(understand(xlsx([HEADING, *lines, total(whole, FULL)])))
    assert [each.stated for each in found.sums] == [20_000, 40_000, 40_000, 100_000]


def test_sums_above_what_they_sum() -> None:
    lines = _with(lambda group, name, points: [total("小计", points), *group])
    assert len(same(understand(xlsx([HEADING, total("总分", FULL), *lines]))).sums) == 4


def test_sums_in_the_row_that_only_names_the_element() -> None:
    def headed(group: Any, name: str, points: int) -> list[list[Any]]:
        return [[group[0][0], None, None, points, None], *([None, *line[1:]] for line in group)]

    found = same(understand(xlsx([HEADING, *_with(headed), total("总计", FULL)])))
    assert [each.stated for each in found.sums] == [20_000, 40_000, 40_000, 100_000]


def test_points_of_an_element_without_items_are_an_error() -> None:
    found = understand(xlsx([HEADING, *rows(), ["4.持续改进", None, None, 30, None]]))
    assert ["写有分值，下面却没有条目" in str(each) for each in found.errors] == [True]


def test_sums_by_formula_over_subtotals() -> None:
    first, second, third = groups(rows())
    lines = [
        *(HEADING, *first, total("小计", "=SUBTOTAL(9,D2:D4)")),
        *(*second, *third, total("合计", "=SUBTOTAL(109,D2:D11)")),
    ]
    assert len(same(understand(xlsx(lines))).sums) == 2


def test_a_sum_that_cannot_be_computed_is_told() -> None:
    found = same(understand(xlsx([HEADING, *rows(), total("合计", '=SUMIF(A:A,"x",D:D)')])))
    assert "第11行“合计”没有写出数，或公式算不出来，没有核对" in told(found)


def test_sums_that_are_wrong_are_shown_against_the_nearest() -> None:
    lines = rows()
    found = understand(xlsx([HEADING, *lines[:3], total("小计", 21), *lines[3:], total("合计", 99)]))
    assert [(each.stated, each.found) for each in found.sums] == [(21_000, 20_000), (99_000, 100_000)]
