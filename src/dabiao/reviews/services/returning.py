"""A re-check sends back to exactly one step; what was agreed after it is agreed anew (uplift/11)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import transaction

from dabiao import law
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.hazards import services as hazards
from dabiao.hazards.models import HazardKind
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.kernel.limits import due_day
from dabiao.kernel.moves import Move
from dabiao.reviews.models import Review
from dabiao.reviews.permissions import rectifications as permissions
from dabiao.reviews.queries import plans
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.services.meetings import due_fields, put_down
from dabiao.reviews.services.plans import retire
from dabiao.reviews.states import reviews as states
from dabiao.sheets.rules.occasions import Occasion


class Step(StrEnum):
    REVIEW = "review"
    RECTIFY = "rectify"
    WRITE = "write"


MOVES: Final[Mapping[Step, Move]] = {
    Step.REVIEW: states.BACK_TO_REVIEW,
    Step.RECTIFY: states.BACK_TO_RECTIFY,
    Step.WRITE: states.BACK_TO_WRITE,
}


def send_back(*, review: Review, step: Step, why: str, by: Actor, at: datetime) -> Review:
    """The caller has asked whether this person may. To the review: the plan is made anew, its time runs from
    today. To rectification: what the re-check found is one finding more, with a time of its own."""
    if not why.strip():
        raise Invalid("请写明退回理由。", {"reason": "请写明退回理由。"})
    with (
        transaction.atomic(),
        journal.writing(permissions.RETURN, by=by, at=at, on=review, note={"reason": why.strip()[:300]}) as w,
    ):
        w.move(review, MOVES[step], version=review.version + 1, reported_at=None)
        if step is Step.REVIEW:
            _anew(w, review, why, at)
        if step is Step.RECTIFY:
            _more(w, review, why, at)
    return review


def _anew(w: journal.Writing, review: Review, why: str, at: datetime) -> None:
    plan = plans.current(review)
    if plan is not None:
        retire(w, plan, why, at)
    w.change(review, cleared_on=day_of(at), delivered_on=None, rectify_due=None, rectified_on=None)


def _more(w: journal.Writing, review: Review, why: str, at: datetime) -> None:
    day = day_of(at)
    due = due_day(law.on(day)[queries.RECTIFY].limit, day, calendars.calendar())
    [row] = hazards.drafts(
        unit=review.unit,
        origin=Occasion.RECHECK,
        origin_key=review.pk,
        found=[hazards.Found(text=why.strip(), kind=HazardKind.NONCONFORMITY)],
        confirmer=review.body,
        limit=due.day,
        at=at,
    )
    put_down(w, review, row, "复核")
    w.change(review, delivered_on=day, rectified_on=None, **due_fields(due))
