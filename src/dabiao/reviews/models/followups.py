"""The follow-up 回访 that a review unit owes once its unit has attained, its visits, what they look at."""

from typing import ClassVar

from django.db import models

from dabiao.people.models import Account
from dabiao.reviews.models.rectifications import Finding
from dabiao.reviews.models.reviews import Review
from dabiao.sheets.models import Sheet


class FollowUp(models.Model):
    """Owed from the announcement; its limit is reckoned from `announced_on` by the law of that day."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="follow_up")
    announced_on = models.DateField()
    count = models.PositiveSmallIntegerField()  # visits owed at least
    state = models.CharField(max_length=20)  # states.followups
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")  # of one that is owed no more
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "reviews_follow_up"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["state", "announced_on"], name="follow_up_state")]


class Revisit(models.Model):
    """One follow-up visit. `left_out` are findings without an item in the edition of today."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="revisits")
    turn = models.PositiveSmallIntegerField()  # 1, 2, … of this review
    visit_on = models.DateField()
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Account, models.PROTECT, related_name="+")
    visitors = models.JSONField()  # [{account, name, number}]
    left_out = models.JSONField(default=list)  # [{number, text}] of hazards
    state = models.CharField(max_length=20)  # states.followups
    begun_at = models.DateTimeField()
    words = models.TextField(blank=True, default="")  # the conclusion
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")  # of one called off
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "reviews_revisit"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "turn"], name="revisit_turn_once"),
            models.UniqueConstraint(
                fields=["review"], condition=models.Q(state="open"), name="one_open_revisit_a_review"
            ),
        ]


class RevisitOutcome(models.TextChoices):
    KEPT = "kept", "保持整改"
    AGAIN = "again", "问题重现"


class Revisited(models.Model):
    """A finding of the review looked at again. `outcome` is empty until the visit is concluded."""

    visit = models.ForeignKey(Revisit, models.PROTECT, related_name="covers")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="revisited")
    line = models.CharField(max_length=40)  # of the sheet
    outcome = models.CharField(max_length=20, choices=RevisitOutcome.choices, blank=True, default="")
    words = models.TextField(blank=True, default="")

    class Meta:
        db_table = "reviews_revisited"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "finding"], name="revisited_once_a_visit"),
        ]
