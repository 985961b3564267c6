"""What the unit's own register says, beside items about risks and hazards: one register, no double entry."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from dabiao.base import clock
from dabiao.hazards import queries
from dabiao.hazards.models import RiskLevel
from dabiao.office.sheets.opened import Opened
from dabiao.sheets.rules.occasions import Occasion
from dabiao.standards.rules.book import Item

# Words by which an item is about the register of risks or about screening.
ABOUT: Final = ("风险", "隐患")


@dataclass(frozen=True, slots=True)
class Registered:
    """Sentences from the register of the unit, on a day."""

    lines: tuple[str, ...]


def registered(opened: Opened, item: Item) -> Registered | None:
    """For the unit's own people while they assess; nothing for items about something else."""
    assessing = opened.sheet.occasion == Occasion.SELF_ASSESSMENT and not opened.closed
    if not assessing or opened.sheet.unit_id not in opened.actor.units:
        return None
    if not any(word in f"{item.requirement}{item.check}" for word in ABOUT):
        return None
    return Registered(tuple(_lines(opened.sheet.unit_id, clock.today())))


def _lines(unit: int, day: date) -> list[str]:
    """Three queries."""
    found = queries.register(unit, day)
    levels = "、".join(f"{RiskLevel(key).label} {n}" for key, n in found.levels.items())
    lines = [f"风险点 {found.points} 个：{levels}" if found.points else "还没有登记风险点"]
    if found.review_due:
        lines.append(f"{found.review_due} 个风险点已过复核日期")
    if found.screened_on:
        lines.append(f"最近一次排查 {found.screened_on:%Y-%m-%d}，共 {found.screenings} 次")
    else:
        lines.append("还没有登记排查")
    lines.append(f"未销号的隐患 {found.open} 条，其中重大 {found.open_major} 条")
    return lines
