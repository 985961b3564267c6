"""Items of an edition as an Excel check list for training, screening or inspection (uplift/4, uplift/12)."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final
from unicodedata import east_asian_width

import xlsxwriter

from dabiao.standards.documents.purposes import FORMS, Column, Form, Purpose
from dabiao.standards.documents.selection import EVERYTHING, Selection, chosen
from dabiao.standards.rules.book import Book, Element, Item

HEAD: Final = 3  # row of the headings, from 0: title, scope and blanks stand above it
LEADING: Final = (Column("序号", 5), Column("要素", 15), Column("编号", 8))
LINE: Final = 15  # points a line of text is high
HIGHEST: Final = 400  # Excel allows 409
NOTHING: Final = "没有符合所选条件的项目，请放宽要素、专项或强制性条件后重新导出。"
A4: Final = 9
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")
FACE: Final = {"font_name": "微软雅黑", "font_size": 10}
MARKED: Final = "#FDF3E7"
GRID: Final = {**FACE, "border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top"}


def checklist(
    book: Book,
    purpose: Purpose,
    selection: Selection = EVERYTHING,
    *,
    on: date,
    area_names: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx of the items selected; mandatory ones are marked and carry their citation.

    `on` is the day printed; `area_names` put the selected areas into words. Texts are written as texts,
    whatever they begin with. Invalid where a selected element is not the book's.
    """
    items = chosen(book, selection)
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": FORMS[purpose].title, "subject": book.title})
        scope = _scope(book, selection, items, area_names or {})
        _Page(workbook, FORMS[purpose]).write(book, items, scope, on)
    return out.getvalue()


def _scope(book: Book, selection: Selection, items: Sequence[Item], names: Mapping[str, str]) -> str:
    number = f"（{book.number}）" if book.number else ""
    titles = [_title(element) for element in book.elements if element.key in selection.elements]
    parts = [
        f"标准：{book.title}{number}",
        f"要素：{'、'.join(titles) or '全部'}",
        f"专项：{'、'.join(names.get(each, each) for each in sorted(selection.areas)) or '全部'}",
        "仅强制性项目" if selection.mandatory_only else "",
        f"共 {len(items)} 项，其中强制性 {sum(item.mandatory for item in items)} 项",
    ]
    return "　".join(part for part in parts if part)


def _title(element: Element) -> str:
    return f"{element.number} {element.title}".strip()


class _Page:
    """One worksheet being written, top to bottom."""

    def __init__(self, workbook: Any, form: Form) -> None:
        self.form = form
        self.columns = (*LEADING, *form.columns)
        self.last = len(self.columns) - 1
        self.sheet = workbook.add_worksheet(form.title)
        self.formats = {
            "title": workbook.add_format({**FACE, "font_size": 16, "bold": True, "align": "center"}),
            "line": workbook.add_format({**FACE, "text_wrap": True, "valign": "vcenter"}),
            "head": workbook.add_format({**GRID, "bold": True, "bg_color": "#E8EEF6", "valign": "vcenter"}),
            "cell": workbook.add_format(GRID),
            "marked": workbook.add_format({**GRID, "bg_color": MARKED}),
            "cell number": workbook.add_format({**GRID, "align": "center"}),
            "marked number": workbook.add_format({**GRID, "align": "center", "bg_color": MARKED}),
            "quoted": workbook.add_format({**GRID, "quote_prefix": True}),
        }

    def write(self, book: Book, items: Sequence[Item], scope: str, on: date) -> None:
        self._layout(book, len(items))
        self._above(scope, on)
        titles = {element.key: _title(element) for element in book.elements}
        for number, item in enumerate(items, 1):
            self._row(number, item, titles[item.element])
        self._choices(len(items))
        below = HEAD + len(items) + 2
        if not items:
            self._text(
                HEAD + 1, 0, "没有符合所选条件的项目，请放宽要素、专项或强制性条件后重新导出。", "line"
            )
        self._text(below, 0, _blanks(self.form.signs), "line", merge=True)

    def _layout(self, book: Book, count: int) -> None:
        sheet = self.sheet
        for place, column in enumerate(self.columns):
            sheet.set_column(place, place, column.width)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.autofilter(HEAD, 0, HEAD + max(count, 1), self.last)
        shown = book.title[:60].replace("&", "&&")
        sheet.set_footer(f"&L&8{shown} &C&8第 &P 页　共 &N 页&R&8★强制性　※否决项")

    def _above(self, scope: str, on: date) -> None:
        self._text(0, 0, self.form.title, "title", merge=True)
        self.sheet.set_row(0, 30)
        self._text(1, 0, f"{scope}　导出日期：{on.isoformat()}", "line", merge=True)
        self.sheet.set_row(1, 32)
        self._text(2, 0, _blanks(self.form.asks), "line", merge=True)
        self.sheet.set_row(2, 26)
        for place, column in enumerate(self.columns):
            self._text(HEAD, place, column.heading, "head")

    def _row(self, number: int, item: Item, element: str) -> None:
        row, look = HEAD + number, "marked" if item.mandatory else "cell"
        said = [column.says(item) if column.says else "" for column in self.form.columns]
        words = [number, element, item.number, *said]
        for place, value in enumerate(words):
            if isinstance(value, str):
                self._text(row, place, value, look)
            else:
                self.sheet.write_number(row, place, value, self.formats[look + " number"])
        # Excel would find the height itself; others, and printers' previews, do not.
        lines = max(_lines(str(value), each.width) for value, each in zip(words, self.columns, strict=True))
        self.sheet.set_row(row, min(lines * LINE + 4, HIGHEST))

    def _text(self, row: int, place: int, text: str, look: str, *, merge: bool = False) -> None:
        """A string stays a string, in this file and when the cell is edited later."""
        shown = self.formats["quoted" if text.startswith(FORMULA_MARKS) else look]
        if merge:
            self.sheet.merge_range(row, 0, row, self.last, "", shown)
        if text:
            self.sheet.write_string(row, place, text, shown)
        else:
            self.sheet.write_blank(row, place, None, shown)

    def _choices(self, count: int) -> None:
        for place, column in enumerate(self.columns):
            if column.choices and count:
                rule = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
                rule |= {"error_title": "请从列表中选择", "error_message": "、".join(column.choices)}
                self.sheet.data_validation(HEAD + 1, place, HEAD + count, place, rule)


def _blanks(labels: Sequence[str]) -> str:
    return "　　　　".join(f"{label}：＿＿＿＿＿＿＿＿" for label in labels)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is two wide."""
    room = max(width - 1, 1)
    return sum(max(1, -(-_extent(line) // room)) for line in text.split("\n"))


def _extent(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)
