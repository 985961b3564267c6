"""The rows of a worksheet, from its XML as it streams by."""

from collections.abc import Iterator
from typing import IO, Final

from dabiao.organisations.tables import parsing
from dabiao.organisations.tables.strings import Strings
from dabiao.organisations.tables.values import (
    MOST_ROWS,
    MOST_TEXT,
    WIDEST,
    FileFault,
    Line,
    too_many,
)

MERGED: Final = "表中有合并的单元格，除左上角一格外按空白读取。"
HIDDEN: Final = "表中有隐藏的行，也已读取。"
NO_RESULT: Final = "="  # stands for a formula without its result
EXACT: Final = 15  # digits a spreadsheet's numbers keep
_LETTERS: Final = {chr(65 + place): place + 1 for place in range(26)}


def lines(stream: IO[bytes], strings: Strings, remarks: list[str]) -> Iterator[Line]:
    """Rows that are not blank, with the numbers the file gives them."""
    made, found = parsing.parser(), list[Line]()
    reader = _Reader(strings, found, remarks)
    made.StartElementHandler = reader.start
    made.EndElementHandler = reader.end
    made.CharacterDataHandler = reader.text
    yield from parsing.fed(stream, made, found)


class _Reader:
    """One worksheet's state between two tags. Prefixes of names are cut where there are any."""

    def __init__(self, strings: Strings, found: list[Line], remarks: list[str]) -> None:
        self._strings = strings
        self._found = found
        self._remarks = remarks
        self._row: list[str] = []
        self._number = self._place = self._length = 0
        self._kind = ""
        self._parts: list[str] = []
        self._inside = self._formula = self._reading = False

    def start(self, name: str, told: dict[str, str]) -> None:
        tag = name if ":" not in name else parsing.local(name)
        if tag == "c":
            self._cell(told)
        elif tag in {"v", "t"}:
            self._inside = not self._reading
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._begin(told)
        elif tag == "rPh":
            self._reading = True
        elif tag == "mergeCell":
            self._remark(MERGED)

    def end(self, name: str) -> None:
        tag = name if ":" not in name else parsing.local(name)
        if tag in {"v", "t"}:
            self._inside = False
        elif tag == "c":
            self._put()
        elif tag == "row":
            self._finish()
        elif tag == "rPh":
            self._reading = False

    def text(self, text: str) -> None:
        if self._inside:
            self._length += len(text)
            if self._length > MOST_TEXT:
                where = f"第 {self._number} 行"
                raise FileFault(f"{where}有单元格的文字超过 {MOST_TEXT} 个字。", "请缩短后再导入。")
            self._parts.append(text)

    def _begin(self, told: dict[str, str]) -> None:
        said = told.get("r", "")
        number = int(said) if said.isdecimal() else self._number + 1
        if number <= self._number:
            raise FileFault(f"第 {self._number} 行之后行号错乱，又出现第 {number} 行。", parsing.AGAIN)
        self._number = number
        self._row, self._place = [], 0
        if told.get("hidden") in {"1", "true"}:
            self._remark(HIDDEN)

    def _cell(self, told: dict[str, str]) -> None:
        where = told.get("r")
        place = _column(where) if where else self._place + 1
        if place <= self._place:
            raise FileFault(f"第 {self._number} 行的单元格次序错乱（{where}）。", parsing.AGAIN)
        self._place = place
        self._kind = told.get("t", "n")
        self._formula, self._length = False, 0
        self._parts.clear()

    def _put(self) -> None:
        if self._place > WIDEST or not (self._parts or self._formula):
            return
        value = self._value("".join(self._parts))
        if value:
            row = self._row
            if len(row) < self._place:
                row.extend([""] * (self._place - len(row)))
            row[self._place - 1] = value

    def _value(self, raw: str) -> str:
        if self._formula and not raw:
            return NO_RESULT
        if self._kind == "s":
            return self._strings[int(raw)]
        if self._kind == "n":
            return number(raw)
        if self._kind == "b":
            return "是" if raw == "1" else "否"
        return parsing.plain(raw)

    def _finish(self) -> None:
        if any(self._row):
            self._found.append(Line(self._number, tuple(self._row)))
            if self._number > MOST_ROWS:
                raise too_many()

    def _remark(self, words: str) -> None:
        if words not in self._remarks:
            self._remarks.append(words)


def _column(where: str) -> int:
    """C12 -> 3."""
    found = 0
    for char in where:
        if (letter := _LETTERS.get(char)) is None:
            break
        found = found * 26 + letter
    return found or WIDEST + 1


def number(raw: str) -> str:
    """As a person would write it, where nothing is lost; else as it stands."""
    if raw.isdecimal():
        return raw
    value = float(raw)
    if value.is_integer() and abs(value) < 10**EXACT:
        return str(int(value))
    return raw
