"""Namesakes 重名: one name at the firm that reviews and at one that advises. A person at the organizing unit
says whether it is one person; until then it counts as one, and a review that it stopped goes on after."""

from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.reviews.models import Conflict, Namesake, Review, ServiceContract
from dabiao.reviews.permissions import namesakes as permissions
from dabiao.reviews.queries import namesakes as queries
from dabiao.reviews.queries import separation
from dabiao.reviews.services import stopping
from dabiao.reviews.states import reviews as states
from dabiao.reviews.states.reviews import ReviewState


@transaction.atomic
def judge(
    *,
    contract: ServiceContract,
    advice: int,
    name: str,
    same: bool,
    why: str,
    by: Actor,
    at: datetime,
    account: int | None = None,
) -> Namesake:
    """Whether the two are one person, with the reason; it may be said anew. `contract`: the review's.

    `account`: of the one person it is asked of, where that is not whoever the review unit employs."""
    journal.hold(contract, "state")
    permissions.may_judge(by, contract).or_refuse()
    if not why.strip():
        raise Invalid("请写明理由。", {"why": "请写明怎样核实的，例如身份证件、社会保险或者劳动合同。"})
    row = queries.open_or_said(contract, advice, name, account)
    if row is None:
        raise OutOfTurn("这两份合同没有这个名字的重名人员需要认定。", clause=permissions.JUDGE.clause)
    with journal.writing(permissions.JUDGE, by=by, at=at, on=contract, note={"reason": why.strip()}) as w:
        told: dict[str, Any] = {
            "same": same,
            "why": why.strip()[:300],
            "judged_by_id": by.account,
            "judged_at": at,
        }
        if row.pk is None:
            row.found_at = at
            w.create(row)
        w.change(row, **told)
        if not same:
            _go_on(w, contract, row, at)
    if same:
        stopping.stop_conflicting(contract=row.advice, by=by, at=at)
    return row


def _go_on(w: journal.Writing, contract: ServiceContract, row: Namesake, at: datetime) -> None:
    """The conflict is released; a review that nothing else stops goes on where it stood."""
    review = Review.objects.select_related("case__cycle", "body").filter(
        case=contract.case_id, body=contract.body_id, state=ReviewState.STOPPED
    )
    stood = review.first()
    told = Conflict.objects.filter(contract=row.advice_id, name=row.name, released_on=None)
    for each in told.filter(review__case=contract.case_id).order_by("id"):
        w.change(each, released_on=day_of(at))
    if stood is not None and stood.stopped_from and not separation.conflicts(stood, day_of(at)):
        move = states.RESUMES[ReviewState(stood.stopped_from)]
        w.move(stood, move, version=stood.version + 1, stopped_from="")
