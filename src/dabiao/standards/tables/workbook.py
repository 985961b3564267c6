"""An xlsx as grids of text, read as a stream: bounded in rows, columns and memory."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import openpyxl

from dabiao.standards.tables import archive
from dabiao.standards.tables.grid import Grid, Place
from dabiao.standards.tables.values import SheetUse, TableError

MOST_ROWS: Final = 20_000  # rows with something in them, per sheet
MOST_BLANK: Final = 1_000  # blank rows in a row: the rest is formatting
MOST_TEXT: Final = 32_767  # characters in a cell, as Excel allows
MOST_SHEETS: Final = 60

_DECIMALS: Final = re.compile(r"0\.(0+)_?\s*")


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheets that can be read, and those left out with the reason."""

    grids: tuple[Grid, ...]
    left_out: tuple[SheetUse, ...] = ()


@dataclass(slots=True)
class _Cells:
    rows: dict[int, tuple[str, ...]]
    formulas: dict[Place, str]
    dates: set[Place] = field(default_factory=set)
    cut_at: int = 0


def read(content: bytes, parts: zipfile.ZipFile) -> Opened:
    """Every visible sheet of an xlsx; one of `archive.BROKEN` where it cannot be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and validations it leaves out
        return _opened(content, parts)


def _opened(content: bytes, parts: zipfile.ZipFile) -> Opened:
    written = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    sheets = [sheet for sheet in written.worksheets if sheet.sheet_state == "visible"]
    if len(written.sheetnames) > MOST_SHEETS:
        raise TableError(f"工作表超过 {MOST_SHEETS} 张。", "请只保留评分表所在的工作表。")
    cells = {sheet.title: _cells(sheet) for sheet in sheets}
    if any(each.formulas for each in cells.values()):
        _compute(content, cells)
    layouts = archive.layouts(parts, {name: max(each.rows, default=0) for name, each in cells.items()})
    hidden = (
        SheetUse(name, False, "工作表是隐藏的（或是图表），没有读取。")
        for name in written.sheetnames
        if name not in cells
    )
    return Opened(tuple(_grid(name, each, layouts.get(name)) for name, each in cells.items()), tuple(hidden))


def _grid(name: str, cells: _Cells, layout: archive.Layout | None) -> Grid:
    shown = layout or archive.Layout()
    return Grid(
        name,
        cells.rows,
        shown.merged,
        cells.formulas,
        shown.hidden & cells.rows.keys(),
        frozenset(cells.dates),
        cells.cut_at,
        shown.hidden_columns,
    )


def _cells(sheet: Any) -> _Cells:
    found = _Cells({}, {})
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    blank = 0
    for number, row in enumerate(sheet.iter_rows(max_col=archive.WIDEST), start=1):
        texts = tuple(_text(cell) for cell in row)
        formulas = {(number, place): text for place, text in _formulas(row)}
        found.formulas.update(formulas)
        found.dates.update((number, place) for place, cell in enumerate(row, start=1) if _is_date(cell))
        blank = 0 if formulas or any(texts) else blank + 1
        if not blank:
            found.rows[number] = texts
        if blank > MOST_BLANK:
            found.cut_at = number
            break
        if len(found.rows) > MOST_ROWS:
            raise TableError(f"工作表“{sheet.title}”超过 {MOST_ROWS} 行。", "请只保留评分表本身后再导入。")
    return found


def _compute(content: bytes, cells: dict[str, _Cells]) -> None:
    """Put what the formulas came to, where the file stores it, into the rows."""
    computed = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for name, each in cells.items():
        if not each.formulas:
            continue
        sheet = computed[name]
        sheet.reset_dimensions()
        wanted = {row for row, _ in each.formulas}
        for number, row in enumerate(sheet.iter_rows(max_row=max(wanted), max_col=archive.WIDEST), start=1):
            if number in wanted:
                each.rows[number] = tuple(_text(cell) for cell in row)


def _formulas(row: Iterable[Any]) -> Iterable[tuple[int, str]]:
    for place, cell in enumerate(row, start=1):
        if cell.value is not None and cell.data_type == "f":
            yield place, str(getattr(cell.value, "text", cell.value))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type in {"f", "e"}:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return numbered(value, str(cell.number_format))
    if isinstance(value, datetime.date):
        return dated(value, str(cell.number_format))
    text = str(value)
    if len(text) > MOST_TEXT:
        raise TableError("有单元格的文字超过 32767 个字。", "请缩短后再导入。")
    return text


def _is_date(cell: Any) -> bool:
    return isinstance(cell.value, datetime.date)


def dated(value: datetime.date, written: str) -> str:
    """ "1-2" typed as a number of an item is stored as a date; shown without a year it is month and day."""
    if "y" in written.lower():
        return value.strftime("%Y-%m-%d")
    return f"{value.month}-{value.day}"


def numbered(value: float, written: str) -> str:
    """As shown where the format only fixes the decimals (1.10 is a number of its own), else the shortest."""
    shown = _DECIMALS.fullmatch(written)
    if shown and round(value, len(shown[1])) == value:
        return f"{value:.{len(shown[1])}f}"
    return shortest(value)


def shortest(value: float) -> str:
    """A number in as few digits as say it."""
    return f"{round(value, 6):.6f}".rstrip("0").rstrip(".")
