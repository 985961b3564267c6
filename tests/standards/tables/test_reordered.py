"""Several tables on one sheet, each with a heading of its own."""

from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import Understanding
from standards.tables.four_items import full, same
from standards.tables.writing_tables import HEADING, ROWS, Row, xlsx

ORDER = (3, 0, 4, 2, 1)  # where each column of the second table stands in the first


def moved(row: Row) -> list[str | int | None]:
    return [row[place] for place in ORDER]


def two_tables(*between: Row, extra: str = "") -> Understanding:
    below = [moved(HEADING), *(moved(row) for row in full(ROWS)[2:])]
    if extra:
        below = [[*row, heading or extra] for row, heading in zip(below, (extra, "", ""), strict=True)]
    return understand(xlsx([HEADING, *ROWS[:2], *between, *below]))


def test_a_second_table_with_its_columns_in_another_order() -> None:
    found = same(two_tables())
    told = "评分表：第4行又是一行标题，各列与第1行的不同，其下各行已按标题对应读取，请确认。"
    assert told in found.remarks


def test_sums_of_both_tables_are_compared() -> None:
    rows = [HEADING, *ROWS[:2], ("小计", None, None, 10), moved(HEADING)]
    rows += [*(moved(row) for row in full(ROWS)[2:]), (30, "小计"), (40, "合计")]
    found = same(understand(xlsx(rows)))
    assert [(each.stated, each.found, each.agrees) for each in found.sums] == [
        (10_000, 10_000, True),
        (30_000, 30_000, True),
        (40_000, 40_000, True),
    ]


def test_what_only_the_second_table_has_is_told() -> None:
    found = same(two_tables(extra="特别说明"))
    assert any("F列没有对应的列，没有读入" in each for each in found.remarks)


def test_points_by_formula_below_are_not_computed_from_what_moved() -> None:
    rows = [HEADING, *ROWS[:2], moved(HEADING), moved(full(ROWS)[2])]
    rows += [["=A5*2", *moved(full(ROWS)[3])[1:]]]
    found = understand(xlsx(rows))
    assert [each.spot.row for each in found.errors] == [6]


def test_the_same_heading_again_is_only_passed_over() -> None:
    found = same(understand(xlsx([HEADING, *ROWS[:2], HEADING, *full(ROWS)[2:]])))
    assert not any("又是一行标题" in each for each in found.remarks)
