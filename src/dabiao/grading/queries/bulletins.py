"""Reading bulletins and their copies; what could be announced."""

from datetime import date

from django.db import models

from dabiao.grading.models import Bulletin, Copy, Grading, Objection
from dabiao.grading.models.gradings import at_bodies
from dabiao.grading.queries.gradings import SHOWN
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role

DEPARTMENTS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)


def visible(actor: Actor, key: int) -> Bulletin:
    found = Bulletin.objects.visible_to(actor).select_related("department", "proposed_by", "decided_by")
    row = found.filter(pk=key).first()
    if row is None:
        raise Absent
    return row


def ready(actor: Actor, day: date) -> list[Grading]:
    """Publicity over, no objection open or upheld; whether the conditions hold is asked when proposed."""
    rows = Grading.objects.filter(
        department__in=at_bodies(actor, *DEPARTMENTS),
        state=GradingState.PUBLICISED,
        publicity_ends__lt=day,
        publicity_provisional=False,
    )
    against = Objection.objects.filter(grading=models.OuterRef("pk"))
    stopped = against.filter(models.Q(decided_at=None) | models.Q(upheld=True))
    return list(rows.exclude(models.Exists(stopped)).select_related(*SHOWN).order_by("id"))


def waiting(actor: Actor) -> "models.QuerySet[Bulletin]":
    """Proposed at this person's department, not decided yet."""
    rows = Bulletin.objects.filter(department__in=at_bodies(actor, *DEPARTMENTS), decided_at=None, dropped="")
    return rows.exclude(proposed_by=actor.account).select_related("department").order_by("id")


def copies(bulletin: Bulletin) -> list[Copy]:
    rows = Copy.objects.filter(bulletin=bulletin).select_related("body", "acknowledged_by", "bulletin")
    return list(rows.order_by("id"))


def visible_copy(actor: Actor, key: int) -> Copy:
    """One sent to this person's own body."""
    found = Copy.objects.filter(body__in=actor.bodies, pk=key).select_related("bulletin", "body").first()
    if found is None:
        raise Absent
    return found


def unacknowledged(actor: Actor) -> "models.QuerySet[Copy]":
    rows = Copy.objects.filter(body__in=actor.bodies, acknowledged_at=None)
    return rows.select_related("bulletin__department").order_by("due", "id")
