"""Reading findings."""

from collections.abc import Sequence

from django.db import models

from dabiao.hazards.models import Demand, Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent


def visible(actor: Actor, key: int) -> Hazard:
    """The finding, if it exists for this person."""
    found = Hazard.objects.visible_to(actor).select_related("unit", "recurs").filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def visible_demand(actor: Actor, key: int) -> Demand:
    """A demand the person's own unit tracks."""
    found = Demand.objects.filter(unit__in=actor.units, pk=key).first()
    if found is None:
        raise Absent
    return found


def waiting(unit_ids: Sequence[int]) -> "models.QuerySet[Hazard]":
    """Findings of these units not closed yet, the most urgent first."""
    rows = Hazard.objects.filter(unit__in=unit_ids).exclude(state=HazardState.CLOSED)
    return rows.select_related("unit").order_by(models.F("due").asc(nulls_last=True), "id")
