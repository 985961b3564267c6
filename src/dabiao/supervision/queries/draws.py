"""Reading draws: one for a person, the open one of a lot, who may give a word."""

from collections.abc import Collection

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


def frozen(bodies: Collection[int]) -> dict[tuple[int, int, int, str], int]:
    """Lots of these departments whose list waits for words -> the draw."""
    rows = VerificationDraw.objects.filter(department__in=bodies, drawn_at=None)
    found = rows.values_list("department", "jurisdiction", "year", "level", "pk")
    return {(one, where, year, level): key for one, where, year, level, key in found}


def parts(lot: Lot) -> list[VerificationDraw]:
    rows = VerificationDraw.objects.filter(
        department=lot.department, jurisdiction=lot.jurisdiction, year=lot.year, level=lot.level
    )
    return list(rows.order_by("part"))
