"""What one sheet says, as printed: items, sums, notes, faults; nothing joined or judged yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dabiao.standards.tables.grid import Grid
from dabiao.standards.tables.headings import Heading
from dabiao.standards.tables.roles import Role
from dabiao.standards.tables.values import Fault

UNSTORED: Final = "公式"  # in place of what a formula comes to, where that can neither be read nor computed


@dataclass(slots=True)
class RawItem:
    """An item as printed: texts of its rows, not yet joined. `levels`: headings it lies under."""

    row: int
    levels: tuple[str, ...]
    points: int
    requirement: list[str]
    method: list[str]
    texts: dict[Role, str]
    basis: str = ""
    within: str = ""  # the number printed above, of the merged cell this row lies in
    marks: str = ""  # ※, 否决 and other marks in the points column
    beside: dict[str, str] = field(default_factory=dict)  # texts of columns that serve nothing, by heading
    doubts: list[tuple[str, str]] = field(default_factory=list)  # what a person should look at, and why
    filled: dict[Role, list[tuple[int, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum the table states: `upto` items of the sheet come before it."""

    row: int
    kind: str
    stated: int | None
    upto: int


@dataclass(slots=True)
class SheetRead:
    """All that one sheet says."""

    grid: Grid
    heading: Heading
    items: list[RawItem] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    level_points: dict[tuple[str, ...], int] = field(default_factory=dict)
    level_rows: dict[tuple[str, ...], int] = field(default_factory=dict)  # rows that state them alone
    said: list[tuple[int, str]] = field(default_factory=list)  # notes by row
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # rows taken as the going on of an item

    @property
    def filled(self) -> bool:
        """Was a score filled in anywhere?"""
        return any(Role.ACTUAL in item.filled or Role.NOT_APPLICABLE in item.filled for item in self.items)

    @property
    def notes(self) -> list[str]:
        return [text for _, text in sorted(self.said, key=lambda each: each[0])]


def together(texts: Iterable[str]) -> str:
    """The texts of an item's rows as one, each once, in their order."""
    return "\n".join(dict.fromkeys(filter(None, texts)))
