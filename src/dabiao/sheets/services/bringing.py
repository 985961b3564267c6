"""Many answers of one person to one sheet at once, as a device brings them in: few statements, one entry.

Each is judged as `answering` judges one; a line that has an answer already goes that way, one by one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import transaction

from dabiao.base import statements
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Conflict, DabiaoError
from dabiao.kernel.permit import Permit
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer, Sheet, SheetTotal
from dabiao.sheets.queries import Kept
from dabiao.sheets.rules import values
from dabiao.sheets.rules.share import Share
from dabiao.sheets.rules.sums import given
from dabiao.sheets.rules.values import SUMS
from dabiao.sheets.services.answering import CHANGED, check, content, record_answer
from dabiao.sheets.services.holding import seen
from dabiao.standards.rules.rulebook import Rulebook

COLUMNS: Final = (
    *("sheet", "line", "verdict", "deductions", "words", "reason"),
    *("recorded_by", "done_at", "received_at"),
)


class Brought(NamedTuple):
    """One answer as it was given on the spot; `version` is that of the answer it was based on."""

    line: str
    answer: values.Answer
    version: int
    done_at: datetime


class Stands(NamedTuple):
    """What stands on the line now that the answer is recorded."""

    version: int
    answer: values.Answer
    by: str
    done_at: datetime


Outcome = Stands | DabiaoError


def record_answers(*, sheet: int, brought: Sequence[Brought], by: Actor, at: datetime) -> list[Outcome]:
    """Record each, or say why not; in the order given, each line at most once. One that is refused changes
    nothing and keeps none of the others from being recorded."""
    with transaction.atomic():
        return record_within(pad=held(sheet, by), brought=brought, at=at)


def record_within(*, pad: "Pad", brought: Sequence[Brought], at: datetime) -> list[Outcome]:
    """The same as part of the transaction that holds the sheet, and does not go on if this fails."""
    judged = [_judged(pad, each) for each in brought]
    pairs = list(zip(brought, judged, strict=True))
    new = [each for each, wrong in pairs if not wrong and each.line not in pad.taken]
    _create(pad, new, at)
    return [
        wrong or (_one(pad, each, at) if each.line in pad.taken else _new(each, pad.by))
        for each, wrong in pairs
    ]


@dataclass(frozen=True, slots=True)
class Pad:
    """What every answer is judged by; the sheet is held."""

    sheet: Sheet
    book: Rulebook
    share: Share
    taken: frozenset[str]  # lines that have an answer
    kept: Mapping[str, Kept]  # the totals before
    by: Actor
    permits: dict[str, Permit] = field(default_factory=dict)  # by outermost element, as far as asked

    def permit(self, element: str) -> Permit:
        found = self.permits.get(element)
        if found is None:
            found = self.permits[element] = permissions.may_record(self.by, self.sheet, self.share, element)
        return found


def held(key: int, by: Actor) -> Pad:
    """The sheet, held until the transaction ends, if it is there for this person."""
    found = queries.before(key, by)
    seen(found.sheet, found.share, by)
    return Pad(*found, by)


def _judged(pad: Pad, each: Brought) -> DabiaoError | None:
    """What is against a line that has no answer yet; one that has is judged when it is recorded."""
    if each.line in pad.taken:
        return None
    try:
        line = pad.book.by_key.get(each.line)
        if line is None:
            raise Absent
        pad.permit(line.outermost).or_refuse()
        check(line, each.answer)
        if each.version:
            raise Conflict(CHANGED, theirs={}, version=0)
    except DabiaoError as error:
        return error
    return None


def _new(each: Brought, by: Actor) -> Stands:
    return Stands(1, each.answer, by.name, each.done_at)


def _one(pad: Pad, each: Brought, at: datetime) -> Outcome:
    try:
        with statements.still(), transaction.atomic():
            row = record_answer(
                sheet=pad.sheet.pk,
                line=each.line,
                answer=each.answer,
                version=each.version,
                by=pad.by,
                at=at,
                done_at=each.done_at,
            ).answer
    except DabiaoError as error:
        return error
    assert row is not None  # noqa: S101  just recorded
    return Stands(row.version, each.answer, pad.by.name, row.done_at)


def _create(pad: Pad, new: Sequence[Brought], at: datetime) -> None:
    """All new answers and what they add to the totals, under one entry that was done when the last was."""
    if not new:
        return
    done, sheet = max(each.done_at for each in new), pad.sheet
    with journal.writing(permissions.RECORD, by=pad.by, at=at, on=sheet, done_at=done, held=True) as w:
        w.create_many(Answer, COLUMNS, list(_rows(sheet, new, pad.by, at)))
        _reckon(w, pad, new)


def _rows(held: Sheet, new: Sequence[Brought], by: Actor, at: datetime) -> Iterator[tuple[Any, ...]]:
    known: dict[int, tuple[Any, ...]] = {}  # of an answer in memory: many say the same
    for each in new:
        said = known.get(id(each.answer)) or known.setdefault(id(each.answer), _said(each.answer))
        yield (held.pk, each.line, *said, by.account, each.done_at, at)


def _said(answer: values.Answer) -> tuple[Any, ...]:
    told = content(answer)
    return told["verdict"], told["deductions"], told["words"], told["reason"]


def _reckon(w: journal.Writing, pad: Pad, new: Sequence[Brought]) -> None:
    added = given(pad.book, {each.line: each.answer for each in new})
    before = ((*pad.kept[element], delta) for element, delta in added.items())
    after = {key: sums + delta for key, sums, delta in before}
    told = {key: [getattr(sums, name) for name in SUMS] for key, sums in after.items()}
    w.change_many(SheetTotal, SUMS, told)
