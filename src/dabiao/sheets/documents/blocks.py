"""Building blocks of our Word template: Chinese typefaces, light tables, repeating heads, page numbers."""

from collections.abc import Sequence
from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SONG: Final = "宋体"
FANG: Final = "仿宋"
HEI: Final = "黑体"
LATIN: Final = "Times New Roman"
BLUE: Final = RGBColor(0x1F, 0x4E, 0x8C)
GREY: Final = RGBColor(0x5F, 0x63, 0x68)
RED: Final = RGBColor(0xB3, 0x26, 0x1E)
SHADE: Final = "EEF1F5"
TINT: Final = "F6F8FB"

LEFT: Final = WD_ALIGN_PARAGRAPH.LEFT
RIGHT: Final = WD_ALIGN_PARAGRAPH.RIGHT
CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER


def typeface(fonts: Any, name: str) -> None:
    """Word takes Chinese characters from eastAsia alone; without it they fall to a Japanese face."""
    fonts = fonts.get_or_add_rFonts()
    for slot, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{slot}"), face)
    for themed in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{themed}"), None)


def style(document: Document, name: str, face: str, size: float, *, bold: bool = False) -> Any:
    chosen = document.styles[name]
    chosen.font.size, chosen.font.bold, chosen.font.italic = Pt(size), bold, False
    typeface(chosen.element.get_or_add_rPr(), face)
    return chosen


def write(
    paragraph: Paragraph,
    text: str,
    *,
    face: str = SONG,
    size: float = 9,
    bold: bool = False,
    color: RGBColor | None = None,
) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    if color is not None:
        run.font.color.rgb = color
    typeface(run._element.get_or_add_rPr(), face)
    return run


def line(document: Document, text: str, *, align: WD_ALIGN_PARAGRAPH = LEFT, **look: Any) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    write(paragraph, text, **look)
    return paragraph


def control(document: Document, tag: str) -> None:
    """A paragraph that docxtpl takes away: {%p if … %}."""
    document.add_paragraph(tag)


def table(
    document: Document,
    widths: Sequence[float],
    heads: Sequence[str] = (),
    align: Sequence[WD_ALIGN_PARAGRAPH] = (),
) -> Table:
    """A table of fixed widths in millimetres with hairlines; `heads` repeat on every page."""
    made: Table = document.add_table(rows=0, cols=len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    layout = made._tbl.tblPr.find(qn("w:tblLayout"))  # the schema fixes the order around it
    layout.addprevious(_hairlines())
    layout.addnext(_margins())
    if heads:
        _repeat(row(made, widths, heads, align=align, leads=True, bold=True, fill=SHADE))
    return made


def row(
    made: Table,
    widths: Sequence[float],
    texts: Sequence[str],
    *,
    align: Sequence[WD_ALIGN_PARAGRAPH] = (),
    fill: str = "",
    leads: bool = False,
    **look: Any,
) -> _Row:
    """One that `leads` stays on the page of the row that follows it."""
    added = _added(made)
    whole(added)
    for n, (cell, width, text) in enumerate(zip(added.cells, widths, texts, strict=True)):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align[n] if align else LEFT
        paragraph.paragraph_format.keep_with_next = leads
        write(paragraph, text, **look)
        if fill:
            shade(cell, fill)
    return added


def _added(made: Table) -> _Row:
    added: _Row = made.add_row()  # type: ignore[no-untyped-call]
    return added


def loop(made: Table, tag: str) -> None:
    """A row that docxtpl takes away: {%tr for … %}."""
    _added(made).cells[0].paragraphs[0].add_run(tag)


def whole(added: _Row) -> None:
    """Keep the row on one page; Word breaks it all the same where it is higher than a page."""
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: _Cell, fill: str) -> None:
    element = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        element.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(element)


def page_field(paragraph: Paragraph, code: str) -> None:
    """PAGE or NUMPAGES, counted by Word itself; each part in a run of its own, or its look is lost."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        write(paragraph, "", size=8, color=GREY)._element.append(_field_part(kind, code))


def _field_part(kind: str, code: str) -> Any:
    if kind in ("begin", "separate", "end"):
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        return element
    element = OxmlElement("w:t" if kind == "shown" else "w:instrText")
    element.text = "1" if kind == "shown" else f" {code} "
    return element


def _repeat(heading: _Row) -> None:
    heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _hairlines() -> Any:
    borders = OxmlElement("w:tblBorders")
    for side, size, color in (("top", 8, "4A4A4A"), ("bottom", 8, "4A4A4A"), ("insideH", 4, "C9C9C6")):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", color)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    return borders


def _margins() -> Any:
    """Air above and below the words of a cell, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    return margins


def chinese(document: Document) -> None:
    """Say that the text is Chinese, or punctuation is drawn the Japanese way."""
    for language in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "eastAsia"):
            language.set(qn(f"w:{name}"), "zh-CN")
