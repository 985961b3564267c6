"""What came in from the spot and was not taken over is kept whole, for people to see (quality-2015/4)."""

from datetime import datetime

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.sheets import permissions
from dabiao.sheets.models import Contest


def keep_contest(*, contest: Contest, by: Actor, at: datetime) -> Contest:
    """Keep both sides. Not an answer: nothing is counted by it."""
    contest.account_id, contest.received_at = by.account or 0, at
    note = {"line": contest.line} if contest.line else None
    with journal.writing(permissions.CONTEST, by=by, at=at, on=contest.sheet, note=note) as w:
        return w.create(contest)
