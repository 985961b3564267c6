"""What time does to sheets: vetoes that apply at once come into force on their day."""

from datetime import datetime

from dabiao.kernel.actor import TIME
from dabiao.sheets.services.renewing import renew_open_sheets


def renew(at: datetime) -> int:
    """Give open sheets the rulebook of the day; returns how many changed."""
    return renew_open_sheets(by=TIME, at=at)
