"""Reading draws: one for a person, the open one of a lot, who may give a word."""

from dabiao.base import statements
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.supervision.models import VerificationDraw
from dabiao.supervision.queries.lots import Lot


def visible(actor: Actor, key: int) -> VerificationDraw:
    """The draw, if it exists for this person."""
    rows = VerificationDraw.objects.visible_to(actor).select_related(
        "department", "jurisdiction", "frozen_by"
    )
    found = statements.by_key(rows, key)
    if found is None:
        raise Absent
    return found


def parts(lot: Lot) -> list[VerificationDraw]:
    rows = VerificationDraw.objects.filter(
        department=lot.department, jurisdiction=lot.jurisdiction, year=lot.year, level=lot.level
    )
    return list(rows.order_by("part"))
