"""The grading 定级件 of one report, and the audit of its papers."""

from typing import ClassVar, Self

from django.db import models

from dabiao.creation.models import Case
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.people.models import Account
from dabiao.reviews.models import Report, Review

DIGITS = 5  # of the running number, said apart from the year on the phone


def at_bodies(actor: Actor, *roles: Role) -> list[int]:
    """The bodies where somebody holds one of the roles."""
    return [post.body for post in actor.posts if post.role in roles and post.body is not None]


class GradingQuerySet(models.QuerySet["Grading"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit, the review unit, the organizing unit, officials of the territory."""
        if actor.holds(*CITY_ROLES):
            return self
        return self.filter(
            models.Q(unit__in=actor.units)
            | models.Q(body__in=at_bodies(actor, Role.REVIEW_ADMIN, Role.REVIEWER))
            | models.Q(organizing__in=at_bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD))
            | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
            | models.Q(locality__in=actor.localities(Role.LOCALITY))
        )


class Grading(models.Model):
    """Keys that decide visibility and who acts are stamped when the report is received."""

    number = models.CharField(max_length=20, unique=True)  # FH2026 00012
    report = models.OneToOneField(Report, models.PROTECT, related_name="grading")
    review = models.ForeignKey(Review, models.PROTECT, related_name="gradings")
    case = models.ForeignKey(Case, models.PROTECT, related_name="gradings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="gradings")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    locality = models.ForeignKey(Body, models.PROTECT, related_name="+")
    department = models.ForeignKey(Body, models.PROTECT, related_name="+")  # publishes and announces
    district = models.ForeignKey(Body, models.PROTECT, related_name="+")  # the district's own department
    organizing = models.ForeignKey(Body, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # the review unit
    level = models.CharField(max_length=20)
    industrial = models.BooleanField()
    areas = models.JSONField(default=list)  # special areas in which the re-check is intensified
    onsite = models.BooleanField()  # by the share of the level
    why = models.JSONField(default=list)  # the rules the three stand on, as decisions keep them
    spot = models.BooleanField(default=False)  # drawn for a check of the review's own work
    state = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    overdue_on = models.DateField(null=True)  # the day its re-check was reported as overdue
    notice = models.CharField(max_length=24, blank=True, default="")  # number of the publicity, GS2026 00012
    publicised_on = models.DateField(null=True)
    publicity_ends = models.DateField(null=True)  # its last day
    publicity_provisional = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = GradingQuerySet.as_manager()

    class Meta:
        db_table = "grading_grading"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["organizing", "state"], name="grading_organizing_state"),
            models.Index(fields=["department", "state"], name="grading_department_state"),
            models.Index(fields=["jurisdiction", "state"], name="grading_jurisdiction_state"),
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """FH2026 00012."""
        return f"{self.number[:-DIGITS]} {self.number[-DIGITS:]}"


class PaperAudit(models.Model):
    """Every report's papers against the check list (quality-2015/4)."""

    grading = models.OneToOneField(Grading, models.PROTECT, related_name="papers")
    points = models.JSONField()  # [{id, title, clause, met, words}]
    met = models.BooleanField()
    words = models.TextField(blank=True, default="")
    audited_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    audited_at = models.DateTimeField()

    class Meta:
        db_table = "grading_paper_audit"
