"""Saving answers: the same few statements whatever the size of the sheet; totals kept as it goes."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from dabiao.base import storing
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Conflict, Invalid
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer, Sheet, SheetTotal
from dabiao.sheets.rules import digests, values
from dabiao.sheets.rules.faults import faults
from dabiao.sheets.rules.share import Share
from dabiao.sheets.rules.sums import difference, score_line
from dabiao.sheets.rules.values import Sums
from dabiao.sheets.services.holding import Held, enter
from dabiao.standards.rules.rulebook import Line, Rulebook

MOST_REASON: Final = 300  # what the column holds
MOST_WORDS: Final = 4000
CHANGED = "这一项刚由他人保存过。您的内容仍在页面上，请对照两边后再保存。"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What saving one answer leads to. `answer` and what it says, `value`, are None once retracted; `score`
    is None where the line is open again. `totals` are those after it."""

    sheet: Sheet
    book: Rulebook
    share: Share
    line: Line
    answer: Answer | None
    value: values.Answer | None
    pictures: int  # of the line
    score: values.ItemScore | None
    totals: dict[str, values.Raw]

    @property
    def element(self) -> Sums:
        """The totals of the line's outermost element."""
        return Sums(*self.totals[self.line.outermost])


Reckoned = tuple[values.ItemScore | None, dict[str, values.Raw]]


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
        old, pictures = queries.standing(held.sheet, line)
        before = queries.value_of(old) if old else None  # taken before the row changes
        if old is not None and before == answer and _by(old, by):
            return _recorded(held, old, before, pictures)
        _based_on(old, version)
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
            return _recorded(held, row, answer, pictures, _reckoned(w, held, before, answer))


def retract_answer(*, sheet: int, line: str, version: int, by: Actor, at: datetime) -> Recorded:
    """Take an answer back: the line is unanswered again; what it said stays in the journal.

    Where nothing stands (any more) there is nothing to do.
    """
    with transaction.atomic():
        held = enter(sheet, line, by)
        old, pictures = queries.standing(held.sheet, line)
        if old is None:
            return _recorded(held, None, None, pictures)
        _based_on(old, version)
        with journal.writing(
            permissions.RETRACT, by=by, at=at, on=held.sheet, held=True, note={"line": line}
        ) as w:
            reckoned = _reckoned(w, held, queries.value_of(old), None)
            w.remove(old)
            return _recorded(held, None, None, pictures, reckoned)


def _recorded(
    held: Held,
    row: Answer | None,
    value: values.Answer | None,
    pictures: int,
    reckoned: Reckoned | None = None,
) -> Recorded:
    """With what has been reckoned; else with what is kept, where nothing was to be done."""
    if reckoned is None:
        kept = {element: numbers for element, (_, numbers) in queries.raw(held.sheet).items()}
        reckoned = score_line(held.book, held.line, value), kept
    return Recorded(held.sheet, held.book, held.share, held.line, row, value, pictures, *reckoned)


def check(line: Line, answer: values.Answer) -> None:
    """What can be refused at once; what may come later (words, pictures) is asked at closing."""
    wrong = faults(line, answer)
    if len(answer.reason) > MOST_REASON:
        wrong.append(f"不涉及的理由最多 {MOST_REASON} 字，现为 {len(answer.reason)} 字，请精简")
    if len(answer.words) > MOST_WORDS:
        wrong.append(f"现场情况最多 {MOST_WORDS} 字，现为 {len(answer.words)} 字，请精简")
    if wrong:
        raise Invalid("；".join(wrong) + "。")


def _by(old: Answer, by: Actor) -> bool:
    """This very person has saved it."""
    return not old.copied and old.recorded_by_id == by.account


def _based_on(old: Answer | None, version: int) -> None:
    """Go on if the answer that stands is the one the person saw."""
    stands = old.version if old else 0
    if stands != version:
        raise Conflict(CHANGED, theirs=asdict(queries.value_of(old)) if old else {}, version=stands)


def content(answer: values.Answer) -> dict[str, Any]:
    return digests.whole(answer)


def _store(w: journal.Writing, held: Held, old: Answer | None, content: dict[str, Any]) -> Answer:
    if old is None:
        return w.create(storing.fresh(Answer, sheet_id=held.sheet.pk, line=held.line.key, **content))
    return w.change(old, version=old.version, **content)


def _reckoned(
    w: journal.Writing, held: Held, old: values.Answer | None, new: values.Answer | None
) -> Reckoned:
    """The line's score now, and all totals of the sheet, the difference added to those of its element."""
    kept, element = queries.raw(held.sheet), held.line.outermost
    score = score_line(held.book, held.line, new)
    delta = difference(score_line(held.book, held.line, old, why=False), score)
    key, before = kept[element]
    after = Sums(*before) + delta
    if moved := delta.named():
        w.change_many(SheetTotal, moved, {key: [getattr(after, name) for name in moved]})
    return score, {each: numbers for each, (_, numbers) in kept.items()} | {element: after.raw()}
