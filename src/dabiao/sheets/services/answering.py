"""Saving answers: the same few statements whatever the size of the sheet; totals kept as it goes."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Conflict, Invalid
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer, Sheet, SheetTotal
from dabiao.sheets.rules import values
from dabiao.sheets.rules.faults import faults
from dabiao.sheets.rules.sums import change
from dabiao.sheets.rules.values import Sums
from dabiao.sheets.services.holding import Held, enter
from dabiao.standards.rules.rulebook import Line

CHANGED = "这一项刚由他人保存过。您的内容仍在页面上，请对照两边后再保存。"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What saving one answer leads to; `answer` is None once retracted."""

    sheet: Sheet
    line: Line
    answer: Answer | None


def record_answer(
    *,
    sheet: int,
    line: str,
    answer: values.Answer,
    version: int,
    by: Actor,
    at: datetime,
    done_at: datetime | None = None,
) -> Recorded:
    """Save one answer. `version` is that of the answer it was based on, 0 for none; an older one is a
    Conflict that carries what stands there now. `done_at` is when it was done on the spot."""
    with transaction.atomic():
        held = enter(sheet, line, by)
        _check(held.line, answer)
        old = _standing(held, version)
        before = queries.value_of(old) if old else None  # taken before the row changes
        content = _content(answer) | {
            "recorded_by_id": by.account,
            "done_at": done_at or at,
            "received_at": at,
            "copied": False,
        }
        with journal.writing(
            permissions.RECORD, by=by, at=at, on=held.sheet, done_at=done_at, held=True, note={"line": line}
        ) as w:
            row = _store(w, held, old, content)
            _reckon(w, held, before, answer)
    return Recorded(held.sheet, held.line, row)


def retract_answer(*, sheet: int, line: str, version: int, by: Actor, at: datetime) -> Recorded:
    """Take an answer back: the line is unanswered again; what it said stays in the journal."""
    with transaction.atomic():
        held = enter(sheet, line, by)
        old = _standing(held, version)
        if old is None:
            raise Absent
        with journal.writing(
            permissions.RETRACT, by=by, at=at, on=held.sheet, held=True, note={"line": line}
        ) as w:
            _reckon(w, held, queries.value_of(old), None)
            w.remove(old)
    return Recorded(held.sheet, held.line, None)


def _check(line: Line, answer: values.Answer) -> None:
    """What can be refused at once; what may come later (words, pictures) is asked at closing."""
    if wrong := faults(line, answer):
        raise Invalid("；".join(wrong) + "。")


def _standing(held: Held, version: int) -> Answer | None:
    """The answer that stands, if it is still the one the person saw."""
    old = Answer.objects.filter(sheet=held.sheet, line=held.line.key).first()
    stands = old.version if old else 0
    if stands != version:
        raise Conflict(CHANGED, theirs=asdict(queries.value_of(old)) if old else {}, version=stands)
    return old


def _content(answer: values.Answer) -> dict[str, Any]:
    return {
        "verdict": str(answer.verdict),
        "deductions": [asdict(each) for each in answer.deductions],
        "words": answer.words,
        "reason": answer.reason,
    }


def _store(w: journal.Writing, held: Held, old: Answer | None, content: dict[str, Any]) -> Answer:
    if old is None:
        return w.create(Answer(sheet=held.sheet, line=held.line.key, **content))
    return w.change(old, version=old.version, **content)


def _reckon(w: journal.Writing, held: Held, old: values.Answer | None, new: values.Answer | None) -> None:
    """Add the difference to the totals of the line's outermost element."""
    element, delta = change(held.book, held.line.key, old, new)
    moved = {each.name: getattr(delta, each.name) for each in fields(Sums) if getattr(delta, each.name)}
    if moved:
        row = SheetTotal.objects.get(sheet=held.sheet, element=element)
        w.change(row, **{name: getattr(row, name) + step for name, step in moved.items()})
