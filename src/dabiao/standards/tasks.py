"""What time does with standards."""

from datetime import datetime

from dabiao.kernel.actor import TIME
from dabiao.standards.services import reviews


def tick(at: datetime) -> int:
    """Remind the owners of standards due for review; how many were reminded."""
    return reviews.chase_due(by=TIME, at=at)
