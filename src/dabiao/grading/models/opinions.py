"""Opinions asked of the locality and of the district department (uplift/8, quality-2015/2)."""

from typing import ClassVar

from django.db import models

from dabiao.grading.models.gradings import Grading
from dabiao.organisations.models import Body
from dabiao.people.models import Account


class About(models.TextChoices):
    RECHECK = "recheck", "现场复核"
    ATTAINMENT = "attainment", "达标定级"


class Opinion(models.Model):
    """Asked of a body; given by it, or by the level above after the limit. Silence is never consent."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="opinions")
    about = models.CharField(max_length=20, choices=About.choices)
    giver = models.CharField(max_length=20)  # of law opinion.givers
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due = models.DateField()
    due_provisional = models.BooleanField(default=False)
    above = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")  # whom it was escalated to
    escalated_on = models.DateField(null=True)
    appointed = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # by the level above
    joined = models.CharField(max_length=120, blank=True, default="")  # who took part in the re-check
    agrees = models.BooleanField(null=True)
    words = models.TextField(blank=True, default="")
    supervision = models.TextField(blank=True, default="")  # the facts of daily supervision
    facts = models.JSONField(default=list)  # of standing, as known on the day
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    given_for = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "grading_opinion"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["body"], condition=models.Q(given_at=None), name="opinion_waiting")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grading", "about", "giver"], name="opinion_once")
        ]
