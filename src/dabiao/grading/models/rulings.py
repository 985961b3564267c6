"""Rulings 决定: proposed by one person, made by another, on facts and rules that are kept with them."""

from typing import ClassVar

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.grading.models.gradings import Grading
from dabiao.people.models import Account


class Matter(models.TextChoices):
    RECHECK = "recheck", "复核意见"
    PUBLICITY = "publicity", "公示"
    ANNOUNCEMENT = "announcement", "公告定级"
    REFUSAL = "refusal", "不予定级"


class Ruling(models.Model):
    """Keeps what it rests on: it recomputes for ever from that alone."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="rulings")
    matter = models.CharField(max_length=20, choices=Matter.choices)
    outcome = models.CharField(max_length=20)  # pass, back_to_review, back_to_rectify, back_to_write, refuse
    grounds = models.JSONField(default=list)  # of a refusal: [{text, clause}]
    words = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)  # evidence
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)  # on which everything was asked for the decision
    facts = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    obstacles = models.JSONField(default=list)  # what rules.outcomes found: [{text, clause}]
    sent_back = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "grading_ruling"
        ordering: ClassVar = ["id"]


class Judgement(models.Model):
    """What a person found on one condition that the facts leave open, before publicity."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="judgements")
    condition = models.CharField(max_length=80)
    met = models.BooleanField()
    words = models.CharField(max_length=300)
    found_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "grading_judgement"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grading", "condition"], name="judgement_once")
        ]
