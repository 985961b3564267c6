"""Write an xls and an ods by hand, byte by byte: no library in the lock file writes either."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from standards.tables.writing_tables import Row

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
Spans = dict[tuple[int, int], tuple[int, int]]  # first cell -> rows and columns covered


def xls(
    sheets: dict[str, Iterable[Row]],
    *,
    merges: Sequence[tuple[int, int, int, int]] = (),
    hidden: str = "",
    hidden_columns: tuple[int, int] | None = None,
) -> bytes:
    """A workbook of Excel 97: BIFF8 records in an OLE container. Merges: top, bottom, left, right; columns
    first, last; all from 0."""
    columns = _record(0x7D, struct.pack("<6H", *hidden_columns, 0, 0, 1, 0)) if hidden_columns else b""
    bodies = [_sheet(list(rows), merges, columns) for rows in sheets.values()]
    names = list(sheets)
    heads = [_bound(0, name, hidden=name == hidden) for name in names]
    start = len(_record(0x809, _bof(5))) + sum(map(len, heads)) + len(_record(0x0A, b""))
    places = [start + sum(map(len, bodies[:at])) for at in range(len(bodies))]
    heads = [_bound(place, name, hidden=name == hidden) for place, name in zip(places, names, strict=True)]
    return _ole(_record(0x809, _bof(5)) + b"".join(heads) + _record(0x0A, b"") + b"".join(bodies))


def ods(
    sheets: dict[str, Iterable[Row]],
    *,
    spans: Spans | None = None,
    hidden: str = "",
    hidden_columns: tuple[int, int] | None = None,
) -> bytes:
    """An ods; `spans`: (row, column) from 1 -> (rows, columns) covered. Hidden: first, last column from 0."""
    columns = _columns(*hidden_columns) if hidden_columns else ""
    tables = "".join(
        _table(name, columns + _rows(list(rows), spans or {}), hidden=name == hidden)
        for name, rows in sheets.items()
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    styles = (
        '<office:automatic-styles><style:style style:name="gone" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{styles}{body}</office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int) -> bytes:
    return struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6)


def _bound(place: int, name: str, *, hidden: bool) -> bytes:
    text = name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", place, 1 if hidden else 0, 0, len(name), 1) + text)


def _sheet(rows: Sequence[Row], merges: Sequence[tuple[int, int, int, int]], columns: bytes) -> bytes:
    cells = b"".join(
        _cell(down, right, value)
        for down, row in enumerate(rows)
        for right, value in enumerate(row)
        if value is not None
    )
    covered = struct.pack("<H", len(merges)) + b"".join(struct.pack("<4H", *merge) for merge in merges)
    return _record(0x809, _bof(0x10)) + columns + cells + _record(0xE5, covered) + _record(0x0A, b"")


def _cell(down: int, right: int, value: Any) -> bytes:
    if isinstance(value, int | float):
        return _record(0x203, struct.pack("<HHHd", down, right, 0, value))
    text = str(value).encode("utf-16-le")
    return _record(0x204, struct.pack("<HHHHB", down, right, 0, len(text) // 2, 1) + text)


def _ole(stream: bytes) -> bytes:
    """One stream called Workbook, long enough not to be a small one."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    fat_count = -(-(count + 2) // (_SECTOR // 4 - 1))
    chain = [*range(1, count), _END, _END, *[_FAT] * fat_count]
    fat = b"".join(struct.pack("<I", each) for each in chain).ljust(fat_count * _SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0) + _entry(
        "Workbook", 2, child=_FREE, start=0, size=len(stream)
    )
    first_fat = count + 1
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
    )
    header += struct.pack("<IIIIIIIII", 0, fat_count, count, 0, 4096, _END, 0, _END, 0)
    header += b"".join(struct.pack("<I", first_fat + each) for each in range(fat_count))
    return header.ljust(_SECTOR, b"\xff") + stream + directory.ljust(_SECTOR, b"\0") + fat


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + b"\0" * 36
        + struct.pack("<III", start, size, 0)
    )


def _columns(first: int, last: int) -> str:
    shown = f'<table:table-column table:number-columns-repeated="{first}"/>' if first else ""
    again = f'table:number-columns-repeated="{last - first + 1}"'
    return f'{shown}<table:table-column {again} table:visibility="collapse"/>'


def _rows(rows: Sequence[Row], spans: Spans) -> str:
    return "".join(_row(down, row, spans) for down, row in enumerate(rows, start=1))


def _table(name: str, body: str, *, hidden: bool) -> str:
    style = ' table:style-name="gone"' if hidden else ""
    endless = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048000">{endless}</table:table-row>'
    return f"<table:table table:name={quoteattr(name)}{style}>{body}{blank}</table:table>"


def _row(down: int, row: Row, spans: Spans) -> str:
    cells = (_element((down, right), value, spans) for right, value in enumerate(row, start=1))
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _element(place: tuple[int, int], value: Any, spans: Spans) -> str:
    if any(_covers(first, span, place) for first, span in spans.items()):
        return "<table:covered-table-cell/>"
    down, right = spans.get(place, (1, 1))
    said = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
    if value is None:
        return f"<table:table-cell {said}/>"
    if isinstance(value, int | float):
        kept = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {said} {kept}><text:p>{value}</text:p></table:table-cell>"
    if str(value).startswith("="):
        return f'<table:table-cell {said} table:formula="of:{escape(value)}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell {said} office:value-type="string">{lines}</table:table-cell>'


def _covers(first: tuple[int, int], span: tuple[int, int], place: tuple[int, int]) -> bool:
    inside = first[0] <= place[0] < first[0] + span[0] and first[1] <= place[1] < first[1] + span[1]
    return inside and place != first
