"""Saving answers: the same few statements whatever the size of the sheet; totals kept as it goes."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Conflict, Invalid
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer, Sheet, SheetTotal
from dabiao.sheets.rules import digests, values
from dabiao.sheets.rules.faults import faults
from dabiao.sheets.rules.share import Share
from dabiao.sheets.rules.sums import change
from dabiao.sheets.rules.values import Sums
from dabiao.sheets.services.holding import Held, enter
from dabiao.standards.rules.rulebook import Line, Rulebook

MOST_REASON: Final = 300  # what the column holds
MOST_WORDS: Final = 4000
CHANGED = "这一项刚由他人保存过。您的内容仍在页面上，请对照两边后再保存。"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What saving one answer leads to; `answer` is None once retracted, `totals` are those after it."""

    sheet: Sheet
    book: Rulebook
    share: Share
    line: Line
    answer: Answer | None
    totals: dict[str, Sums]


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
    Conflict that carries what stands there now. What this person has already saved is not saved again:
    a reply lost on the way may be asked for a second time. `done_at` is when it was done on the spot."""
    with transaction.atomic():
        held = enter(sheet, line, by)
        check(held.line, answer)
        old = queries.standing(held.sheet, line)
        if old is not None and _repeats(old, answer, by):
            return _recorded(held, old)
        _based_on(old, version)
        before = queries.value_of(old) if old else None  # taken before the row changes
        told = content(answer) | {
            "recorded_by_id": by.account,
            "done_at": done_at or at,
            "received_at": at,
            "copied": False,
        }
        with journal.writing(
            permissions.RECORD, by=by, at=at, on=held.sheet, done_at=done_at, held=True, note={"line": line}
        ) as w:
            row = _store(w, held, old, told)
            return _recorded(held, row, _reckoned(w, held, before, answer))


def retract_answer(*, sheet: int, line: str, version: int, by: Actor, at: datetime) -> Recorded:
    """Take an answer back: the line is unanswered again; what it said stays in the journal.

    Where nothing stands (any more) there is nothing to do.
    """
    with transaction.atomic():
        held = enter(sheet, line, by)
        old = queries.standing(held.sheet, line)
        if old is None:
            return _recorded(held, None)
        _based_on(old, version)
        with journal.writing(
            permissions.RETRACT, by=by, at=at, on=held.sheet, held=True, note={"line": line}
        ) as w:
            totals = _reckoned(w, held, queries.value_of(old), None)
            w.remove(old)
            return _recorded(held, None, totals)


def _recorded(held: Held, row: Answer | None, totals: dict[str, Sums] | None = None) -> Recorded:
    kept = queries.totals(held.sheet) if totals is None else totals
    return Recorded(held.sheet, held.book, held.share, held.line, row, kept)


def check(line: Line, answer: values.Answer) -> None:
    """What can be refused at once; what may come later (words, pictures) is asked at closing."""
    wrong = faults(line, answer)
    if len(answer.reason) > MOST_REASON:
        wrong.append(f"不涉及的理由最多 {MOST_REASON} 字，现为 {len(answer.reason)} 字，请精简")
    if len(answer.words) > MOST_WORDS:
        wrong.append(f"现场情况最多 {MOST_WORDS} 字，现为 {len(answer.words)} 字，请精简")
    if wrong:
        raise Invalid("；".join(wrong) + "。")


def _repeats(old: Answer, answer: values.Answer, by: Actor) -> bool:
    """This very person has saved this very answer before."""
    return not old.copied and old.recorded_by_id == by.account and queries.value_of(old) == answer


def _based_on(old: Answer | None, version: int) -> None:
    """Go on if the answer that stands is the one the person saw."""
    stands = old.version if old else 0
    if stands != version:
        raise Conflict(CHANGED, theirs=asdict(queries.value_of(old)) if old else {}, version=stands)


def content(answer: values.Answer) -> dict[str, Any]:
    return digests.whole(answer)


def _store(w: journal.Writing, held: Held, old: Answer | None, content: dict[str, Any]) -> Answer:
    if old is None:
        return w.create(Answer(sheet=held.sheet, line=held.line.key, **content))
    return w.change(old, version=old.version, **content)


def _reckoned(
    w: journal.Writing, held: Held, old: values.Answer | None, new: values.Answer | None
) -> dict[str, Sums]:
    """All totals of the sheet, the difference added to those of the line's outermost element."""
    kept = queries.kept(held.sheet)
    element, delta = change(held.book, held.line.key, old, new)
    key, before = kept[element]
    after = before + delta
    if moved := delta.named():
        w.change_many(SheetTotal, moved, {key: [getattr(after, name) for name in moved]})
    return {each: sums for each, (_, sums) in kept.items()} | {element: after}
