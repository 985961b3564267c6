"""Shapes of authorities' tables nobody has seen: the same nine items must come out of each."""

import datetime
import io
from typing import Any

import openpyxl
import pytest

from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import Hints, TableError
from standards.tables.authorities import (
    HEADING,
    SUMS,
    TRUTH,
    groups,
    merges,
    path,
    rows,
    same,
    told,
    total,
)
from standards.tables.writing_tables import delimited, saved, workbook, xlsx


@pytest.mark.parametrize(
    "heading",
    [
        ("A级要素", "B级要素", "企业达标标准", "标准分值", "评分标准"),
        ("类目", "项目", "评审标准", "分值", "评审方法"),
        ("一级要素", "二级要素", "评审标准", "标准分值", "扣分标准"),
        ("A级要素", "B级要素", "考评标准", "分值", "评审方法"),
        ("评审类目", "评审项目", "释义", "分值", "评分标准"),
        ("考核类别", "考核项目", "考核内容", "标准分值", "考核评分办法"),
        ("检查类别", "检查项目", "检查内容及要求", "应得分", "检查评分标准"),
        ("自评类目", "自评项目", "自评内容", "标准分", "扣分标准"),
        ("标准要素", "要素条款", "标准要求", "赋分", "评分说明"),
        ("一级评审要素", "二级评审要素", "评审要点", "分数", "扣分细则"),
        ("评审要素", "评审子要素", "达标要求", "分值（分）", "评分细则及扣分标准"),
        ("A 级\n要素", "B 级\n要素", "标准化\n工作要求", "标 准\n分 值", "考 评\n办 法"),
        ("一级", "二级", "考评要求", "权重分", "减分项"),
        ("类目（一级）", "项目（二级）", "内容（三级）", "分值（分）", "评分标准（扣完为止）"),
        ("评定类目", "评定项目", "评定内容与要求", "评定分值", "评定标准与方法"),
    ],
)
def test_headings(heading: tuple[str, ...]) -> None:
    lines = rows()
    same(understand(xlsx([heading, *lines], merges=merges(lines, 2))))


def test_headings_nobody_knows_are_told_by_their_cells_and_shown() -> None:
    found = same(understand(xlsx([("大方面", "小方面", "考评内容", "值（分）", "考评办法"), *rows()])))
    assert "A列“大方面”没有见过，按要素名称读取，请确认" in told(found)
    assert "D列“值（分）”没有见过，因为是数字，按标准分值读取，请确认" in told(found)


def test_a_column_nobody_knows_is_never_dropped_without_a_word() -> None:
    lines = [
        [*line, "每年复核" if at == 3 else None, "旧号3" if at == 1 else None]
        for at, line in enumerate(rows())
    ]
    found = same(understand(xlsx([(*HEADING, "周期", None), *lines])))
    assert "F列“周期”有文字（如第5行）" in told(found)
    assert "G列（没有标题）有文字（如第3行）" in told(found)


@pytest.mark.parametrize("order", [(3, 0, 1, 2, 4), (0, 1, 4, 3, 2), (4, 3, 2, 1, 0), (2, 3, 4, 0, 1)])
def test_columns_in_any_order(order: tuple[int, ...]) -> None:
    same(understand(xlsx([[line[at] for at in order] for line in (HEADING, *rows(repeat=True))])))


def test_a_heading_of_two_rows_over_a_form_with_title_and_fields() -> None:
    top = ("序号", "评审要素", None, "考评内容", "标准分值", "评分标准", "自评情况", None, None)
    low = (None, "一级要素", "二级要素", None, None, None, "自评描述", "扣分", "得分")
    lines = [[at, *line, None, None, None] for at, line in enumerate(rows(), start=1)]
    over = [f"{column}3:{column}4" for column in "ADEF"]
    content = xlsx(
        [["示例市作坊评定标准"], ["单位：        日期："], top, low, *lines],
        merges=["A1:I1", "B3:C3", "G3:I3", *over],
    )
    found = same(understand(content))
    assert found.book.title == "示例市作坊评定标准"
    assert [item.number for item in found.book.items] == [str(at) for at in range(1, 10)]


def test_codes_in_columns_beside_the_names_of_elements() -> None:
    lines = []
    for line in rows():
        split = [text.partition(text.lstrip("0123456789.")) if text else (None, None) for text in line[:2]]
        lines.append([split[0][0], split[0][1], split[1][0], split[1][1], *line[2:]])
    heading = ("序号", "一级要素", "编号", "二级要素", "考评内容", "标准分值", "考评办法")
    assert "A列“序号”、C列“编号”含义相近" in told(same(understand(xlsx([heading, *lines]))))


def test_every_column_merged_over_two_of_the_sheet() -> None:
    doubled = [[each for text in line for each in (text, None)] for line in (HEADING, *rows())]
    pairs = [f"{a}{row}:{b}{row}" for row in range(1, 11) for a, b in ("AB", "CD", "EF", "GH", "IJ")]
    same(understand(xlsx(doubled, merges=pairs)))


def test_empty_rows_and_columns_everywhere() -> None:
    spaced = [[None, None, *(each for text in line for each in (text, None))] for line in (HEADING, *rows())]
    same(understand(xlsx([[], [], *(each for line in spaced for each in (line, [], []))])))


def test_title_and_heading_printed_again_on_each_page() -> None:
    lines = rows()
    page = [["示例市作坊评定标准"], HEADING]
    same(understand(xlsx([*page, *lines[:4], ["第1页 共2页"], *page, *lines[4:], ["第2页 共2页"]])))


def test_full_width_digits_and_spaces() -> None:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    lines = [
        [line[0] and line[0].translate(wide), line[1] and "　" + line[1].translate(wide), line[2],
         f"　{line[3]}　".translate(wide), line[4]]
        for line in rows()
    ]  # fmt: skip
    same(understand(xlsx([["　考评类目", "考评　项目", "考评内容 ", "标准 分值", "考评办法\n"], *lines])))


@pytest.mark.parametrize(
    "texts",
    [
        ("4分", "６", "１０", "20.0 分", "八分", "十二分", "15 分", "（15）", "10.00"),
        ("四", "六", "十", "二十", "八", "十二", "十五", "十五", "十"),
        ("满分4分", "共6分", "10", "20", "8", "12", "15", "15", "10"),
    ],
)
def test_points_as_text(texts: tuple[str, ...]) -> None:
    lines = [[*line[:3], text, line[4]] for line, text in zip(rows(), texts, strict=True)]
    same(understand(xlsx([HEADING, *lines])))


def test_points_with_a_word_beside_are_read_and_shown() -> None:
    lines = rows()
    lines[2][3], lines[3][3], lines[4][3] = "10（否决项）", "20分/项", "8*"
    found = same(understand(xlsx([HEADING, *lines])))
    assert [item.number for item in found.book.items if item.veto] == ["1.2.1"]
    assert "标准分值写作“20分/项”，已按 20 分读取" in told(found)
    assert "* 表中没有说明这个标记的含义" in told(found)


@pytest.mark.parametrize("wrong", ["6.5.1", "10-20", "若干", "见附表", "≤5"])
def test_points_that_are_no_number_are_an_error_with_its_place(wrong: str) -> None:
    lines = rows()
    lines[1][3] = wrong
    (fault,) = understand(xlsx([HEADING, *lines])).errors
    assert (fault.spot.row, fault.spot.column) == (3, "D")
    assert wrong in fault.what
    assert fault.todo


def test_points_stated_in_the_names_of_elements() -> None:
    lines = rows()
    lines[0][0], lines[0][1] = "一、目标（20分）", "1.1目标制定(10分)"
    lines[3][0], lines[6][0] = "二、机构和职责\n40", "三、现场管理 40分"
    found = same(understand(xlsx([HEADING, *lines])))
    assert [each.stated for each in found.sums] == [20_000, 10_000, 40_000, 40_000]


def test_notes_above_and_below() -> None:
    above = [
        ["附件1"],
        ["示例市作坊评定标准（2024年版）"],
        ["说明：1.本标准满分100分。"],
        ["2.空项不计入总分。"],
    ]
    below = [[], ["填表说明："], ["1.本表一式两份。"], ["注：扣分不超过标准分值。"], ["编制单位：示例局"]]
    found = same(understand(xlsx([*above, HEADING, *rows(), *below])))
    assert found.book.title == "示例市作坊评定标准（2024年版）"
    assert found.book.notes == (
        *("说明：1.本标准满分100分。", "2.空项不计入总分。"),
        *("填表说明：", "1.本表一式两份。", "注：扣分不超过标准分值。"),
    )
    assert "看作填写栏，没有读取" in told(found)


def test_methods_over_several_rows_of_one_item() -> None:
    lines = []
    for line in rows():
        head, mark, tail = line[4].partition("；")
        lines.append([*line[:4], head + mark])
        lines += [[None, None, None, None, tail]] if tail else []
    found = understand(xlsx([HEADING, *lines]))
    assert [item.method.replace("\n", "") for item in found.book.items] == [each.method for each in TRUTH]
    assert found.counts.points == 100_000
    assert not found.doubtful


def test_one_value_merged_over_the_requirements_of_a_group() -> None:
    lines = rows()
    lines[0][3], lines[1][3] = 10, None
    found = understand(xlsx([HEADING, *lines], merges=["D2:D3"]))
    first = found.book.items[0]
    assert (first.points, first.requirement) == (10_000, f"{TRUTH[0].requirement}\n{TRUTH[1].requirement}")
    assert [rule.text for rule in first.rules][-1] == "扣满6分的，追加扣除5分"
    assert "第3行没有标准分值，并入上一条" in told(found)


def test_a_requirement_without_points_is_joined_and_asked_about() -> None:
    lines = rows()
    lines[0][3], lines[1][3] = 10, None
    found = understand(xlsx([HEADING, *lines]))
    assert found.counts.items == 8
    assert f"{TRUTH[1].requirement} 这一行没有标准分值，已并入上一条，请确认；不对的请拆分。" in told(found)


def test_one_value_merged_over_two_elements_is_asked_about() -> None:
    lines = rows()
    lines[1][3], lines[2][3] = 16, None
    found = understand(xlsx([HEADING, *lines], merges=["D3:D4"]))
    assert (found.counts.items, found.counts.points) == (8, 100_000)
    assert "标准分值的合并单元格跨了几个要素" in told(found)


def test_several_sheets_one_for_each_element() -> None:
    sheets: dict[str, Any] = {"封面": ([["示例市评定标准"]], []), "填表说明": ([["1.请逐项填写。"]], [])}
    for group, (name, points) in zip(groups(rows()), SUMS.items(), strict=True):
        sheets[name] = ([HEADING[1:], *(line[1:] for line in group), ["小计", None, points]], [])
    found = same(understand(workbook(sheets)))
    assert {each.name for each in found.sheets if not each.used} == {"封面", "填表说明"}


def test_two_sheets_of_the_two_groups_whose_numbers_begin_again() -> None:
    basic, onsite = rows(TRUTH[:6]), rows(TRUTH[6:])
    sheets = {"基础管理部分": ([HEADING, *basic], []), "现场安全技术部分": ([HEADING, *onsite], [])}
    found = understand(workbook({**sheets, "旧表": ([HEADING, *rows()], [])}, hidden=["旧表"]))
    assert (found.counts.items, found.counts.points, found.counts.elements) == (9, 100_000, 2)
    assert {str(each.group) for each in found.book.elements} == {"basic_management", "onsite_technical"}
    assert path(found.book, found.book.items[6].element) == ["现场安全技术部分", "现场管理", "设备设施"]
    assert found.book.items[0].number.startswith("1.1.1.")
    assert found.book.items[6].number.startswith("2.1.1.")


def test_two_versions_of_one_table_are_not_added_up() -> None:
    newer = [[*line[:3], line[3] + 1, line[4]] for line in rows()]
    sheets = {"2020版": ([HEADING, *rows()], []), "2024版": ([HEADING, *newer], [])}
    with pytest.raises(TableError, match=r"“2020版”和“2024版”.*两个版本"):
        understand(workbook(sheets))
    same(understand(workbook(sheets), hints=Hints(sheets=("2020版",))))


def test_a_summary_with_a_column_of_methods_is_not_added_up() -> None:
    summary = [
        [at, name, name, points, "见评分表"] for at, (name, points) in enumerate(SUMS.items(), start=1)
    ]
    heading = ("序号", "类目", "项目", "标准分值", "评分说明")
    found = same(
        understand(workbook({"汇总表": ([heading, *summary], []), "评分表": ([HEADING, *rows()], [])}))
    )
    assert "汇总表 总分与其他工作表相同" in told(found)


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2", "2.2.1", "3.1.1", "3.2.1", "3.2.2"),
        ("1-1", "1-2", "1-3", "2-1", "2-2", "2-3", "3-1", "3-2", "3-3"),
        ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"),
    ],
)
def test_numbers_of_their_own(numbers: tuple[str, ...]) -> None:
    lines = [[number, *line] for number, line in zip(numbers, rows(), strict=True)]
    assert [i.number for i in same(understand(xlsx([("编号", *HEADING), *lines]))).book.items] == list(
        numbers
    )


@pytest.mark.parametrize("numbers", ["①②③①②③①②③", ["（一）", "（二）", "（三）"] * 3, [1.1, 1.2, 1.3] * 3])
def test_numbers_that_begin_again_do_not_serve_and_that_is_told(numbers: Any) -> None:
    lines = [[number, *line] for number, line in zip(numbers, rows(), strict=True)]
    found = same(understand(xlsx([("编号", *HEADING), *lines])))
    assert found.book.items[3].number == "2.1.1"
    assert "不能区分条目，没有采用" in told(found)


def test_numbers_that_became_dates_are_read_as_typed_and_shown() -> None:
    lines = [[datetime.date(2024, 1 + at // 3, 1 + at % 3), *line] for at, line in enumerate(rows())]
    book = [("编号", *HEADING), *lines]
    found = same(understand(_shown_as(book, "m-d")))
    assert [item.number for item in found.book.items][:4] == ["1-1", "1-2", "1-3", "2-1"]
    assert "1-2 编号被表格软件当成了日期，已按“1-2”读取，请确认。" in told(found)


def _shown_as(lines: list[Any], shown: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(lines)))
    for (cell,) in book.active["A2:A10"]:
        cell.number_format = shown
    return saved(book)


def test_marks_before_a_requirement_mean_what_the_notes_say() -> None:
    lines = rows()
    for at, mark in enumerate(("※", "★", "▲", "*")):
        lines[at][2] = mark + lines[at][2]
    lines[4][4] = "★" + lines[4][4]
    found = understand(xlsx([HEADING, *lines, ["注：标“★”的为否决项，标▲的为重点项。"]]))
    vetoes = [item.number for item in found.book.items if item.veto]
    assert vetoes == ["1.1.1", "1.1.2", "2.1.2"]
    assert [each.text for each in found.doubtful if "标记" in each.why] == ["*"]


@pytest.mark.parametrize(
    ("heading", "yes", "no", "shown"),
    [
        ("否决项", "√", None, False),
        ("是否为否决项", "是", "否", False),
        ("※", "※", None, False),
        ("否决", "一级否决条款", None, False),
        ("备注", "否决项", None, True),
        ("条款类别", "一级否决条款", "一般条款", True),
        ("条款性质", "A类（否决）", "B类", True),
    ],
)
def test_a_veto_in_a_column_of_its_own(heading: str, yes: str, no: Any, shown: bool) -> None:
    lines = [[*line, yes if at == 2 else no] for at, line in enumerate(rows())]
    found = same(understand(xlsx([(*HEADING, heading), *lines])))
    assert [item.number for item in found.book.items if item.veto] == ["1.2.1"]
    assert ("已按否决项读取，请确认" in told(found)) is shown


def test_conditions_without_points_under_a_heading_of_vetoes() -> None:
    vetoes = [
        ["一、否决项", None, None, None, None],
        [None, None, "近一年发生过死亡事故。", None, "发生的，一票否决。"],
        [None, None, "没有取得安全生产许可证。", None, None],
    ]
    found = understand(xlsx([HEADING, *vetoes, *rows()], merges=["A2:E2"]))
    assert not found.errors
    assert [(str(item.veto), item.points) for item in found.book.items][:3] == [
        ("veto", 0),
        ("veto", 0),
        ("", 4000),
    ]
    assert path(found.book, found.book.items[2].element) == ["目标", "目标制定"]


@pytest.mark.parametrize("count", [600, 2000])
def test_long_tables(count: int) -> None:
    lines = [
        [
            f"{at // 50 + 1}.类目{at // 50}",
            f"{at // 50 + 1}.{at // 10 % 5 + 1}项目",
            f"第{at}条要求。",
            0.5,
            "每处扣0.1分。",
        ]
        for at in range(count)
    ]
    found = understand(xlsx([HEADING, *lines, total("总计", count / 2)]))
    assert (found.counts.items, found.counts.points) == (count, count * 500)
    assert found.fits
    assert not found.unread


@pytest.mark.parametrize("points", [0, 0.5, 2.25, 1.125])
def test_points_of_any_size(points: float) -> None:
    lines = rows()
    lines[0][3] = points
    assert understand(xlsx([HEADING, *lines])).book.items[0].points == int(points * 1000)


def test_csv_with_levels_left_blank() -> None:
    same(understand(delimited([HEADING, *rows()], "gb18030"), "示例.csv"))


def test_a_workbook_that_is_no_scoring_table_is_refused_with_what_it_holds() -> None:
    people = [("姓名", "部门", "电话"), ("示例甲", "安全部", "01"), ("示例乙", "设备部", "02")]
    with pytest.raises(TableError, match=r"没有读到评分表.*工作表“通讯录”：没有找到评分表的标题行"):
        understand(workbook({"通讯录": (people, [])}))
