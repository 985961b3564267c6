"""The creation cycle 创建周期: what separation, recusal and the leading group hang on; it holds cases."""

from typing import ClassVar, Self

from django.db import models

from dabiao.creation.states.cycles import CycleState
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Jurisdiction, Unit


def watched_by(actor: Actor) -> models.Q:
    """Rows with `unit` and `jurisdiction` in the territory of an official."""
    if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
        return models.Q(pk__isnull=False)  # everything: an empty Q would vanish in an `or`
    return models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES)) | models.Q(
        unit__locality__in=actor.localities(Role.LOCALITY)
    )


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own, and those of the official's territory."""
        return self.filter(models.Q(unit__in=actor.units) | watched_by(actor))


class Cycle(models.Model):
    """From the unit's first act of creation to the end of its certificate; one open cycle a unit."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    state = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=200, blank=True, default="")

    objects = CycleQuerySet.as_manager()

    class Meta:
        db_table = "creation_cycle"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(state=CycleState.OPEN.value), name="one_open_cycle_a_unit"
            )
        ]
