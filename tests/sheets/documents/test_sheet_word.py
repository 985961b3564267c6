"""The Word file of a sheet says what the PDF says, in Chinese typefaces, and is blind to markup."""

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from dabiao.sheets.documents.values import SheetDocument
from dabiao.sheets.documents.word import sheet_word
from sheets.documents.sample import DIGEST, UNIT, document, named


def read(sheet: SheetDocument) -> Document:
    return docx.Document(BytesIO(sheet_word(sheet)))


def text_of(word: Document) -> str:
    return "\n".join(each.text or "" for each in word.element.body.iter(qn("w:t")))


def detail_of(word: Document) -> Table:
    return next(table for table in word.tables if table.rows[0].cells[1].text == "考评内容")


@pytest.fixture(scope="module")
def word() -> Document:
    return read(document())


def test_everything_official_is_in_it(word: Document) -> None:
    text = text_of(word)
    for words in (
        UNIT,
        "ZP-2026-000123",
        "二级",
        "定级理由",
        "四、扣分清单",
        "五、整改清单",
        "八、签字确认",
        DIGEST,
    ):
        assert words in text


def test_every_item_is_in_the_detail(word: Document) -> None:
    expected = [item.number for item in document().items]
    first = [row.tc_lst[0] for row in detail_of(word)._tbl.tr_lst]
    numbers = ["".join(each.text or "" for each in cell.iter(qn("w:t"))).removesuffix(" ※") for cell in first]
    assert [number for number in numbers if number in set(expected)] == expected


def test_no_place_of_the_template_is_left(word: Document) -> None:
    assert not any(mark in text_of(word) for mark in ("{{", "}}", "{%", "%}"))


def test_chinese_has_its_own_typefaces(word: Document) -> None:
    faces = {each.get(qn("w:eastAsia")) for each in word.element.body.iter(qn("w:rFonts"))}
    assert faces >= {"宋体", "仿宋", "黑体"}
    assert all(each.get(qn("w:eastAsia")) == "zh-CN" for each in word.styles.element.iter(qn("w:lang")))


def test_heads_repeat_and_rows_stay_whole(word: Document) -> None:
    detail = detail_of(word)
    assert detail.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in detail.rows)


def leading(table: Table) -> list[str]:
    """The first cell of each row that stays on the page of the next."""
    return [
        row.cells[0].text
        for row in table.rows
        if all(each.paragraphs[0].paragraph_format.keep_with_next for each in row.cells)
    ]


def test_no_heading_is_left_behind_at_the_end_of_a_page(word: Document) -> None:
    detail, signed = leading(detail_of(word)), leading(word.tables[-1])
    parts = [row.cells[0].text for row in detail_of(word).rows if row.cells[0]._tc is row.cells[-1]._tc]
    assert detail == ["编号", *parts]
    assert len(signed) * 3 == len(word.tables[-1].rows) * 2, "side and signature stay with the name below"


def test_pages_are_numbered(word: Document) -> None:
    footer = word.sections[0].footer._element
    assert [each.text.strip() for each in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_pictures_and_signatures_are_in_it() -> None:
    assert len(read(document(30, 3)).inline_shapes) == 3 + 1 + 1  # with one signature and the QR


@pytest.mark.parametrize("name", ["{{ 7*7 }}{% for %}", "<w:p/>&amp;<", "甲\x07乙\x0c丙\x00", "a\tb  c"])
def test_a_name_is_only_ever_text(name: str) -> None:
    expected = "".join(char for char in name.replace("\t", " ") if char.isprintable())
    assert expected in text_of(read(named(name)))


def test_a_sheet_without_pictures_numbers_its_last_section_seven() -> None:
    assert "七、签字确认" in text_of(read(named("示例公司")))
