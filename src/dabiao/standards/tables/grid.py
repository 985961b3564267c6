"""A sheet as text: cells, merged ranges, formulas. Rows and columns count from 1, as a person sees them."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_LETTERS: Final = 26

Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Grid:
    """Only rows with something in them are kept. `merged` maps every cell of a merged range but the first
    to the first; `formulas` holds what is written, `rows` what it comes to (empty: not stored)."""

    name: str
    rows: Mapping[int, tuple[str, ...]]
    merged: Mapping[Place, Place] = field(default_factory=dict)
    formulas: Mapping[Place, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()  # rows
    dates: frozenset[Place] = frozenset()  # cells that the software took for dates
    cut_at: int = 0  # row after which nothing was read, 0: all was read
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return max((len(cells) for cells in self.rows.values()), default=0)

    @property
    def last(self) -> int:
        return max(self.rows, default=0)

    def at(self, row: int, column: int) -> str:
        """The cell's own text, stripped; empty inside a merged range begun elsewhere."""
        cells = self.rows.get(row, ())
        if not 0 < column <= len(cells) or (row, column) in self.merged:
            return ""
        return cells[column - 1].strip()

    def holds(self, column: int) -> bool:
        """Is anything written in the column?"""
        return any(self.at(row, column) for row in self.rows)

    def filled(self, row: int, column: int) -> str:
        """The text a person sees there: of the merged range where the cell lies in one."""
        return self.at(*self.merged.get((row, column), (row, column)))

    def begun_above(self, row: int, column: int) -> bool:
        """Does the cell lie in a merged range that begins in an earlier row?"""
        return self.merged.get((row, column), (row, column))[0] < row

    def begun_left(self, row: int, column: int) -> bool:
        """Does the cell lie in a merged range that begins in an earlier column?"""
        return self.merged.get((row, column), (row, column))[1] < column

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Columns of the row that hold text of their own."""
        for column in range(1, len(self.rows.get(row, ())) + 1):
            text = self.at(row, column)
            if text:
                yield column, text

    def span(self, row: int, column: int) -> int:
        """How many columns of the row the range begun at this cell covers."""
        wide = column
        while self.merged.get((row, wide + 1)) == (row, column):
            wide += 1
        return wide - column + 1


def letter(column: int) -> str:
    """1 -> A, 27 -> AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        text = chr(ord("A") + rest) + text
    return text


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27; ValueError if it is not a column."""
    number = 0
    for char in letters.strip().upper():
        if not "A" <= char <= "Z":
            raise ValueError(f"不是列号：{letters}")
        number = number * _LETTERS + ord(char) - ord("A") + 1
    return number


def plain(text: str) -> str:
    """For comparing: full width made half, all white space gone."""
    return "".join(unicodedata.normalize("NFKC", text).split())
