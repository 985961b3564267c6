"""A sheet opened by somebody: what the pages need of it, read in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dabiao.creation.queries.assessments import visible_sheet
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.kernel.permit import Permit
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer, Picture, Sheet
from dabiao.sheets.rules import closing, values
from dabiao.sheets.rules.share import Share
from dabiao.sheets.states import SheetState
from dabiao.standards.rules.rulebook import Line, Rulebook


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that stands, as lists show it."""

    answer: values.Answer
    version: int
    copied: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """Sheet, rulebook, and what this person has to do with it."""

    actor: Actor
    sheet: Sheet
    book: Rulebook
    share: Share

    @property
    def closed(self) -> bool:
        return self.sheet.state == SheetState.CLOSED

    def line(self, key: str) -> Line:
        """Absent where the rulebook has no such line."""
        if key not in self.book.by_key:
            raise Absent
        return self.book.line(key)

    def may_write(self, line: Line) -> Permit:
        return permissions.may_record(self.actor, self.sheet, self.share, line.outermost)

    def judged(self, line: Line, answer: values.Answer | None, pictures: int) -> closing.Judged:
        """What the answer is worth and lacks, with so many pictures."""
        return closing.judged(self.book, line, answer, "x" * pictures, self.sheet.occasion)


def opened(actor: Actor, key: int) -> Opened:
    """Absent where the sheet does not exist for this person."""
    sheet = visible_sheet(actor, key)
    return Opened(actor, sheet, queries.rulebook(sheet), queries.share(actor, sheet))


def seen(actor: Actor, key: int) -> None:
    """Absent where the sheet is not there for somebody from outside; of a unit's own people the act asks."""
    if not actor.units:
        visible_sheet(actor, key)


def given(sheet: Sheet, lines: Iterable[str] | None = None) -> dict[str, Given]:
    """Answers by line: all of them, or those of some lines."""
    rows = Answer.objects.filter(sheet=sheet)
    rows = rows if lines is None else rows.filter(line__in=list(lines))
    wanted = rows.values_list("line", "verdict", "deductions", "words", "reason", "version", "copied")
    return {line: Given(_answer(*content), version, copied) for line, *content, version, copied in wanted}


def _answer(verdict: str, deductions: list[Mapping[str, object]], words: str, reason: str) -> values.Answer:
    return values.answer({"verdict": verdict, "deductions": deductions, "words": words, "reason": reason})


def standing(row: Answer | None) -> Given | None:
    return None if row is None else Given(queries.value_of(row), row.version, row.copied)


def picture_counts(sheet: Sheet, lines: Iterable[str] | None = None) -> Counter[str]:
    """How many pictures a line has."""
    rows = Picture.objects.filter(sheet=sheet)
    rows = rows if lines is None else rows.filter(line__in=list(lines))
    return Counter(rows.values_list("line", flat=True))
