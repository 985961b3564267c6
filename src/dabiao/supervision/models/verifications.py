"""A verification 核查: owed by the department for each enterprise drawn, and what came of it."""

from typing import ClassVar, Self

from django.db import models

from dabiao.grading.models import Certificate
from dabiao.grading.models.gradings import at_bodies
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.supervision.models.draws import VerificationDraw
from dabiao.supervision.states.verifications import VerificationState

DIGITS = 5  # of the running number, said apart from the year on the phone


class VerificationQuerySet(models.QuerySet["Verification"]):
    def visible_to(self, actor: Actor) -> Self:
        """Officials of the territory, the unit, the organizing unit; the review unit once it is concluded."""
        if actor.holds(*CITY_ROLES):
            return self
        judged = models.Q(state=VerificationState.VERIFIED)
        return self.filter(
            models.Q(unit__in=actor.units)
            | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
            | models.Q(locality__in=actor.localities(Role.LOCALITY))
            | models.Q(organizing__in=at_bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD))
            | (judged & models.Q(body__in=at_bodies(actor, Role.REVIEW_ADMIN, Role.REVIEWER)))
        )


class Outcome(models.TextChoices):
    KEEP = "keep", "保持等级"
    RECTIFY = "rectify", "限期整改"
    REVOKE = "revoke", "建议撤销"


class Verification(models.Model):
    """Keys that decide visibility and who acts are stamped with the draw."""

    number = models.CharField(max_length=20, unique=True)  # HC2026 00012
    draw = models.ForeignKey(VerificationDraw, models.PROTECT, related_name="verifications")
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="verification")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="verifications")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    locality = models.ForeignKey(Body, models.PROTECT, related_name="+")
    department = models.ForeignKey(Body, models.PROTECT, related_name="+")  # owes it
    district = models.ForeignKey(Body, models.PROTECT, related_name="+")  # the district's own department
    organizing = models.ForeignKey(Body, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # the review unit, judged with it
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20)
    state = models.CharField(max_length=20)  # states.verifications
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    overdue_on = models.DateField(null=True)  # the day it was reported as overdue
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")  # of one released
    version = models.PositiveIntegerField(default=1)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        db_table = "supervision_verification"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["department", "state"], name="verification_department")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year", "level"], name="verified_once_a_year")
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """HC2026 00012."""
        return f"{self.number[:-DIGITS]} {self.number[-DIGITS:]}"
