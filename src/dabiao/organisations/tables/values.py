"""What reading a file of units gives, as plain values. Every sentence in here is for the person importing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

WIDEST: Final = 64  # columns read
MOST_ROWS: Final = 1_100_000  # a sheet has 1 048 576
MOST_TEXT: Final = 32_767  # characters in a cell, as Excel allows


class FileFault(Exception):
    """The file cannot be read at all. `what` says why, `todo` what the person can do."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(f"{what}{todo}")
        self.what = what
        self.todo = todo


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file that is not blank; `number` is what the person sees at its left."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read: what it is, in words, and its lines as often as wanted.

    `remarks` grows while lines are read: what was met on the way and how it was taken.
    """

    kind: str
    lines: Callable[[], Iterator[Line]]
    remarks: list[str]
    since_1904: bool = False


def too_many() -> FileFault:
    return FileFault(f"超过 {MOST_ROWS // 10_000} 万行。", "请分成几个文件导入。")
