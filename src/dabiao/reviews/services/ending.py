"""The organizing unit's leader ends a review that a conflict has stopped."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.reviews.models import Check, Review
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.queries import reviews as queries
from dabiao.reviews.services import checks
from dabiao.reviews.states import reviews as states
from dabiao.reviews.states.checks import CheckState
from dabiao.sheets.services import abandoning


@dataclass(frozen=True, slots=True)
class ReviewEnded:
    """News: a stopped review has ended; the case stays accepted."""

    review: int
    case: int


@transaction.atomic
def end(*, review: Review, why: str, version: int, by: Actor, at: datetime) -> Review:
    """The leader ends the stopped review; the case stays accepted and may engage another review unit.

    What nobody has signed yet is written on no more; a check on site is called off with it.
    """
    permissions.may_end(by, review).or_refuse()
    if not why.strip():
        raise Invalid("请写明处理意见。", {"why": "请写明核实的情况和终止的理由。"})
    with journal.writing(permissions.END, by=by, at=at, on=review, note={"reason": why.strip()}) as w:
        w.move(review, states.CLOSE)
        w.change(review, version=version, ended_at=at, ended_why=why.strip()[:300])
        outbox.announce(ReviewEnded(review.pk, review.case_id), at)
    for check in Check.objects.filter(review=review, state=CheckState.OPEN).order_by("pk"):
        checks.end(check=check, act=permissions.END, why=why, by=by, at=at)
    for sheet in queries.unsigned(review):
        abandoning.abandon_sheet(sheet=sheet, by=by, at=at)
    return review
