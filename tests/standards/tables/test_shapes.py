"""Tables in shapes authorities use: the same four items must come out of each."""

import pytest

from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import TableError
from standards.tables.four_items import full, same
from standards.tables.writing_tables import HEADING, ROWS, Row, workbook, xlsx


def test_merged_levels() -> None:
    found = same(understand(xlsx([HEADING, *ROWS], merges=["A2:A4", "B2:B3"])))
    assert [item.key for item in found.book.items] == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert [each.number for each in found.book.elements] == ["1", "1.1", "1.2", "2", "2.1"]


def test_levels_left_blank_below_the_first() -> None:
    same(understand(xlsx([HEADING, *ROWS])))


def test_levels_repeated_in_every_row() -> None:
    same(understand(xlsx([HEADING, *full()])))


def test_levels_that_say_the_same_again() -> None:
    rows = [[each or "同上" for each in row] for row in ROWS]
    same(understand(xlsx([HEADING, *rows])))


@pytest.mark.parametrize(
    "heading",
    [
        ("一级", "二级", "企业达标标准", "标准分值", "评分方式"),
        ("一级要素", "二级要素", "评审内容", "分值", "评分标准"),
        ("A级要素", "B级要素", "标准化要求", "标准分", "扣分标准"),
        ("类 目", "项 目", "内 容", "分 值\n（分）", "评 分 办 法"),
        ("考评要素", "考评子项", "考核标准", "满分", "考核办法"),
        ("类别", "要素", "考评要点", "配分", "扣分说明"),
        ("一级指标", "二级指标", "检查内容", "应得分", "打分标准"),
        ("一级要素", "二级要素", "评审内容", "标准分", "评审方法及扣分"),
        ("类别", "检查项目", "检查内容", "满分", "扣分情形"),
    ],
)
def test_other_headings(heading: Row) -> None:
    same(understand(xlsx([heading, *ROWS])))


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (3, 0, 1, 4, 2), (2, 4, 3, 0, 1)])
def test_columns_in_any_order(order: tuple[int, ...]) -> None:
    rows = [[row[place] for place in order] for row in (HEADING, *full())]
    same(understand(xlsx(rows)))


def test_the_same_word_for_standard_and_method_is_told_apart_by_content() -> None:
    found = same(understand(xlsx([("类目", "项目", "考评标准", "分值", "考评方法"), *ROWS])))
    assert [each.meaning for each in found.columns][-1] == "考评办法"


def test_a_heading_of_two_rows() -> None:
    top = ("考评类目", "考评项目", "考评内容", "分值", None, "考评办法")
    below = (None, None, None, "标准分", "得分", None)
    rows = [[*row[:4], None, row[4]] for row in ROWS]
    same(understand(xlsx([top, below, *rows], merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"])))


def test_a_heading_over_two_merged_rows() -> None:
    merges = [f"{column}1:{column}2" for column in "ABCDE"]
    same(understand(xlsx([HEADING, [None] * 5, *ROWS], merges=merges)))


def test_a_row_that_numbers_the_columns() -> None:
    same(understand(xlsx([HEADING, (1, 2, 3, 4, 5), *ROWS])))


def test_a_title_form_fields_and_notes_round_the_table() -> None:
    above = [
        ("附件2",),
        ("示例市仓储企业评定标准 DB99/T 123—2024",),
        ("评审单位：", None, "评审时间：  年  月  日"),
    ]
    below = [
        ("总计", None, None, 40),
        ("注：1.本表满分40分。",),
        ("2.空项不计入总分。",),
        ("评审组长签字：",),
    ]
    found = same(understand(xlsx([*above, HEADING, *ROWS, *below], merges=["A2:E2", "A9:E9"])))
    assert found.book.title == "示例市仓储企业评定标准DB99/T123—2024"
    assert found.book.number == "DB99/T123—2024"
    assert found.book.notes == ("注：1.本表满分40分。", "2.空项不计入总分。")


def test_what_is_filled_in_beside_a_field_is_no_title() -> None:
    rows = [
        ("企业名称：", "示例机械有限公司", None, "评审日期：", "2026年3月"),
        ("示例评审表",),
        HEADING,
        *ROWS,
    ]
    assert same(understand(xlsx(rows))).book.title == "示例评审表"


def test_notes_below_a_table_without_a_total() -> None:
    rows = [*ROWS, ("注：带※的为否决项。",), ("本表由示例市应急管理局解释。",)]
    found = same(understand(xlsx([HEADING, *rows], merges=["A6:E6", "A7:E7"])))
    assert found.book.notes == ("注：带※的为否决项。", "本表由示例市应急管理局解释。")


@pytest.mark.parametrize(
    "texts",
    [("4分", "6 分", "10分", "20分"), ("４", "６", "１０", "２０"), ("4.0", "6.00", "10", "（20分）")],
)
def test_points_as_text(texts: tuple[str, ...]) -> None:
    rows = [(*row[:3], text, row[4]) for row, text in zip(ROWS, texts, strict=True)]
    same(understand(xlsx([HEADING, *rows])))


def test_points_with_decimals() -> None:
    rows = [(*row[:3], 2.5, row[4]) for row in ROWS]
    assert understand(xlsx([HEADING, *rows])).counts.points == 10_000


def test_points_by_formula_without_a_stored_value() -> None:
    rows = [*ROWS[:3], (*ROWS[3][:3], "=D4*1+0", ROWS[3][4])]
    found = understand(xlsx([HEADING, *rows]))
    assert [str(each.spot) for each in found.errors] == ["工作表“评分表”第5行D列"]
    rows = [*ROWS[:3], (*ROWS[3][:3], "=D4+D3+4", ROWS[3][4])]
    same(understand(xlsx([HEADING, *rows])))


def test_one_item_over_several_rows() -> None:
    rows = [
        ("1.目标", "1.1目标制定", "制定年度安全目标。", 4, "未制定的，不得分；"),
        (None, None, "目标应量化。", None, "未量化的，每处扣1分；"),
        (None, None, "目标以文件印发。", None, "未印发的，扣1分。"),
        *ROWS[2:],
    ]
    found = understand(xlsx([HEADING, *rows], merges=["A2:A5", "B2:B4", "D2:D4"]))
    first = found.book.items[0]
    assert found.counts.items == 3
    assert first.requirement == "制定年度安全目标。\n目标应量化。\n目标以文件印发。"
    assert [rule.points for rule in first.rules] == [0, 1000, 1000]
    assert "第3、4行没有标准分值，并入上一条" in "".join(found.remarks)


def test_numbered_lines_of_one_item_are_no_sections() -> None:
    rows = [
        ("1.目标", "1.1目标制定", "仓库应满足：", 4, "不符合的，每处扣1分。"),
        (None, None, "1.通道畅通", None, None),
        (None, None, "（2）标志清楚", None, None),
        *ROWS[2:],
    ]
    found = understand(xlsx([HEADING, *rows]))
    assert found.counts.items == 3
    assert found.book.items[0].requirement == "仓库应满足：\n1.通道畅通\n（2）标志清楚"


def test_one_requirement_with_points_for_each_of_its_methods() -> None:
    rows = [
        ("1.目标", "1.1目标", "制定目标。", 4, "未制定的，不得分。"),
        (None, None, None, 6, "未印发的，扣2分。"),
    ]
    found = understand(xlsx([HEADING, *rows], merges=["C2:C3", "A2:A3", "B2:B3"]))
    assert [(item.requirement, item.points) for item in found.book.items] == [
        ("制定目标。", 4000),
        ("制定目标。", 6000),
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_subtotals_wherever_their_words_stand(place: int) -> None:
    def total(words: str, points: int) -> Row:
        return [words if each == place else points if each == 3 else None for each in range(5)]

    rows = [*ROWS[:3], total("小  计", 20), ROWS[3], total("小计：", 20), total("合计", 40)]
    found = same(understand(xlsx([HEADING, *rows])))
    assert [(each.stated, each.found) for each in found.sums] == [
        (20000, 20000),
        (20000, 20000),
        (40000, 40000),
    ]


def test_subtotals_with_the_number_in_another_column_or_in_words() -> None:
    rows = [*ROWS[:3], ("小计", 20), ROWS[3], ("小计（20分）",), ("总计", None, None, None, 40)]
    found = same(understand(xlsx([HEADING, *rows])))
    assert [each.agrees for each in found.sums] == [True, True, True]


def test_a_subtotal_named_for_its_element() -> None:
    rows = [*ROWS[:3], ("目标小计", None, None, 20), ROWS[3], ("总计", None, None, 41)]
    found = same(understand(xlsx([HEADING, *rows])))
    assert [(each.stated, each.found) for each in found.sums] == [(20000, 20000), (41000, 40000)]
    assert not found.fits


def test_subtotals_by_formula_over_subtotals() -> None:
    rows = [*ROWS[:3], ("小计", None, None, "=SUM(D2:D4)"), ROWS[3], ("小计", None, None, "=D6")]
    found = same(understand(xlsx([HEADING, *rows, ("总计", None, None, "=SUM(D5,D7)")])))
    assert [(each.stated, each.found) for each in found.sums] == [
        (20000, 20000),
        (20000, 20000),
        (40000, 40000),
    ]


def test_subtotals_of_inner_elements() -> None:
    rows = [
        *ROWS[:2],
        (None, "小计", None, 10),
        ROWS[2],
        (None, "小计", None, 10),
        ("合计", None, None, 20),
        ROWS[3],
    ]
    assert [each.agrees for each in same(understand(xlsx([HEADING, *rows]))).sums] == [True, True, True]


def test_points_stated_in_headings() -> None:
    rows = [
        ("一、目标（20分）", "1.1目标制定（10）", *ROWS[0][2:]),
        ROWS[1],
        ROWS[2],
        ("二、机构[共21分]", *ROWS[3][1:]),
    ]
    found = same(understand(xlsx([HEADING, *rows])))
    assert [(each.where, each.stated, each.found) for each in found.sums] == [
        ("一 目标", 20000, 20000),
        ("1.1 目标制定", 10000, 10000),
        ("二 机构", 21000, 20000),
    ]


def test_points_stated_in_a_column_of_their_own() -> None:
    rows = [(row[0], stated, *row[1:]) for row, stated in zip(ROWS, (20, None, None, 20), strict=True)]
    found = same(understand(xlsx([("类目", "类目分值", "项目", *HEADING[2:]), *rows])))
    assert [(each.stated, each.found) for each in found.sums] == [(20000, 20000), (20000, 20000)]


def test_sections_as_wide_rows_instead_of_level_columns() -> None:
    heading = ("序号", "考评内容", "标准分值", "考评办法")
    rows = [
        ("一、目标（20分）",), (1, *ROWS[0][2:]), (2, *ROWS[1][2:]), (3, *ROWS[2][2:]),
        ("二、机构（20分）",), (4, *ROWS[3][2:]),
    ]  # fmt: skip
    found = same(understand(xlsx([heading, *rows], merges=["A2:D2", "A6:D6"])))
    assert [item.number for item in found.book.items] == ["1", "2", "3", "4"]
    assert found.fits


def test_sections_by_chinese_numbers_with_their_points() -> None:
    heading = ("序号", "考评内容", "标准分值", "考评办法")
    rows = [
        ("一", "目标", 20), (1, *ROWS[0][2:]), (2, *ROWS[1][2:]), (3, *ROWS[2][2:]),
        ("二", "机构", 20), (1, *ROWS[3][2:]),
    ]  # fmt: skip
    found = same(understand(xlsx([heading, *rows])))
    assert [(each.title, each.points) for each in found.book.elements] == [("目标", 20000), ("机构", 20000)]
    assert len({item.key for item in found.book.items}) == 4


def test_sections_by_dotted_numbers() -> None:
    heading = ("编号", "考评内容", "标准分值", "考评办法")
    rows = [
        ("1", "目标", 20), ("1.1", *ROWS[0][2:]), ("1.2", *ROWS[1][2:]), ("1.3", *ROWS[2][2:]),
        ("2", "机构", 20), ("2.1", *ROWS[3][2:]),
    ]  # fmt: skip
    found = same(understand(xlsx([heading, *rows])))
    assert [item.key for item in found.book.items] == ["1.1", "1.2", "1.3", "2.1"]
    assert found.fits


def test_an_outline_in_one_column_whose_headings_state_their_points() -> None:
    """Not items of their own: the points would be counted twice."""
    rows = [
        ("1 目标", 20), (f"  1.1 {ROWS[0][2]}", *ROWS[0][3:]), (f"  1.2 {ROWS[1][2]}", *ROWS[1][3:]),
        (f"  1.3 {ROWS[2][2]}", *ROWS[2][3:]), ("2 机构", 20), (f"  2.1 {ROWS[3][2]}", *ROWS[3][3:]),
    ]  # fmt: skip
    found = same(understand(xlsx([("评审内容", "分值", "扣分标准"), *rows])))
    assert [item.key for item in found.book.items] == ["1.1", "1.2", "1.3", "2.1"]
    assert [(each.title, each.points) for each in found.book.elements] == [("目标", 20000), ("机构", 20000)]
    assert found.fits


@pytest.mark.parametrize("inner", ["1、", "（一）"])
def test_an_outline_by_chinese_numbers_in_one_column(inner: str) -> None:
    rows = [("一、目标", 20), *((f"{inner}{row[2]}", *row[3:]) for row in ROWS[:3]), ("二、机构", 20)]
    found = understand(
        xlsx([("评审内容", "分值", "扣分标准"), *rows, (f"{inner}{ROWS[3][2]}", *ROWS[3][3:])])
    )
    assert (found.counts.items, found.counts.points, found.counts.elements) == (4, 40000, 2)
    assert found.fits


def test_shares_of_a_whole_are_not_taken_for_points_without_a_word() -> None:
    rows = [(*row[:3], row[3] / 40, row[4]) for row in ROWS]
    assert any("权重" in each for each in understand(xlsx([HEADING, *rows])).remarks)


def test_numbers_printed_in_the_requirement() -> None:
    rows = [
        (*row[:2], f"{number} {row[2]}", *row[3:])
        for number, row in zip(("1.1.1", "1.1.2", "1.2.1", "2.1.1"), ROWS, strict=True)
    ]
    assert [item.number for item in same(understand(xlsx([HEADING, *rows]))).book.items][-1] == "2.1.1"


@pytest.mark.parametrize("written", ["{}（{}分）", "{}({} 分)。", "{}【满分{}分】"])
@pytest.mark.parametrize("heading", ["考评内容", "考评内容及分值"])
def test_points_printed_at_the_end_of_what_is_asked(written: str, heading: str) -> None:
    rows = [[row[0], row[1], written.format(row[2], row[3]), row[4]] for row in ROWS]
    found = same(understand(xlsx([(HEADING[0], HEADING[1], heading, HEADING[4]), *rows])))
    assert any("末尾的括号里" in each for each in found.remarks)


def test_a_few_points_within_the_text_are_no_column() -> None:
    rows = [[row[0], row[1], row[2], row[4]] for row in ROWS]
    rows[0][2] = f"{rows[0][2]}（4分）"
    with pytest.raises(TableError, match="标准分值"):
        understand(xlsx([(HEADING[0], HEADING[1], HEADING[2], HEADING[4]), *rows]))


def test_the_title_on_a_cover_is_that_of_the_whole() -> None:
    parts = {
        each: [[each], HEADING, *[row for row in full() if row[0] == each]] for each in ("1.目标", "2.机构")
    }
    cover = {"封面": [["某省仓储企业安全生产标准化评定标准"], ["2026年1月"]]}
    found = understand(workbook({name: (rows, ()) for name, rows in (cover | parts).items()}))
    assert found.book.title == "某省仓储企业安全生产标准化评定标准"
