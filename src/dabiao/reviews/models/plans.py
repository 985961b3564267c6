"""The plan of a review: when, who, and what each member declared before joining."""

from typing import ClassVar

from django.db import models

from dabiao.organisations.models import Body
from dabiao.people.models import Account
from dabiao.reviews.models.reviews import Review
from dabiao.reviews.rules.visits import Hours, Span
from dabiao.sheets.models import Sheet


class MemberPlace(models.TextChoices):
    LEADER = "leader", "组长"
    REVIEWER = "reviewer", "评审员"
    EXPERT = "expert", "评审专家"


class Plan(models.Model):
    """One in force a review; a plan that is withdrawn stays with its reason."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="plans")
    edition = models.PositiveSmallIntegerField()  # 1, 2, … of this review
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours = models.CharField(max_length=4)  # rules.visits.Hours
    leader = models.ForeignKey(Account, models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)  # where the team meets
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, null=True, related_name="+"
    )  # from the opening meeting on
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "reviews_plan"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "edition"], name="plan_edition_once"),
            models.UniqueConstraint(
                fields=["review"], condition=models.Q(withdrawn_at=None), name="one_plan_a_review"
            ),
        ]

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on, Hours(self.hours))


class Member(models.Model):
    """Somebody asked to join. Who declares a tie stands aside, and the reasons stay."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    place = models.CharField(max_length=20, choices=MemberPlace.choices)
    certificate = models.CharField(max_length=60)  # number of the qualification, as on the visit day
    specialties = models.CharField(max_length=200)
    accepted_at = models.DateTimeField(null=True)
    declaration = models.JSONField(null=True)  # rules.recusal.Declared
    declined_at = models.DateTimeField(null=True)
    declined_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "reviews_member"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "account"], name="member_once_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.account.name}（{self.get_place_display()}）"


class Stint(models.Model):
    """A half-day of somebody given to a visit: the database itself keeps two visits apart."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="stints")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    day = models.DateField()
    half = models.CharField(max_length=4)

    class Meta:
        db_table = "reviews_stint"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "day", "half"], name="one_visit_a_half_day")
        ]


class ExpertDraw(models.Model):
    """Experts by specialty: the list is frozen first, both bodies give a word, the order follows (`draw`)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="draws")
    specialty = models.CharField(max_length=40)
    count = models.PositiveSmallIntegerField()
    keys = models.JSONField()  # numbers of qualifications, in their order
    left_out = models.JSONField(default=list)  # [{name, why}]: known to have to stand aside
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    words = models.JSONField(default=dict)  # name of the body -> its word
    record = models.JSONField(null=True)  # draw.Drawn, once both words are there
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_expert_draw"
        ordering: ClassVar = ["id"]


class RemarkKind(models.TextChoices):
    ATTEND = "attend", "将到场"
    REMARK = "remark", "意见"


class Remark(models.Model):
    """An authority follows the review: says that it will come, or leaves a remark that must be answered."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="remarks")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RemarkKind.choices)
    words = models.TextField(blank=True, default="")
    said_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_remark"
        ordering: ClassVar = ["id"]
