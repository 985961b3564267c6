"""A report sent back: the review goes to exactly one earlier step, and what came after is agreed anew."""

from datetime import datetime
from typing import Final

from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, Ruling
from dabiao.grading.permissions import rechecks as permissions
from dabiao.grading.rules import outcomes
from dabiao.kernel.actor import Actor
from dabiao.reviews.states import reviews as states

STEPS: Final = {
    outcomes.BACK_TO_REVIEW: states.BACK_TO_REVIEW,
    outcomes.BACK_TO_RECTIFY: states.BACK_TO_RECTIFY,
    outcomes.BACK_TO_WRITE: states.BACK_TO_WRITE,
}


def send_back(*, grading: Grading, ruling: Ruling, by: Actor, at: datetime) -> None:
    """Called inside the decision, which asked everything."""
    review, note = grading.review, {"reason": ruling.words[:300]}
    with journal.writing(permissions.DECIDE, by=by, at=at, on=review, note=note) as w:
        w.move(review, STEPS[ruling.outcome])
