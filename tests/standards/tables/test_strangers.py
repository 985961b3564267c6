"""Tables as strangers brought them: two languages, hidden columns, characters nobody sees, wrong numbers."""

import io

import openpyxl
import pytest

from dabiao.standards.tables.roles import Role, meaning
from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import TableError
from standards.tables.four_items import same
from standards.tables.writing_kinds import ods, xls
from standards.tables.writing_tables import HEADING, ROWS, Row, delimited, saved, xlsx

HIDDEN = "评分表：D列是隐藏列，已照常读取，请确认。"


@pytest.mark.parametrize(
    "heading",
    [
        ("Category 类目", "Element 要素", "Content 考评内容", "Score 标准分值", "Method 评分标准"),
        ("类目 Category", "要素 Element", "考评内容 Content", "标准分值 Max. Points", "评分标准 Method"),
        ("Category", "Element", "Requirement", "Max Points", "Deductions"),
    ],
)
def test_headings_in_two_languages_or_in_the_other(heading: Row) -> None:
    same(understand(xlsx([heading, *ROWS])))


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Method 评分标准", Role.METHOD),
        ("No. 序号", Role.NUMBER),
        ("A级要素", Role.LEVEL),
        ("Actual Score", Role.ACTUAL),
        ("Remarks", Role.REMARK),
        ("HSE", Role.OTHER),
    ],
)
def test_what_a_heading_means_is_told_by_its_chinese_words_first(heading: str, role: Role) -> None:
    assert meaning(heading).role is role


def test_hidden_columns_are_read_and_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([HEADING, *ROWS])))
    book["评分表"].column_dimensions["D"].hidden = True
    book["评分表"].column_dimensions["K"].hidden = True  # nothing is written there
    assert HIDDEN in same(understand(saved(book))).remarks


def test_hidden_columns_of_an_xls_are_told() -> None:
    assert HIDDEN in same(understand(xls({"评分表": [HEADING, *ROWS]}, hidden_columns=(3, 3)))).remarks


def test_hidden_columns_of_an_ods_are_told() -> None:
    assert HIDDEN in same(understand(ods({"评分表": [HEADING, *ROWS]}, hidden_columns=(3, 3)))).remarks


def test_characters_nobody_sees_change_nothing() -> None:
    rows = [[f"\u200b{each}\xa0" if each is not None else None for each in row] for row in (HEADING, *ROWS)]
    same(understand(xlsx(rows)))


@pytest.mark.parametrize("written", ["5²", "2½", "1①", "5₂", "1,000", "5+5", "10%", "1E2", "1000000"])
def test_what_is_no_number_of_points_is_not_read_as_another(written: str) -> None:
    row: Row = ("1.目标", "1.1目标制定", "制定年度安全目标。", written, "未制定的，不得分。")
    [fault] = understand(xlsx([HEADING, row])).errors
    assert str(fault).startswith("工作表“评分表”第2行D列：标准分值“")
    assert "请" in fault.todo


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line() -> None:
    content = delimited([HEADING, *ROWS]).replace("目标以文件印发。".encode(), '"目标以文件印发。'.encode())
    with pytest.raises(TableError, match="第3行有一个引号没有配对。请补上或删去引号后再导入。"):
        understand(content, "示例.csv")


def test_quotation_marks_within_a_text_are_no_fault() -> None:
    content = delimited([HEADING, *ROWS]).replace("制定年度".encode(), '制定"年度"'.encode())
    assert understand(content, "示例.csv").counts.items == len(ROWS)


def test_a_number_merged_over_several_items_takes_no_other_items_number() -> None:
    heading: Row = ("条款号", "考评要素", "考评内容", "分值", "扣分说明")
    rows: list[Row] = [
        ("1.1", "机构", "设置机构。", 6, "未设置不得分"),
        (None, None, "配备人员。", 4, "每少一人扣2分"),
        ("1.2", "投入", "提取费用。", 8, "未提取不得分"),
        ("1.3", "投入", "建立台账。", 8, "无台账不得分"),
    ]
    found = understand(xlsx([heading, *rows], merges=["A2:A3", "B2:B3"]))
    assert [item.number for item in found.book.items] == ["1.1", "1.1-2", "1.2", "1.3"]
    assert "编号“1.1”的单元格合并了 2 条，后面的已加后缀（如“1.1-2”），请确认。" in found.remarks


def test_a_number_nobody_printed_is_none_that_is_printed_further_down() -> None:
    heading: Row = ("编号", "要素", "考评内容", "分值", "扣分说明")
    rows: list[Row] = [
        ("1.1", "机构", "设置机构。", 6, "未设置不得分"),
        (None, "机构", "配备人员。", 4, "每少一人扣2分"),
        ("1.2", "机构", "提取费用。", 8, "未提取不得分"),
    ]
    found = understand(xlsx([heading, *rows]))
    assert [item.number for item in found.book.items] == ["1.1", "1.3", "1.2"]


def test_two_tables_side_by_side_are_told_what_to_do() -> None:
    rows = [[*row, None, *row] for row in (HEADING, *ROWS)]
    with pytest.raises(TableError, match="两张表左右并排的，请改为上下排列或分放两张工作表。"):
        understand(xlsx(rows))


def test_points_of_elements_alone_are_told_with_a_place() -> None:
    heading: Row = ("A级要素", "B级要素", "企业达标标准", "评审方法", "评审标准")
    row: Row = ("1 法律（100分）", "1.1 识别（50分）", "建立制度。", "查文件", "未建立制度，扣50分")
    with pytest.raises(TableError, match="分值只写在要素名称里（如工作表“评分表”第2行A列“1法律"):
        understand(xlsx([heading, row]))
