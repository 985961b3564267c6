"""What reading an authority's table gives, as plain values. Points are integer thousandths (`kernel.points`).

Every sentence in here is shown to the person importing, so it is Chinese and says what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dabiao.standards.rules.book import Book


class TableError(Exception):
    """The file cannot be read as a table at all. `what` says why, `todo` what the person can do."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(f"{what}{todo}")
        self.what = what
        self.todo = todo


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the file as the person sees it: sheet name, row from 1, column letter ("" = whole row)."""

    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return f"{sheet}第{self.row}行" + (f"{self.column}列" if self.column else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the table: where, what, what to do."""

    spot: Spot
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.spot}：{self.what}{self.todo}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A deduction phrase nobody could read, or one to look at: `why` says what was made of it."""

    row: int
    item_key: str
    text: str
    why: str = ""
    sheet: str = ""
    rule: str = ""  # key of the rule made of it; empty: none was made (a note)


WHOLE: Final = "*"


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A sum the authority states against the sum of the items read, both in thousandths."""

    where: str
    stated: int
    found: int
    of: str = ""  # key of the element summed, WHOLE for all items; empty: rows that make no element

    @property
    def agrees(self) -> bool:
        return self.stated == self.found


@dataclass(frozen=True, slots=True)
class SheetUse:
    """A sheet of the workbook, whether it was read as a table, and why (not)."""

    name: str
    used: bool
    why: str


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of a used sheet: letter, heading as printed, what it is taken for ("" = left out)."""

    sheet: str
    column: str
    heading: str
    role: str
    meaning: str  # the role in Chinese, for showing


@dataclass(frozen=True, slots=True)
class Counts:
    items: int
    points: int
    elements: int  # outermost


@dataclass(frozen=True, slots=True)
class Hints:
    """What the person importing says about the file; empty values: find out."""

    title: str = ""
    number: str = ""
    sheets: tuple[str, ...] = ()  # read these sheets only
    header_row: int = 0  # row (from 1) of the last heading row
    columns: Mapping[str, str] = field(default_factory=dict)  # role -> column letter
    zero_exhausts: bool = False
    filled: bool = False  # a filled copy is looked for: of sheets with the same items, the one with answers


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the importer made of a table. Nothing is guessed silently: all guesses are listed here."""

    book: Book
    counts: Counts
    sheets: tuple[SheetUse, ...]
    columns: tuple[ColumnUse, ...]
    sums: tuple[SumCheck, ...]
    unread: tuple[Unread, ...]
    doubtful: tuple[Unread, ...]
    remarks: tuple[str, ...]
    errors: tuple[Fault, ...]
    rows: Mapping[str, Spot]  # item key -> its first row

    @property
    def fits(self) -> bool:
        """No error and every stated sum agrees."""
        return not self.errors and all(each.agrees for each in self.sums)


@dataclass(frozen=True, slots=True)
class FilledAnswer:
    """One filled row. `actual`: thousandths obtained; negative: the item scores 0 and that much is taken
    off the outermost element besides; None only where `na`."""

    na: bool
    reason: str
    actual: int | None
    words: str
    row: int = 0
    fails: bool = False  # a 否决 item without points that is said to be unsatisfied


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A filled copy of an authority's table. `missing`: items whose 实际得分 is empty, in the book's order
    (absent from `answers`). With `errors` the answers must not be scored."""

    answers: Mapping[str, FilledAnswer]
    errors: tuple[Fault, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...] = ()
