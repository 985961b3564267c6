"""The review 评审 of a case by one review unit, and the report 评审报告 it ends in."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.creation.models import Case
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.people.models import Account
from dabiao.reviews.states.reviews import RUNNING
from dabiao.sheets.models import Sheet
from dabiao.standards.models import Rulebook

DIGITS = 5  # of the running number, said apart from the year on the phone
AT_REVIEW_UNIT = (Role.REVIEW_ADMIN, Role.REVIEWER, Role.EXPERT)


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit, review and organizing unit, officials of the territory, experts asked to join."""
        if actor.holds(*CITY_ROLES):
            return self
        return self.filter(
            _joined(actor)
            | models.Q(unit__in=actor.units)
            | models.Q(body__in=_bodies(actor, *AT_REVIEW_UNIT))
            | models.Q(organizing__in=_bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD))
            | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
            | models.Q(locality__in=actor.localities(Role.LOCALITY))
        )


def _joined(actor: Actor) -> models.Q:
    """Experts belong to another body; they see the reviews they are asked to join."""
    if not actor.holds(Role.EXPERT):
        return models.Q(pk__in=[])
    asked = Review._base_manager.filter(plans__members__account=actor.account)
    return models.Q(pk__in=asked.values("pk"))


def _bodies(actor: Actor, *roles: Role) -> list[int]:
    return [post.body for post in actor.posts if post.role in roles and post.body is not None]


class Review(models.Model):
    """Keys that decide visibility and who acts are stamped when the contract is signed."""

    number = models.CharField(max_length=20, unique=True)  # PS2026 00012
    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviews")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    locality = models.ForeignKey(Body, models.PROTECT, related_name="+")
    department = models.ForeignKey(Body, models.PROTECT, related_name="+")  # answers for the level
    organizing = models.ForeignKey(Body, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="reviews")  # the review unit
    level = models.CharField(max_length=20)
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, null=True)  # of the day of acceptance
    state = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    contracted_on = models.DateField()
    cleared_on = models.DateField(null=True)  # the gate passed; the limit of the review runs from it
    delivered_on = models.DateField(null=True)  # findings delivered; rectification runs from it
    rectify_due = models.DateField(null=True)  # with the extension, where one was given
    due_provisional = models.BooleanField(default=False)
    rectified_on = models.DateField(null=True)
    reported_at = models.DateTimeField(null=True)
    stopped_from = models.CharField(max_length=20, blank=True, default="")  # where it goes on, once released
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        db_table = "reviews_review"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["body", "state"], name="review_body_state"),
            models.Index(fields=["organizing", "state"], name="review_organizing_state"),
            models.Index(fields=["jurisdiction", "state"], name="review_jurisdiction_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=sorted(state.value for state in RUNNING)),
                name="one_running_review_a_case",
            )
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """PS2026 00012."""
        return f"{self.number[:-DIGITS]} {self.number[-DIGITS:]}"


class Report(models.Model):
    """Handed in once and frozen; what a re-check sends back ends in another one, of the next version."""

    number = models.CharField(max_length=24, unique=True)  # BG2026 00012, said and checked by number or QR
    review = models.ForeignKey(Review, models.PROTECT, related_name="reports")
    edition = models.PositiveSmallIntegerField(default=1)  # 1, 2, … of this review
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")  # the on-site review's, signed by both
    team = models.JSONField()  # [{account, name, role, number of certificate, specialty}] as on the visit day
    verdict = models.CharField(max_length=20)  # a level, or "failed"
    score = models.JSONField()  # the sheet's result: score, level, reasons
    opinion = models.TextField()  # of the review unit
    findings = models.JSONField(default=list)  # of hazards: key, words, plan, closed on
    content = models.JSONField(default=dict)  # everything else that is printed
    digest = models.CharField(max_length=80)  # over all of the above, in canonical form
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")  # the PDF
    submitted_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()

    class Meta:
        db_table = "reviews_report"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "edition"], name="report_edition_once")
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """BG2026 00012."""
        return f"{self.number[:-DIGITS]} {self.number[-DIGITS:]}"
