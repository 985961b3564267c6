"""Items of an edition as check lists: what is chosen, what is marked, what is safe to open."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dabiao.kernel.errors import Invalid
from dabiao.standards.documents.checklist import HEAD, NOTHING, checklist
from dabiao.standards.documents.purposes import FORMS, Purpose
from dabiao.standards.documents.selection import Selection, chosen
from dabiao.standards.rules.book import Book, Element, Item, Scheme, VetoLevel

DAY = date(2026, 3, 16)
LAW = "《中华人民共和国安全生产法》第二十八条"
BOOK = Book(
    title="仓储安全标准 A&B（示例）",
    number="SL-1",
    scheme=Scheme(),
    elements=(
        Element("e1", "教育培训", "1"),
        Element("e11", "主要负责人", "1.1", "e1"),
        Element("e2", "现场管理", "2"),
    ),
    items=(
        Item(
            "a",
            "e11",
            "1.1.1",
            "全员培训合格后上岗。",
            "未培训的，不得分。",
            5_000,
            mandatory=True,
            citation=LAW,
        ),
        Item("b", "e1", "1.2", "=SUM(A1:A9)", "-1 分", 2_500, check="查阅记录"),
        Item("c", "e2", "2.1", "氨机房报警装置有效。", "无效的，不得分。", 8_000, areas=("ammonia",)),
        Item(
            "d", "e2", "2.2", "@安全出口畅通。", "每处扣 1 分。", 4_000, mandatory=True, veto=VetoLevel.VETO
        ),
        Item("e", "e2", "2.3", "粉尘清扫。", "每处扣 1 分。", 4_000, areas=("dust", "ammonia")),
    ),
)


def opened(*arguments: object, **named: object) -> Worksheet:
    made: Callable[..., bytes] = checklist
    sheet = openpyxl.load_workbook(BytesIO(made(BOOK, *arguments, on=DAY, **named))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def column(sheet: Worksheet, heading: str) -> list[object]:
    heads = [cell.value for cell in sheet[HEAD + 1]]
    place = heads.index(heading)
    rows = sheet.iter_rows(min_row=HEAD + 2, values_only=True)
    return [row[place] for row in rows if isinstance(row[0], int)]


@pytest.mark.obligation("U4-reuse")
@pytest.mark.parametrize(
    ("purpose", "heading"),
    [(Purpose.TRAINING, "培训内容"), (Purpose.SCREENING, "排查内容"), (Purpose.INSPECTION, "检查内容")],
)
def test_the_list_reopened_equals_the_book(purpose: Purpose, heading: str) -> None:
    sheet = opened(purpose)
    assert sheet.title == sheet["A1"].value == FORMS[purpose].title
    assert column(sheet, "序号") == [1, 2, 3, 4, 5]
    assert column(sheet, "编号") == [item.number for item in BOOK.items]
    assert column(sheet, heading) == [item.requirement for item in BOOK.items]
    assert column(sheet, "要素") == ["1.1 主要负责人", "1 教育培训", "2 现场管理", "2 现场管理", "2 现场管理"]


@pytest.mark.obligation("U12-mandatory")
def test_mandatory_items_are_drawn_out_as_an_inspection_list_with_their_citation() -> None:
    sheet = opened(Purpose.INSPECTION, Selection(mandatory_only=True))
    assert column(sheet, "编号") == ["1.1.1", "2.2"]
    assert column(sheet, "标记") == ["★强制", "★强制 ※否决"]
    assert column(sheet, "依据") == [LAW, None]
    assert "仅强制性项目" in str(sheet["A2"].value)


def test_mandatory_items_are_marked_on_every_list() -> None:
    for purpose in Purpose:
        assert column(opened(purpose), "标记") == ["★强制", None, None, "★强制 ※否决", None]


def test_what_looks_like_a_formula_stays_text() -> None:
    sheet = opened(Purpose.TRAINING)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "-", "@"))]
    assert [cell.value for cell in risky] == ["=SUM(A1:A9)", "-1 分", "@安全出口畅通。"]
    assert all(cell.quotePrefix for cell in risky)


def test_points_are_numbers() -> None:
    assert column(opened(Purpose.TRAINING), "标准分") == [5, 2.5, 8, 4, 4]


@pytest.mark.parametrize(
    ("selection", "keys"),
    [
        (Selection(), "abcde"),
        (Selection(elements=frozenset({"e1"})), "ab"),
        (Selection(elements=frozenset({"e11"})), "a"),
        (Selection(areas=frozenset({"dust"})), "abde"),
        (Selection(areas=frozenset({"dust"}), general=False), "e"),
        (Selection(general=False), "ce"),
        (Selection(elements=frozenset({"e2"}), mandatory_only=True), "d"),
    ],
)
def test_conditions_hold_together(selection: Selection, keys: str) -> None:
    assert "".join(item.key for item in chosen(BOOK, selection)) == keys


def test_an_element_of_another_book_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="不在《仓储安全标准"):
        checklist(BOOK, Purpose.TRAINING, Selection(elements=frozenset({"x"})), on=DAY)


def test_nothing_chosen_says_so_instead_of_an_empty_page() -> None:
    sheet = opened(Purpose.SCREENING, Selection(elements=frozenset({"e1"}), general=False))
    assert sheet.cell(HEAD + 2, 1).value == NOTHING


def test_the_list_prints_on_a4_across_with_its_heads_on_every_page() -> None:
    sheet = opened(Purpose.SCREENING)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "A5"
    assert "A&&B" in str(sheet.oddFooter.left.text), "an ampersand is no code of the footer"


def test_results_are_chosen_from_a_list() -> None:
    rules = opened(Purpose.INSPECTION).data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ['"未发现问题,发现问题,不涉及"']


def test_areas_are_named_in_words() -> None:
    sheet = opened(Purpose.TRAINING, Selection(areas=frozenset({"dust"})), area_names={"dust": "粉尘涉爆"})
    assert "专项：粉尘涉爆" in str(sheet["A2"].value)
    assert "共 4 项，其中强制性 2 项" in str(sheet["A2"].value)
