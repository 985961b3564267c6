"""Authorities follow a review as it goes; what they remark is answered before the report (quality-2015/4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.reviews.models import Remark, RemarkKind, Review
from dabiao.reviews.permissions import plans as permissions


@dataclass(frozen=True, slots=True)
class ReviewRemarked:
    """News: an authority will come, or left a remark that waits for its answer."""

    review: int
    number: str
    kind: str


def remark(*, review: Review, kind: RemarkKind, words: str, by: Actor, at: datetime) -> Remark:
    """Say that one will attend, or what is not in order."""
    permissions.may_remark(by, review).or_refuse()
    if kind == RemarkKind.REMARK and not words.strip():
        raise Invalid("请写明意见。", {"words": "请写明发现的问题和要求。"})
    row = Remark(review=review, kind=kind, words=words.strip(), said_at=at)
    row.body_id, row.said_by_id = permissions.watcher(by, review) or 0, by.account or 0
    with journal.writing(permissions.REMARK, by=by, at=at, on=review) as w:
        w.create(row)
        outbox.announce(ReviewRemarked(review.pk, review.number, kind.value), at)
    return row


@transaction.atomic
def answer(*, row: Remark, words: str, by: Actor, at: datetime) -> Remark:
    journal.hold(row, "answered_at")
    permissions.may_answer(by, row).or_refuse()
    if not words.strip():
        raise Invalid("请写明答复。", {"words": "请写明怎样纠正，或者为什么不采纳。"})
    with journal.writing(permissions.ANSWER, by=by, at=at, on=row.review) as w:
        return w.change(row, answer=words.strip(), answered_by_id=by.account, answered_at=at)
