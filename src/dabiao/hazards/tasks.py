"""What time does to hand-overs: those that nobody acknowledges go up."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.hazards.models import Handover
from dabiao.hazards.services import handovers
from dabiao.kernel.actor import TIME


def tick(at: datetime) -> int:
    """How many were escalated."""
    rows = Handover.objects.filter(due__lt=day_of(at), due_provisional=False, acknowledged_at=None)
    late = list(rows.filter(escalated_on=None).select_related("to", "hazard").order_by("id"))
    for row in late:
        handovers.escalate(handover=row, by=TIME, at=at)
    return len(late)
