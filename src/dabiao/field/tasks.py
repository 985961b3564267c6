"""What time does: pictures nobody named within 30 days are swept."""

from datetime import datetime

from dabiao.field.services import uploads


def tick(at: datetime) -> int:
    return uploads.sweep(at)
