"""Bulletins 公告 over batches, the certificates they give, and the copies that have to be acknowledged."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import PublicRecord
from dabiao.grading.models.gradings import Grading, at_bodies
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.people.models import Account


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, actor: Actor) -> Self:
        """The department's own while proposed; announced, those it was sent to and the city too."""
        own = models.Q(department__in=at_bodies(actor, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT))
        announced = models.Q(decided_at__isnull=False)
        if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
            return self.filter(own | announced)
        told = Copy.objects.filter(body__in=actor.bodies).values("bulletin")
        return self.filter(own | (announced & models.Q(pk__in=told)))


class Bulletin(models.Model):
    """One announcement over a batch: proposed by one, made by another person of the department."""

    number = models.CharField(max_length=24, unique=True)  # GG2026 00012
    department = models.ForeignKey(Body, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    gradings = models.JSONField()  # keys, as proposed
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    announced_on = models.DateField(null=True)
    dropped = models.CharField(max_length=300, blank=True, default="")  # why, where it was not made
    record = models.ForeignKey(PublicRecord, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        db_table = "grading_bulletin"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.number


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
            return self
        return self.filter(
            models.Q(unit__in=actor.units)
            | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
            | models.Q(unit__locality__in=actor.localities(Role.LOCALITY))
        )


class Certificate(models.Model):
    """Holds from the announcement to its last day, that day included. `statement` is signed by our key."""

    number = models.CharField(max_length=40, unique=True)
    grading = models.OneToOneField(Grading, models.PROTECT, related_name="certificate")
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="certificates")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="certificates")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    level = models.CharField(max_length=20)
    issued_on = models.DateField()
    last_on = models.DateField()
    statement = models.TextField()
    rules = models.JSONField()  # validity and number scheme, as decisions keep them
    record = models.ForeignKey(PublicRecord, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)  # first day no longer, where it was ended early
    ended_why = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        db_table = "grading_certificate"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["level", "last_on"], name="certificate_level")]

    def __str__(self) -> str:
        return self.number


class Copy(models.Model):
    """A copy of a bulletin for a body named by the rule; acknowledged, or red after its limit."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="copies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    sent_on = models.DateField()
    due = models.DateField()
    acknowledged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    escalated_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "grading_copy"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bulletin", "body"], name="copy_once")]
