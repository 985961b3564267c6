"""A report sent back: the review goes to exactly one earlier step, and what came after is agreed anew."""

from datetime import datetime
from typing import Final

from dabiao.grading.models import Grading, Ruling
from dabiao.grading.rules import outcomes
from dabiao.kernel.actor import Actor
from dabiao.reviews.services import returning
from dabiao.reviews.services.returning import Step

STEPS: Final = {
    outcomes.BACK_TO_REVIEW: Step.REVIEW,
    outcomes.BACK_TO_RECTIFY: Step.RECTIFY,
    outcomes.BACK_TO_WRITE: Step.WRITE,
}


def send_back(*, grading: Grading, ruling: Ruling, by: Actor, at: datetime) -> None:
    """Called inside the decision, which asked everything."""
    returning.send_back(review=grading.review, step=STEPS[ruling.outcome], why=ruling.words, by=by, at=at)
