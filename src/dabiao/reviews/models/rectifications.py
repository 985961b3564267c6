"""Meetings of a review, its findings and their putting right, extensions, limits reported as passed."""

from typing import Any, ClassVar

from django.db import models

from dabiao.hazards.models import Hazard
from dabiao.people.models import Account
from dabiao.reviews.models.plans import Plan
from dabiao.reviews.models.reviews import Review


class MeetingKind(models.TextChoices):
    OPENING = "opening", "首次会议"
    CLOSING = "closing", "末次会议"


class Meeting(models.Model):
    """Who was there, and what was said."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=20, choices=MeetingKind.choices)
    attendance = models.JSONField()  # [{name, side, duty}]
    summary = models.TextField()
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()

    class Meta:
        db_table = "reviews_meeting"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "kind"], name="meeting_once_a_plan")]


class CheckKind(models.TextChoices):
    PAPER = "paper", "书面确认"
    SITE = "site", "现场确认"


class Finding(models.Model):
    """What the review adds to a hazard it found: guidance, money, interim control, how confirmed."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    hazard = models.OneToOneField(Hazard, models.PROTECT, related_name="finding")
    item = models.CharField(max_length=40)  # number of the item, or where it comes from
    guidance = models.TextField(blank=True, default="")
    guided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    money = models.CharField(max_length=60, blank=True, default="")
    interim = models.TextField(blank=True, default="")
    check_kind = models.CharField(max_length=20, choices=CheckKind.choices, blank=True, default="")
    check_words = models.TextField(blank=True, default="")
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_finding"
        ordering: ClassVar = ["id"]

    @property
    def on_site(self) -> Any:
        """What the check on site said that confirmed it; None where it was confirmed otherwise."""
        return next((each for each in self.checked.all() if each.outcome == "confirmed"), None)

    @property
    def said(self) -> str:
        """What was found, named by its item once."""
        text = self.hazard.text
        return text if text.startswith(self.item) else f"{self.item} {text}"


class Submission(models.Model):
    """The unit says that all is put right; its time stands still until the team has answered."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="submissions")
    reported_on = models.DateField()
    reported_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    returned_on = models.DateField(null=True)

    class Meta:
        db_table = "reviews_submission"
        ordering: ClassVar = ["id"]


class Extension(models.Model):
    """Asked in time by the unit, decided with reason by the organizing unit."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="extensions")
    delivered_on = models.DateField()  # of the findings it is asked for
    days = models.PositiveSmallIntegerField()  # working days
    reason = models.TextField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    granted = models.BooleanField(null=True)
    decision = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_extension"
        ordering: ClassVar = ["id"]


class Overdue(models.Model):
    """A limit that passed was reported up, once."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="overdue")
    limit = models.CharField(max_length=60)  # name of the parameter
    due = models.DateField()
    reported_on = models.DateField()

    class Meta:
        db_table = "reviews_overdue"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "limit", "due"], name="overdue_reported_once")
        ]
