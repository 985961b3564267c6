"""The service contract 服务合同 between a unit and a firm: review, consulting or training."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.creation.models import Case
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.people.models import Account
from dabiao.reviews.models.reviews import Review

DIGITS = 5


class ContractKind(models.TextChoices):
    REVIEW = "review", "评审服务"
    CONSULTING = "consulting", "咨询服务"
    TRAINING = "training", "培训服务"


class ContractQuerySet(models.QuerySet["ServiceContract"]):
    def visible_to(self, actor: Actor) -> Self:
        """Both sides, and whoever watches the unit."""
        if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
            return self
        firms = [post.body for post in actor.posts if post.role == Role.REVIEW_ADMIN]
        return self.filter(
            models.Q(unit__in=actor.units)
            | models.Q(body__in=firms)
            | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
            | models.Q(locality__in=actor.localities(Role.LOCALITY))
        )


class ServiceContract(models.Model):
    """What separation looks at. `body` is the firm where it is on file here; its name stands in `firm`."""

    number = models.CharField(max_length=20, unique=True)  # FW2026 00012
    kind = models.CharField(max_length=20, choices=ContractKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contracts")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    locality = models.ForeignKey(Body, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="contracts")  # of a review
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="contracts")
    firm = models.CharField(max_length=80)
    firm_code = models.CharField(max_length=30, blank=True, default="")
    legal_person = models.CharField(max_length=40, blank=True, default="")
    shareholders = models.JSONField(default=list)  # names
    staff = models.JSONField(default=list)  # [{name, number}]: who does the work
    unit_signer = models.CharField(max_length=40)
    firm_signer = models.CharField(max_length=40)
    scope = models.TextField()
    signed_on = models.DateField()  # as the paper says
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day; None: until the work is done
    fee = models.PositiveBigIntegerField(default=0)  # yuan
    review_fee = models.PositiveBigIntegerField(default=0)  # how much of it is for reviewing
    for_creation = models.BooleanField(default=False)  # consulting declared to be for creation
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    late = models.BooleanField(default=False)  # entered after the day it was signed
    state = models.CharField(max_length=20)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    declined = models.CharField(max_length=300, blank=True, default="")  # why
    consults = models.BooleanField(null=True)  # training: does it count as consulting? a person says
    judged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    judged_why = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = ContractQuerySet.as_manager()

    class Meta:
        db_table = "reviews_contract"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["body", "state"], name="contract_body_state"),
            models.Index(fields=["jurisdiction", "state"], name="contract_jurisdiction_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind=ContractKind.REVIEW.value)
                | models.Q(case__isnull=False, body__isnull=False),
                name="review_contract_has_case_and_body",
            )
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """FW2026 00012."""
        return f"{self.number[:-DIGITS]} {self.number[-DIGITS:]}"


class Notice(models.Model):
    """告知: a department or locality is told of a review contract; without it no visit begins (uplift/8)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="notices")
    to = models.ForeignKey(Body, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_on = models.DateField()
    acknowledged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True, default="")  # of who acknowledges

    class Meta:
        db_table = "reviews_notice"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "to"], name="notice_once")]


class Conflict(models.Model):
    """A conflict of consulting and review found after the review had begun: both records and the clause."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="conflicts")
    contract = models.ForeignKey(ServiceContract, models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20)  # same_firm, same_owner, same_person
    words = models.CharField(max_length=300)
    first = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    clauses = models.JSONField(default=list)
    found_at = models.DateTimeField()
    found_on = models.DateField()
    name = models.CharField(max_length=40, blank=True, default="")  # known at both firms by the name alone
    released_on = models.DateField(null=True)  # they were found to be two persons

    class Meta:
        db_table = "reviews_conflict"
        ordering: ClassVar = ["id"]


class Namesake(models.Model):
    """重名: one name at the firm that reviews and at one that advises: is it one person? A person says so.

    `account`: of whom it is asked, where that is one person asked to review, say an expert; else it is of
    whoever the review unit employs under this name.
    """

    reviewing = models.ForeignKey(ServiceContract, models.PROTECT, related_name="namesakes")
    advice = models.ForeignKey(ServiceContract, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    same = models.BooleanField(null=True)  # None: nobody has said
    why = models.CharField(max_length=300, blank=True, default="")
    judged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_namesake"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reviewing", "advice", "name"],
                condition=models.Q(account=None),
                name="namesake_once",
            ),
            models.UniqueConstraint(fields=["reviewing", "advice", "account"], name="namesake_once_a_person"),
        ]
