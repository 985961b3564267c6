"""The rectification check 整改确认 on site: one visit of the team, or of a part of it, and what it covers."""

from typing import ClassVar

from django.db import models

from dabiao.people.models import Account
from dabiao.reviews.models.rectifications import Finding, Submission
from dabiao.reviews.models.reviews import Review
from dabiao.sheets.models import Sheet


class Check(models.Model):
    """Of findings reported done by one submission; what is submitted anew is checked anew."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="checks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="checks")
    turn = models.PositiveSmallIntegerField()  # 1, 2, … of this review
    visit_on = models.DateField()
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Account, models.PROTECT, related_name="+")
    visitors = models.JSONField()  # [{account, name, place, number}] as in the team of the review
    state = models.CharField(max_length=20)  # states.checks
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")  # of one called off
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "reviews_check"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "turn"], name="check_turn_once"),
        ]


class CheckOutcome(models.TextChoices):
    CONFIRMED = "confirmed", "确认销号"
    RETURNED = "returned", "退回整改"
    SETTLED = "settled", "已另行确认"


class Checked(models.Model):
    """A finding that a check covers. `outcome` is empty until the check is concluded."""

    visit = models.ForeignKey(Check, models.PROTECT, related_name="covers")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="checked")
    line = models.CharField(max_length=40)  # of the sheet
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices, blank=True, default="")
    words = models.TextField(blank=True, default="")

    class Meta:
        db_table = "reviews_checked"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "finding"], name="checked_once_a_check"),
        ]
