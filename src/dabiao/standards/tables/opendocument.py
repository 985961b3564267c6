"""An ods as grids of text, read as a stream: merged ranges, formulas and hidden sheets as in an xlsx."""

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import IO, Final

from dabiao.standards.tables import archive
from dabiao.standards.tables.grid import Grid, Place
from dabiao.standards.tables.values import SheetUse, TableError
from dabiao.standards.tables.workbook import MOST_ROWS, MOST_SHEETS, MOST_TEXT, Opened

_CONTENT: Final = "content.xml"
_REFERENCE: Final = re.compile(r"\[\.?([^\]]*)\]")
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(slots=True)
class _Sheet:
    """What has been read of one sheet; `row` is the number of the row being read."""

    name: str
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    dates: set[Place] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    row: int = 1
    column: int = 1

    def grid(self) -> Grid:
        return Grid(
            self.name,
            self.rows,
            self.merged,
            self.formulas,
            frozenset(self.hidden & self.rows.keys()),
            frozenset(self.dates),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def take_columns(self, columns: ET.Element) -> None:
        """What is said of the next columns, ahead of the rows."""
        after = self.column + _times(columns, "number-columns-repeated")
        if _said(columns, "visibility") in {"collapse", "filter"}:
            self.hidden_columns.update(range(self.column, min(after, archive.WIDEST + 1)))
        self.column = after

    def take(self, row: ET.Element) -> None:
        """One row, as often as it is repeated (blank ones are only counted)."""
        again = _times(row, "number-rows-repeated")
        cells = tuple(self._cells(row))
        if any(cells) or any(place[0] == self.row for place in self.formulas):
            if again > MOST_ROWS or len(self.rows) + again > MOST_ROWS:
                raise TableError(f"工作表“{self.name}”超过 {MOST_ROWS} 行。", "请只保留评分表本身后再导入。")
            self.rows.update((self.row + each, cells) for each in range(again))
        if _said(row, "visibility") in {"collapse", "filter"}:
            self.hidden.add(self.row)
        self.row += again

    def _cells(self, row: ET.Element) -> Iterator[str]:
        column = 1
        for cell in row:
            again = min(_times(cell, "number-columns-repeated"), archive.WIDEST - column + 1)
            for _ in range(again):
                yield self._cell(cell, column)
                column += 1

    def _cell(self, cell: ET.Element, column: int) -> str:
        if _local(cell) != "table-cell":
            return ""  # covered by a range begun elsewhere
        place = (self.row, column)
        wide, high = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            self._merge(place, min(wide, archive.WIDEST), min(high, MOST_ROWS))
        formula = _said(cell, "formula")
        if formula:
            self.formulas[place] = _REFERENCE.sub(
                lambda each: each[1].replace(":.", ":"), formula.partition(":")[2]
            )
        if _said(cell, "value-type") == "date":
            self.dates.add(place)
        return _text(cell)

    def _merge(self, first: Place, wide: int, high: int) -> None:
        if len(self.merged) + wide * high > archive.MOST_MERGED:
            raise TableError("合并单元格过多，不像一张评分表。", "请取消多余的合并后再导入。")
        cells = ((first[0] + down, first[1] + right) for down in range(high) for right in range(wide))
        self.merged.update((cell, first) for cell in cells if cell != first)


def read(parts: zipfile.ZipFile) -> Opened:
    """Every visible sheet of an ods; one of `archive.BROKEN` where it cannot be read."""
    with parts.open(_CONTENT) as stream:
        return _opened(stream)


def _opened(stream: IO[bytes]) -> Opened:
    sheets: list[_Sheet] = []
    unseen: set[str] = set()  # styles of hidden sheets
    left_out = []
    for event, node in ET.iterparse(stream, events=("start", "end")):  # noqa: S314  -- no DOCTYPE
        kind = _local(node)
        if event == "start" and kind == "table":
            sheets.append(_Sheet(_said(node, "name")))
            if _said(node, "style-name") in unseen:
                left_out.append(sheets[-1].name)
        elif event == "end" and kind == "style" and _hides(node):
            unseen.add(_said(node, "name"))
        elif event == "end" and kind == "table-column" and sheets:
            sheets[-1].take_columns(node)
        elif event == "end" and kind == "table-row" and sheets:
            sheets[-1].take(node)
            node.clear()
        if len(sheets) > MOST_SHEETS:
            raise TableError(f"工作表超过 {MOST_SHEETS} 张。", "请只保留评分表所在的工作表。")
    uses = tuple(SheetUse(name, False, "工作表是隐藏的，没有读取。") for name in left_out)
    return Opened(tuple(sheet.grid() for sheet in sheets if sheet.name not in left_out), uses)


def _text(cell: ET.Element) -> str:
    """As shown; a number as it is kept unless it is shown whole (1.10 is a number of its own)."""
    shown = "\n".join("".join(_pieces(each)) for each in cell if _local(each) == "p")
    kind = _said(cell, "value-type")
    if kind in {"float", "currency", "percentage"}:
        return _number(_said(cell, "value"), shown)
    if kind == "date":
        found = _DATE.match(_said(cell, "date-value"))
        return _date(found, shown) if found else shown
    if kind == "boolean":
        return "是" if _said(cell, "boolean-value") == "true" else "否"
    if len(shown) > MOST_TEXT:
        raise TableError("有单元格的文字超过 32767 个字。", "请缩短后再导入。")
    return shown


def _date(found: re.Match[str], shown: str) -> str:
    return found[0] if _YEAR.search(shown) else f"{int(found[2])}-{int(found[3])}"


def _number(kept: str, shown: str) -> str:
    try:
        value = Decimal(kept)
    except InvalidOperation:
        return shown
    try:
        return shown if Decimal(shown) == value else f"{value:f}"
    except InvalidOperation:
        return f"{value:f}"


def _pieces(node: ET.Element) -> Iterator[str]:
    yield node.text or ""
    for each in node:
        kind = _local(each)
        yield {"s": " ", "tab": " ", "line-break": "\n"}.get(kind) or "".join(_pieces(each))
        yield each.tail or ""


def _hides(style: ET.Element) -> bool:
    return any(_local(each) == "table-properties" and _said(each, "display") == "false" for each in style)


def _times(node: ET.Element, name: str) -> int:
    said = _said(node, name)
    return max(1, int(said)) if said.isdecimal() else 1


def _said(node: ET.Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]
