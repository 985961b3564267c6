"""Whom to keep away: who is or was, in the cycle, of the unit or of the review unit (house/recusal)."""

from dabiao.base.clock import day_of
from dabiao.grading.models import Grading
from dabiao.reviews.queries import recusal


def concerned(account: int | None, grading: Grading) -> str:
    """Why somebody has to stay away from a grading; empty where nothing is known against it. One query."""
    began = day_of(grading.case.cycle.opened_at)
    return recusal.concerned(account, grading.unit_id, grading.body_id, began)
