"""What time does to reviews: what a held gate asked for and was not put right goes to enforcement."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.hazards.models import Handover, Hazard
from dabiao.hazards.rules.handovers import ENFORCEMENT
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import TIME
from dabiao.reviews.queries.visits import ORIGIN
from dabiao.reviews.services import enforcing


def tick(at: datetime) -> int:
    """How many were handed to enforcement."""
    told = Handover.objects.filter(kind=ENFORCEMENT).values("hazard")
    rows = Hazard.objects.filter(origin=ORIGIN, limit__lt=day_of(at)).exclude(state=HazardState.CLOSED)
    late = list(rows.exclude(pk__in=told).select_related("unit", "confirmer").order_by("id"))
    due = [row for row in late if enforcing.overdue(row, at)]
    return sum(enforcing.hand_to_enforcement(hazard=row, by=TIME, at=at) is not None for row in due)
