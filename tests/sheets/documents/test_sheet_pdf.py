"""The PDF of a sheet: whole, readable, archival, and blind to markup in its data."""

import time
from dataclasses import replace
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader

from dabiao.sheets.documents import fonts
from dabiao.sheets.documents.fonts import FontsMissing
from dabiao.sheets.documents.pdf import sheet_pdf
from dabiao.sheets.documents.values import SheetDocument
from sheets.documents.sample import DIGEST, UNIT, document, named

INJECTIONS = [
    "#let x = 1",
    '#panic("!")',
    "*粗* _斜_ `码`",
    "$a^2$ 元",
    "\\n \\u{41} \\",
    "[x] @ref <lbl> // 注 /* */",
    "= 标题",
    "{{ 7 * 7 }} {% raw %}",
    '"}], "title": "',
]


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return read(document())


def read(sheet: SheetDocument) -> PdfReader:
    return PdfReader(BytesIO(sheet_pdf(sheet)))


def text_of(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def flat(text: str) -> str:
    return "".join(text.split())


def font_names(pdf: PdfReader) -> set[str]:
    resources = [page["/Resources"]["/Font"] for page in pdf.pages]
    return {str(font.get_object()["/BaseFont"]) for each in resources for font in each.values()}


def test_chinese_is_set_in_noto_and_never_in_boxes(pdf: PdfReader) -> None:
    names = font_names(pdf)
    assert any("NotoSansCJK" in name for name in names)
    assert all("+" in name for name in names), "every font is embedded as a subset"


def test_a_sheet_of_164_items_is_a_report_of_sane_length(pdf: PdfReader) -> None:
    assert 10 <= len(pdf.pages) <= 30


def test_everything_official_can_be_read_from_it(pdf: PdfReader) -> None:
    text = flat(text_of(pdf))
    for words in (
        UNIT,
        "91110000MA00000001",
        "ZP-2026-000123",
        "二级",
        "定级理由",
        "整改清单",
        "示例丙",
        DIGEST,
    ):
        assert words in text
    assert flat(f"第 {len(pdf.pages)} 页　共 {len(pdf.pages)} 页") in text


def test_every_item_is_there(pdf: PdfReader) -> None:
    text = flat(text_of(pdf))
    assert all(item.number in text for item in document().items)


def test_the_head_of_the_detail_repeats_on_every_page_of_it(pdf: PdfReader) -> None:
    pages = [flat(page.extract_text()) for page in pdf.pages]
    first = next(n for n, page in enumerate(pages) if "逐项评分明细" in page and n > 1)
    last = max(n for n, page in enumerate(pages) if "13.2.4" in page)
    assert all("考评内容" in page for page in pages[first : last + 1])


def test_it_is_archival_and_tagged(pdf: PdfReader) -> None:
    metadata = pdf.xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "A")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_same_sheet_prints_the_same_bytes() -> None:
    assert sheet_pdf(document(12, 2)) == sheet_pdf(document(12, 2))


@pytest.mark.parametrize("words", INJECTIONS)
def test_markup_in_a_name_is_printed_as_it_stands(words: str) -> None:
    assert flat(f"示例{words}公司") in flat(text_of(read(named(f"示例{words}公司"))))


def test_a_character_no_font_has_is_printed_as_the_printers_mark() -> None:
    assert "示例〓〓公司" in flat(text_of(read(named("示例\U0002a6a5\ue001公司"))))


def test_a_rare_character_of_the_official_list_is_printed() -> None:
    assert "示例\U0002cb5a公司" in flat(text_of(read(named("示例\U0002cb5a公司"))))


def test_gbk_is_drawn_whole_so_that_only_rarer_characters_are_asked_for() -> None:
    codes = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F)
    drawn = "".join(each.decode("gbk", "ignore") for each in codes)
    source = b'#set document(title: "x")\n#set text(font: "Noto Sans CJK SC")\n#sys.inputs.text'
    typst.compile(source, font_paths=fonts.fonts(), sys_inputs={"text": drawn}, pdf_standards=["a-2a"])


def test_pictures_are_shown_small_with_caption_and_digest() -> None:
    pdf = read(document(30, 3))
    assert sum(len(page.images) for page in pdf.pages) == 4  # three pictures and one signature
    text = flat(text_of(pdf))
    assert "图3" in text
    assert DIGEST[2:] + DIGEST[:2] not in text, "the short digest is enough on paper"
    assert (DIGEST[2:] + DIGEST[:2])[:16] in text


def test_a_file_that_is_no_picture_leaves_its_digest() -> None:
    assert "此文件不能显示为图片" in flat(text_of(read(document())))


def test_an_unfinished_sheet_says_so_on_its_cover() -> None:
    sheet = document(6, 0)
    draft = replace(sheet, digest="", outcome=replace(sheet.outcome, provisional=True, missing=2, level=""))
    cover = flat(read(draft).pages[0].extract_text())
    assert "未定稿：尚有2项未评，以下得分为暂计，不作为定级依据。" in cover
    assert "本表尚未签署" in flat(text_of(read(draft)))


def test_without_chinese_fonts_it_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        def families(self) -> list[str]:
            return ["DejaVu Sans Mono"]

    fonts._installed.cache_clear()
    monkeypatch.setattr(typst, "Fonts", Bare)
    with pytest.raises(FontsMissing, match="fonts-noto-cjk"):
        sheet_pdf(named("示例公司"))
    monkeypatch.undo()
    assert sheet_pdf(named("示例公司"))


def test_how_long_164_items_take(capsys: pytest.CaptureFixture[str]) -> None:
    sheet, begun = document(), time.perf_counter()
    sheet_pdf(sheet)
    with capsys.disabled():
        print(f"\nPDF of {len(sheet.items)} items: {time.perf_counter() - begun:.2f} s")  # noqa: T201
