"""What was not put right in its time goes to the enforcement body (uplift/10)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.hazards.models import Handover, Hazard
from dabiao.hazards.queries import enforcement_for
from dabiao.hazards.rules.handovers import ENFORCEMENT, GENERAL
from dabiao.hazards.services import handovers
from dabiao.hazards.services.handovers import Sending
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn
from dabiao.reviews.permissions import visits as permissions
from dabiao.sheets.rules.occasions import Occasion

FOUND_AT: Final[Mapping[str, str]] = {
    Occasion.INITIAL_VISIT: "初访",
    Occasion.RECHECK: "现场复核",
    Occasion.FOLLOW_UP_VISIT: "回访",
    Occasion.VERIFICATION: "核查",
}


def hand_to_enforcement(*, hazard: Hazard, by: Actor, at: datetime) -> Handover | None:
    """Past its limit and not closed; None where the district has no enforcement body. The answer goes back
    to the body that found it."""
    permissions.may_let_time(by).or_refuse()
    if not overdue(hazard, at):
        raise OutOfTurn("立即整改的期限还没有届满，或者已经整改到位。", clause="uplift/10")
    first = Handover.objects.filter(hazard=hazard).order_by("id").first()
    category = first.category if first else GENERAL
    to, sender = enforcement_for(hazard.unit, category), hazard.confirmer
    if to is None or sender is None:
        return None
    where = FOUND_AT.get(hazard.origin, "检查")
    words = f"{where}发现的问题未在 {hazard.limit:%Y-%m-%d} 前整改到位：{hazard.text}。请依法查处。"
    sending = Sending(sender, to, ENFORCEMENT, category, words)
    return handovers.hand_over(hazard=hazard, sending=sending, by=by, at=at)


def overdue(hazard: Hazard, at: datetime) -> bool:
    """For certain: a year without a calendar closes nothing."""
    day, limit = day_of(at), hazard.limit
    if limit is None or limit >= day or hazard.state == HazardState.CLOSED:
        return False
    return not calendars.calendar().missing(day_of(hazard.found_at), limit)
