"""Any list of a page as an Excel workbook: numbers as numbers, days as days, texts as texts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import chain, islice
from typing import Any, Final
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import xlsxwriter

CHINA: Final = ZoneInfo("Asia/Shanghai")
LOOKED_AT: Final = 200  # rows that decide the widths of columns
NARROWEST, WIDEST = 8, 60
SHEET_NAME: Final = 31  # Excel's limit
CELL: Final = 32_767  # Excel's limit, in UTF-16 units
EXACT_DIGITS: Final = 15  # beyond them Excel's numbers lose what they hold
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACE: Final = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}

Row = Sequence[object]


def workbook(title: str, headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """One worksheet: headings in the first row, fixed, with filters.

    Moments are written in Beijing time; None is an empty cell, a bool 是 or 否; whatever else is its text.
    Memory stays flat however many rows come.
    """
    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title})
        sheet = _Sheet(book, title)
        ahead = iter(rows)
        seen = list(islice(ahead, LOOKED_AT))
        sheet.begin(headings, seen)
        sheet.fill(chain(seen, ahead), len(headings))
    return out.getvalue()


class _Sheet:
    def __init__(self, book: Any, title: str) -> None:
        self.sheet = book.add_worksheet(sheet_name(title))
        self.book = book
        self.head = book.add_format({**FACE, "bold": True, "bg_color": "#E8EEF6", "bottom": 1})
        self.text = book.add_format({**FACE, "text_wrap": True})
        self.quoted = book.add_format({**FACE, "text_wrap": True, "quote_prefix": True})
        self.day = book.add_format({**FACE, "num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({**FACE, "num_format": "yyyy-mm-dd hh:mm"})
        self.numbers: dict[int, Any] = {}

    def begin(self, headings: Sequence[str], seen: Sequence[Row]) -> None:
        for place, heading in enumerate(headings):
            column = [row[place] for row in seen if place < len(row)]
            self.sheet.set_column(place, place, _width([heading, *column]))
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_footer("&C第 &P 页　共 &N 页")
        for place, heading in enumerate(headings):
            self.sheet.write_string(0, place, heading, self.head)

    def fill(self, rows: Iterator[Row], columns: int) -> None:
        last = 0
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self._cell(last, place, value)
        if columns:
            self.sheet.autofilter(0, 0, last, columns - 1)

    def _cell(self, row: int, place: int, value: object) -> None:
        match value:
            case None | "":
                return
            case bool():
                self.sheet.write_string(row, place, "是" if value else "否", self.text)
            case datetime():
                self.sheet.write_datetime(row, place, _local(value), self.moment)
            case date():
                self.sheet.write_datetime(row, place, value, self.day)
            case int() | Decimal() | float() | Fraction() if _exact(value):
                self.sheet.write_number(row, place, float(value), self._number(_places(value)))
            case _:
                self._text(row, place, str(value))

    def _text(self, row: int, place: int, text: str) -> None:
        shown = self.quoted if text.startswith(FORMULA_MARKS) else self.text
        self.sheet.write_string(row, place, _fitting(text), shown)

    def _number(self, places: int) -> Any:
        """One format for each count of decimals; -1 is Excel's own choice."""
        if places not in self.numbers:
            shape = "General" if places < 0 else "0." + "0" * places if places else "0"
            self.numbers[places] = self.book.add_format({**FACE, "num_format": shape})
        return self.numbers[places]


def sheet_name(title: str) -> str:
    """What Excel takes as the name of a worksheet."""
    kept = "".join(" " if char in "[]:*?/\\" or not char.isprintable() else char for char in title)
    return kept.strip("' ")[:SHEET_NAME].strip("' ") or "导出"


def _fitting(text: str) -> str:
    """Excel refuses longer cells; a cut is shown, never silent."""
    if len(text) * 2 <= CELL or len(text.encode("utf-16-le", "replace")) // 2 <= CELL:
        return text.encode("utf-8", "replace").decode()
    return text[: CELL // 2 - 20] + "……（内容过长，已截断）"


def _local(moment: datetime) -> datetime:
    """Excel knows no zones: Beijing's clock, without saying so."""
    return moment.astimezone(CHINA).replace(tzinfo=None) if moment.tzinfo else moment


def _exact(value: int | Decimal | float | Fraction) -> bool:
    if isinstance(value, Fraction):
        return True
    exact = Decimal(value) if not isinstance(value, float) else Decimal(repr(value))
    return exact.is_finite() and (isinstance(value, float) or len(exact.as_tuple().digits) <= EXACT_DIGITS)


def _places(value: int | Decimal | float | Fraction) -> int:
    if isinstance(value, int):
        return 0
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else None
    return max(0, -exponent) if isinstance(exponent, int) else -1


def _width(column: Sequence[object]) -> int:
    return min(WIDEST, max(NARROWEST, *(_extent(str(value)) + 2 for value in column if value is not None)))


def _extent(text: str) -> int:
    """Columns of the longest line; a Chinese character takes two."""
    lines = text[: 2 * WIDEST].split("\n")
    return max(sum(2 if east_asian_width(char) in "WF" else 1 for char in line) for line in lines)
