"""Self-assessors 自评员: where they come from, their training, the money for it (uplift/18)."""

from typing import ClassVar

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.creation.models.cycles import Cycle
from dabiao.organisations.models import Site, Unit
from dabiao.people.models import Account


class From(models.TextChoices):
    DEPARTMENT = "department", "部门"
    WORKSHOP = "workshop", "车间"
    SHIFT = "shift", "班组"


class Assessor(models.Model):
    """A member of the team from a day, until the first day no longer."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    cycle = models.ForeignKey(Cycle, models.PROTECT)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=From.choices)
    department = models.CharField(max_length=60)
    trade = models.CharField(max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, null=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "creation_assessor"
        ordering: ClassVar = ["id"]


class Trainer(models.TextChoices):
    ORGANIZING = "organizing_unit", "评审组织单位"
    INSTITUTION = "institution", "培训机构"


class Training(models.Model):
    """One self-assessor's training. `valid_until`: the last day it counts, None without end."""

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="trainings")
    by = models.CharField(max_length=20, choices=Trainer.choices)
    provider = models.CharField(max_length=80)
    began_on = models.DateField()
    ended_on = models.DateField()
    hours = models.PositiveSmallIntegerField()
    certificate = models.CharField(max_length=60, blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "creation_training"
        ordering: ClassVar = ["-ended_on", "-id"]


class TrainingFund(models.Model):
    """Money set aside for training in a year and what was spent of it, in yuan."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    amount = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "creation_training_fund"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "year"], name="training_fund_once")]
