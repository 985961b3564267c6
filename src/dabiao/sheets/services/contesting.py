"""What came in from the spot and was not taken over is kept whole, for people to see (quality-2015/4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Invalid
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Contest, Decision
from dabiao.sheets.rules import values
from dabiao.sheets.services.answering import record_answer, retract_answer

MOST_REASON: Final = 300  # what the column holds


def keep_contest(*, contest: Contest, by: Actor, at: datetime, images: Sequence[store.Taken] = ()) -> Contest:
    """Keep both sides, drawn signatures too. Not an answer: nothing is counted by it."""
    contest.account_id, contest.received_at = by.account or 0, at
    note = {"line": contest.line} if contest.line else None
    with journal.writing(permissions.CONTEST, by=by, at=at, on=contest.sheet, note=note) as w:
        store.rows(w, images, at)
        return w.create(contest)


def decide_contest(*, contest: int, decision: str, reason: str, by: Actor, at: datetime) -> Contest:
    """Leave what stands, or take over what was brought in by a new act of one's own; a reason either way."""
    with transaction.atomic():
        seen = Contest.objects.visible_to(by).filter(pk=contest).first()
        if seen is None:
            raise Absent
        sheet = queries.hold(seen.sheet_id).sheet
        row, share = Contest.objects.get(pk=contest), queries.share(by, sheet)
        permissions.may_decide(by, row, share).or_refuse()
        words = _worded(reason)
        if decision == Decision.TAKEN:
            permissions.may_take(by, row, sheet, share).or_refuse()
            _take(row, by, at)
        elif decision != Decision.KEPT:
            raise Invalid("请选择处理方式。", {"decision": "请选择处理方式。"})
        note = {"line": row.line} if row.line else None
        with journal.writing(permissions.DECIDE, by=by, at=at, on=sheet, held=True, note=note) as w:
            return w.change(row, decision=decision, reason=words, decided_by_id=by.account, decided_at=at)


def _worded(reason: str) -> str:
    words = reason.strip()
    if not words or len(words) > MOST_REASON:
        text = f"请写明处理理由，最多 {MOST_REASON} 字。"
        raise Invalid(text, {"reason": text})
    return words


def _take(row: Contest, by: Actor, at: datetime) -> None:
    """Over whatever stands now: the person has seen both."""
    stands = queries.standing(row.sheet, row.line).answer
    version = stands.version if stands else 0
    if "answer" in row.ours:
        told = values.answer(row.ours["answer"])
        record_answer(sheet=row.sheet_id, line=row.line, answer=told, version=version, by=by, at=at)
    else:
        retract_answer(sheet=row.sheet_id, line=row.line, version=version, by=by, at=at)
