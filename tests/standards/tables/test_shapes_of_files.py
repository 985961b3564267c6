"""Sheets, encodings, pages, marks and hints: the same four items must come out of each."""

import openpyxl
import pytest

from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import Hints
from standards.tables.four_items import POINTS, full, same
from standards.tables.writing_tables import HEADING, ROWS, delimited, saved, workbook, xlsx


def test_several_sheets_each_a_category() -> None:
    sheets = {
        "目标": ([("某表",), HEADING[1:], *(row[1:] for row in ROWS[:3])], ["A1:D1"]),
        "机构": ([HEADING[1:], ROWS[3][1:]], []),
        "填写说明": ([("请逐条填写。",)], []),
    }
    found = same(understand(workbook(sheets)))
    assert [each.title for each in found.book.elements if not each.parent] == ["目标", "机构"]
    assert [(each.name, each.used) for each in found.sheets] == [
        ("目标", True),
        ("机构", True),
        ("填写说明", False),
    ]


def test_several_sheets_with_their_own_outermost_elements() -> None:
    sheets = {"Sheet1": ([HEADING, *ROWS[:3]], []), "Sheet2": ([HEADING, ROWS[3]], [])}
    same(understand(workbook(sheets)))


def test_hidden_sheets_copies_and_summaries_are_left_out_and_told() -> None:
    summary = [("考评类目", "考评内容", "标准分值"), ("目标", "目标", 20), ("机构", "机构", 20)]
    sheets = {
        "评分表": ([HEADING, *ROWS], []),
        "旧表": ([HEADING, *ROWS], []),
        "副本": ([HEADING, *ROWS], []),
        "汇总": (summary, []),
    }
    found = same(understand(workbook(sheets, hidden=["旧表"])))
    said = {each.name: each.why for each in found.sheets if not each.used}
    assert said.keys() == {"旧表", "副本", "汇总"}
    assert "隐藏" in said["旧表"]
    assert "相同" in said["副本"]
    assert "汇总" in said["汇总"]


def test_hidden_rows_are_read_and_told() -> None:
    found = same(understand(xlsx([HEADING, *ROWS], hidden=[3])))
    assert "第3行是隐藏行" in "".join(found.remarks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_in_any_encoding(encoding: str) -> None:
    same(understand(delimited([HEADING, *full()], encoding), "示例.csv"))


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_csv_with_other_delimiters(delimiter: str) -> None:
    same(understand(delimited([HEADING, *full()], delimiter=delimiter), "示例.csv"))


def test_headings_printed_again_on_every_page() -> None:
    same(understand(xlsx([HEADING, *ROWS[:2], HEADING, *ROWS[2:]])))


def test_blank_rows_and_columns_round_everything() -> None:
    rows = [[None, None, *row] for row in (HEADING, *full())]
    spaced = [each for row in rows for each in ([], row, [])]
    same(understand(xlsx([[], [], *spaced])))


def test_a_third_level_and_a_wider_requirement() -> None:
    heading = ("一级要素", "二级要素", "三级要素", "基本规范要求", "企业达标标准", "标准分值", "评分方式")
    rows = [(row[0], row[1], "1.1.1细项", "应当有目标。", *row[2:]) for row in full()]
    found = same(understand(xlsx([heading, *rows])))
    assert found.book.items[0].citation == "应当有目标。"
    assert [each.parent for each in found.book.elements][:3] == ["", "1", "1.1"]


def test_no_levels_at_all() -> None:
    found = understand(xlsx([HEADING[2:], *(row[2:] for row in ROWS)]), "示例标准.xlsx")
    assert [item.points for item in found.book.items] == POINTS
    assert [each.title for each in found.book.elements] == ["示例标准"]


def test_vetoes_in_the_ways_they_are_marked() -> None:
    rows = [
        (*ROWS[0][:2], "※取得许可证。", *ROWS[0][3:]),
        (*ROWS[1][:2], "建立制度（否决项）。", *ROWS[1][3:]),
        (*ROWS[2][:2], "★制定预案。", *ROWS[2][3:]),
        (*ROWS[3][:3], "否决", "未设立的，一级否决。"),
    ]
    found = understand(xlsx([HEADING, *rows, ("注：带“★”的条款为否决项。",)]))
    assert [item.veto for item in found.book.items] == ["veto", "veto", "veto", "veto"]


def test_a_veto_column() -> None:
    rows = [(*row, mark) for row, mark in zip(ROWS, ("√", None, "否", "一级否决"), strict=True)]
    found = same(understand(xlsx([(*HEADING, "否决项"), *rows])))
    assert [item.veto for item in found.book.items] == ["veto", "", "", "first_level"]


def test_hints_go_before_what_is_found() -> None:
    rows = [("甲", "乙", "丙", "丁", "戊"), *ROWS]
    columns = {"level": "A", "requirement": "C", "points": "D", "method": "E"}
    found = understand(xlsx(rows), hints=Hints(title="示例", number="1", header_row=1, columns=columns))
    assert [item.points for item in found.book.items] == POINTS
    assert (found.book.title, found.book.number) == ("示例", "1")


def test_numbers_that_excel_shows_with_two_decimals() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("编号", *HEADING[2:]))
    for number, row in zip((1.1, 1.2, 1.9, 1.1), ROWS, strict=True):
        sheet.append((number, *row[2:]))
    sheet["A5"].number_format = "0.00"
    found = understand(saved(book))
    assert [item.number for item in found.book.items] == ["1.1", "1.2", "1.9", "1.10"]


def test_rows_that_are_wrong_are_told_with_their_place() -> None:
    rows = [
        *ROWS,
        (None, None, "应有预案。", "若干", "不符合的，扣1分。"),
        ("3.投入", "3.1费用", "提取费用。", None, "未提取的，不得分。"),
    ]
    found = understand(xlsx([HEADING, *rows]))
    assert [(each.spot.row, each.spot.column) for each in found.errors] == [(6, "D"), (7, "D")]
    assert all("请" in each.todo for each in found.errors)


def test_a_heading_whose_lower_row_only_speaks_with_the_upper() -> None:
    top = ("一级要素", None, "二级要素", None, "考评内容", "考评办法", "得分情况", None)
    below = ("名称", "分值", "名称", "分值", None, None, "标准分", "自评分")
    rows = [(row[0], None, row[1], None, row[2], row[4], row[3], None) for row in ROWS]
    rows[0] = ("1.目标", 20, *rows[0][2:])
    merges = ["A1:B1", "C1:D1", "G1:H1", "E1:E2", "F1:F2"]
    found = same(understand(xlsx([top, below, *rows], merges=merges)))
    assert [(each.stated, each.found) for each in found.sums] == [(20000, 20000)]


def test_sections_within_sections() -> None:
    rows = [
        ("第一部分 目标（20分）",), ("（一）制定（10分）",), (1, *ROWS[0][2:]), (2, *ROWS[1][2:]),
        ("（二）考核（10分）",), (3, *ROWS[2][2:]), ("第二部分 机构",), (4, *ROWS[3][2:]),
    ]  # fmt: skip
    wide = [f"A{row}:D{row}" for row in (2, 3, 6, 8)]
    found = same(understand(xlsx([("序号", "评审内容", "分值", "评分办法"), *rows], merges=wide)))
    assert [(each.key, each.title, each.parent) for each in found.book.elements] == [
        ("1", "目标", ""), ("1.1", "制定", "1"), ("1.2", "考核", "1"), ("2", "机构", ""),
    ]  # fmt: skip
    assert found.fits


def test_places_to_sign_and_notes_in_any_column() -> None:
    notes = [
        (None, None, "注：1.不重复扣分。"),
        (None, None, "2.解释权归示例局。"),
        ("评审组长：", None, "日期："),
    ]
    found = same(understand(xlsx([HEADING, *ROWS, *notes])))
    assert found.book.notes == ("注：1.不重复扣分。", "2.解释权归示例局。")
    assert "看作填写栏" in "".join(found.remarks)


def test_an_element_going_on_over_the_page_is_one_element() -> None:
    rows = [ROWS[0], ROWS[1], ("1.目标（续）", *ROWS[2][1:]), ROWS[3]]
    same(understand(xlsx([HEADING, *rows])))


def test_a_veto_row_without_points() -> None:
    rows = [(*ROWS[0][:3], "/", "否决项，不符合即不达标"), *ROWS[1:]]
    found = understand(xlsx([HEADING, *rows]))
    assert not found.errors
    assert (found.book.items[0].points, found.book.items[0].veto) == (0, "veto")


def test_a_heading_of_ones_own_that_ends_with_a_colon_stays() -> None:
    rows = [*ROWS[:3], ("2.机构：",), (None, *ROWS[3][1:])]
    found = same(understand(xlsx([HEADING, *rows])))
    assert [each.title for each in found.book.elements if not each.parent] == ["目标", "机构"]
