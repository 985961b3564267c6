"""Dated facts about units, bodies and people, with their source."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.people.models import Account
from dabiao.standing.rules.facts import Known
from dabiao.standing.rules.kinds import Kind, kinds


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own, those of one's territory; enforcement sees what its body recorded; what is known
        of a body those who are posted there, what of a person that person.
        """
        if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
            return self
        here = models.Q(unit__in=actor.units) | models.Q(
            unit__isnull=False, jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES)
        )
        here |= models.Q(locality__in=actor.localities(Role.LOCALITY))
        here |= models.Q(body__in=actor.bodies)
        if actor.account is not None:
            here |= models.Q(person=actor.account)
        if actor.holds(Role.ENFORCEMENT):
            here |= models.Q(recorded_for__in=actor.bodies)
        return self.filter(here)

    def standing(self) -> Self:
        """Without those a later fact corrected."""
        return self.filter(corrected_at=None)


class Fact(models.Model):
    """About exactly one unit, body or person. Keys that decide visibility are stamped when it is recorded."""

    kind = models.CharField(max_length=40)
    which = models.CharField(max_length=40, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="facts")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="facts")
    person = models.ForeignKey(Account, models.PROTECT, null=True, related_name="facts")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True)
    locality = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)  # first day no longer
    number = models.CharField(max_length=80, blank=True, default="")
    words = models.CharField(max_length=300)
    counts = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # None: time
    recorded_for = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")  # None: the unit
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    corrected_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = FactQuerySet.as_manager()

    class Meta:
        db_table = "standing_fact"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, body__isnull=True, person__isnull=True)
                | models.Q(unit__isnull=True, body__isnull=False, person__isnull=True)
                | models.Q(unit__isnull=True, body__isnull=True, person__isnull=False),
                name="fact_about_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> Kind:
        return kinds()[self.kind]

    @property
    def title(self) -> str:
        return self.declared.named(self.which)

    @property
    def known(self) -> Known:
        """As rules take it."""
        rest = (self.which, self.number, self.words, self.source, self.counts, self.pk)
        return Known(self.kind, self.since, self.until, *rest)
