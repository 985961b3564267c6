"""Objections 异议 of the public against what is publicised."""

from typing import ClassVar, Self

from django.db import models

from dabiao.grading.models.gradings import Grading, at_bodies
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body
from dabiao.people.models import Account

LONGEST = 2000  # characters of one objection
LONGEST_NAME = 60
LONGEST_CONTACT = 120


class Aim(models.TextChoices):
    """What it is aimed at; one aimed at the department is decided one level up."""

    UNIT = "unit", "企业不符合条件"
    REVIEW = "review", "评审或者复核不实"
    DEPARTMENT = "department", "公示部门的办理"
    OTHER = "other", "其他"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who states the facts, who decides, and the bureau of the city; the sender asks by receipt."""
        if actor.holds(Role.BUREAU_CITY):
            return self
        organizers = at_bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD)
        deciders = at_bodies(actor, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
        return self.filter(models.Q(grading__organizing__in=organizers) | models.Q(decider__in=deciders))


class Objection(models.Model):
    """`decider`: the body that decides. Open until it is answered; while open nothing is announced."""

    journal_secret = ("words", "name", "contact", "receipt")

    receipt = models.CharField(max_length=30, unique=True)
    grading = models.ForeignKey(Grading, models.PROTECT, related_name="objections")
    decider = models.ForeignKey(Body, models.PROTECT, related_name="+")
    aim = models.CharField(max_length=20, choices=Aim.choices)
    words = models.TextField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True, default="")  # empty: anonymous
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True, default="")
    received_at = models.DateTimeField()
    received_on = models.DateField()
    overdue_on = models.DateField(null=True)
    facts = models.TextField(blank=True, default="")  # as the organizing unit states them
    stated_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    reply = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        db_table = "grading_objection"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["grading"], condition=models.Q(decided_at=None), name="objection_open")
        ]
