"""An xls (Excel 97 to 2003, and what WPS saves as such) as grids of text, record by record, bounded."""

import datetime
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dabiao.standards.tables import archive, container
from dabiao.standards.tables.grid import Grid, Place
from dabiao.standards.tables.strings import shared, string
from dabiao.standards.tables.values import SheetUse, TableError
from dabiao.standards.tables.workbook import MOST_ROWS, MOST_SHEETS, Opened, dated, numbered

_AGAIN: Final = "请用表格软件打开后另存为 xlsx 再导入。"
_BOF, _END, _BOUND, _SHARED, _CONTINUE, _LOCKED = 0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x2F
_FORMAT, _STYLE, _EPOCH, _ROW, _COLUMNS, _MERGED = 0x41E, 0xE0, 0x22, 0x208, 0x7D, 0xE5
_LABEL, _SHARED_LABEL, _NUMBER, _SHORT, _SHORTS, _FORMULA, _STRING, _BOOLEAN = (
    *(0x204, 0xFD, 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x205),
)
_BIFF8: Final = 0x600
_HIDDEN_ROW: Final = 0x20
_HIDDEN_COLUMN: Final = 0x01
_SHOWN: Final = {1: "0", 2: "0.00", 14: "yyyy-m-d", 15: "d-m-y", 16: "m-d", 17: "m-y", 22: "y-m-d", 58: "m-d"}
_DAYS: Final = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # formats of days among the built-in ones
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_LATEST: Final = 2_958_465  # 31 December 9999

Record = tuple[int, bytes]


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    texts: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)  # number of the format of each cell style
    sheets: list[tuple[str, int, bool]] = field(default_factory=list)  # name, place, visible
    first: datetime.date = datetime.date(1899, 12, 30)

    def shown(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number, _SHOWN.get(number, "yyyy-m-d" if number in _DAYS else "General"))

    def number(self, value: float, style: int) -> tuple[str, bool]:
        """A number as a person sees it, and whether it is a day."""
        shown = self.shown(style)
        if _is_day(shown) and 0 < value < _LATEST:
            return dated(self.first + datetime.timedelta(days=int(value)), shown), True
        return numbered(value, shown), False


@dataclass(slots=True)
class _Sheet:
    book: _Book
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    dates: set[Place] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    awaited: Place | None = None  # the formula whose text comes next

    def take(self, kind: int, data: bytes) -> None:
        if kind == _STRING and self.awaited:
            self._put(*self.awaited, string(data, 0))
        elif kind == _MERGED:
            self._merge(data)
        elif kind == _ROW and struct.unpack_from("<H", data, 12)[0] & _HIDDEN_ROW:
            self.hidden.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS and data[8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", data)
            self.hidden_columns.update(range(first + 1, min(last + 1, archive.WIDEST) + 1))
        elif kind in {_LABEL, _SHARED_LABEL, _NUMBER, _SHORT, _SHORTS, _FORMULA, _BOOLEAN}:
            row, column, style = struct.unpack_from("<HHH", data)
            self._cell(kind, data, row + 1, column + 1, style)

    def _cell(self, kind: int, data: bytes, row: int, column: int, style: int) -> None:
        if kind == _LABEL:
            self._put(row, column, string(data, 6))
        elif kind == _SHARED_LABEL:
            (place,) = struct.unpack_from("<I", data, 6)
            self._put(row, column, self.book.texts[place])
        elif kind == _NUMBER:
            self._number(row, column, struct.unpack_from("<d", data, 6)[0], style)
        elif kind == _SHORT:
            self._number(row, column, _short(data[6:10]), style)
        elif kind == _SHORTS:
            for step, at in enumerate(range(4, len(data) - 7, 6)):
                number = struct.unpack_from("<H", data, at)[0]
                self._number(row, column + step, _short(data[at + 2 : at + 6]), number)
        elif kind == _BOOLEAN and not data[7]:
            self._put(row, column, "是" if data[6] else "否")
        elif kind == _FORMULA:
            self._formula(row, column, data[6:14], style)

    def _formula(self, row: int, column: int, result: bytes, style: int) -> None:
        if result[6:] != b"\xff\xff":
            self._number(row, column, struct.unpack("<d", result)[0], style)
        elif result[0] == 0:
            self.awaited = (row, column)

    def _number(self, row: int, column: int, value: float, style: int) -> None:
        text, day = self.book.number(value, style)
        self._put(row, column, text)
        if day:
            self.dates.add((row, column))

    def _put(self, row: int, column: int, text: str) -> None:
        self.awaited = None
        if text.strip() and column <= archive.WIDEST:
            self.cells.setdefault(row, {})[column] = text
        if len(self.cells) > MOST_ROWS:
            raise TableError(f"工作表超过 {MOST_ROWS} 行。", "请只保留评分表本身后再导入。")

    def _merge(self, data: bytes) -> None:
        (count,) = struct.unpack_from("<H", data)
        for at in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * at)
            right = min(right, archive.WIDEST - 1)
            if len(self.merged) + max(0, bottom - top + 1) * max(0, right - left + 1) > archive.MOST_MERGED:
                raise TableError("合并单元格过多，不像一张评分表。", "请取消多余的合并后再导入。")
            inside = (
                (row + 1, column + 1) for row in range(top, bottom + 1) for column in range(left, right + 1)
            )
            self.merged.update((cell, (top + 1, left + 1)) for cell in inside if cell != (top + 1, left + 1))

    def grid(self, name: str) -> Grid:
        rows = {
            row: tuple(cells.get(column, "") for column in range(1, max(cells) + 1))
            for row, cells in sorted(self.cells.items())
        }
        hidden = frozenset(self.hidden & rows.keys())
        columns = frozenset(self.hidden_columns)
        return Grid(
            name, rows, self.merged, hidden=hidden, dates=frozenset(self.dates), hidden_columns=columns
        )


def read(content: bytes) -> Opened:
    """Every visible sheet of an xls; TableError where it cannot be read."""
    try:
        return _opened(container.stream(content, "Workbook", "Book"))
    except (struct.error, *archive.BROKEN) as error:
        raise TableError("文件不是完整的 xls 表格，读不出来。", _AGAIN) from error


def _opened(content: bytes) -> Opened:
    book = _book(content)
    if len(book.sheets) > MOST_SHEETS:
        raise TableError(f"工作表超过 {MOST_SHEETS} 张。", "请只保留评分表所在的工作表。")
    grids = tuple(_sheet(content, book, place).grid(name) for name, place, visible in book.sheets if visible)
    hidden = (name for name, _place, visible in book.sheets if not visible)
    left_out = (SheetUse(name, False, "工作表是隐藏的（或是图表），没有读取。") for name in hidden)
    return Opened(grids, tuple(left_out))


def _records(content: bytes, place: int) -> Iterator[Record]:
    """From a BOF to its EOF."""
    while place + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, place)
        yield kind, content[place + 4 : place + 4 + size]
        if kind == _END:
            return
        place += 4 + size


def _book(content: bytes) -> _Book:
    book, strings, last = _Book(), list[bytes](), 0
    for kind, data in _records(content, 0):
        going_on = kind == _CONTINUE and last == _SHARED
        if kind == _BOF and struct.unpack_from("<H", data)[0] != _BIFF8:
            raise TableError("这是 Excel 95 或更早的格式。", _AGAIN)
        if kind == _LOCKED:
            raise TableError("文件有密码保护，读不了。", "请去掉密码后另存再导入。")
        if kind == _SHARED or going_on:
            strings.append(data)
        _settle(book, kind, data)
        last = _SHARED if going_on else kind
    book.texts = shared(strings)
    return book


def _settle(book: _Book, kind: int, data: bytes) -> None:
    if kind == _BOUND:
        place, seen, what = struct.unpack_from("<IBB", data)
        book.sheets.append((string(data, 6, short=True), place, not seen and not what))
    elif kind == _FORMAT:
        book.formats[struct.unpack_from("<H", data)[0]] = string(data, 2)
    elif kind == _STYLE:
        book.styles.append(struct.unpack_from("<H", data, 2)[0])
    elif kind == _EPOCH and data[:1] == b"\1":
        book.first = datetime.date(1904, 1, 1)


def _sheet(content: bytes, book: _Book, place: int) -> _Sheet:
    sheet, depth = _Sheet(book), 0
    for kind, data in _nested(content, place):
        depth += (kind == _BOF) - (kind == _END)
        if depth == 1:  # charts lie in the sheet as records within records
            sheet.take(kind, data)
    return sheet


def _nested(content: bytes, place: int) -> Iterator[Record]:
    depth = 0
    while place + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, place)
        depth += (kind == _BOF) - (kind == _END)
        yield kind, content[place + 4 : place + 4 + size]
        if not depth:
            return
        place += 4 + size


def _short(data: bytes) -> float:
    """A number in four bytes: a whole one or the upper half of a float, perhaps in hundredths."""
    (packed,) = struct.unpack("<I", data)
    if packed & 2:
        value = float(struct.unpack("<i", data)[0] >> 2)
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value


def _is_day(shown: str) -> bool:
    bare = _QUOTED.sub("", shown).lower()
    return any(letter in bare for letter in "ymd") and "0" not in bare
