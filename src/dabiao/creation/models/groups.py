"""The leading group 领导小组 with its members and meetings, and what it organises (uplift/17)."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.creation.models.cycles import Cycle, watched_by
from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Jurisdiction, Unit
from dabiao.people.models import Account


class LeadingGroupQuerySet(models.QuerySet["LeadingGroup"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own, and those of the official's territory."""
        return self.filter(models.Q(unit__in=actor.units) | watched_by(actor))


class LeadingGroup(models.Model):
    """Formed by a document of the unit; one a unit. Who belongs to it changes by dates."""

    unit = models.OneToOneField(Unit, models.PROTECT)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    cycle = models.ForeignKey(Cycle, models.PROTECT)
    formed_on = models.DateField()
    document = models.CharField(max_length=120)  # title and number of the document
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)

    objects = LeadingGroupQuerySet.as_manager()

    class Meta:
        db_table = "creation_leading_group"


class Place(models.TextChoices):
    HEAD = "head", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"


class GroupMember(models.Model):
    """A person in the group from a day, until the first day no longer. One head at a time."""

    group = models.ForeignKey(LeadingGroup, models.PROTECT, related_name="members")
    place = models.CharField(max_length=20, choices=Place.choices)
    name = models.CharField(max_length=40)
    post = models.CharField(max_length=60, blank=True, default="")
    department = models.CharField(max_length=60, blank=True, default="")
    account = models.ForeignKey(Account, models.PROTECT, null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "creation_group_member"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(place=Place.HEAD.value, until__isnull=True),
                name="one_head_a_group",
            )
        ]


class Meeting(models.Model):
    """A meeting of the group with its minutes."""

    group = models.ForeignKey(LeadingGroup, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    attendance = models.TextField()
    subjects = models.TextField()
    decisions = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "creation_meeting"
        ordering: ClassVar = ["-held_on", "-id"]


class WorkKind(models.TextChoices):
    TRAINING = "training", "全员培训"
    COMPARISON = "comparison", "对标梳理"
    SELF_CORRECTION = "self_correction", "自查自纠"


class Work(models.Model):
    """What was organised: training of all staff, comparison with the standard, self-correction."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    cycle = models.ForeignKey(Cycle, models.PROTECT)
    kind = models.CharField(max_length=20, choices=WorkKind.choices)
    done_on = models.DateField()
    people = models.PositiveIntegerField()
    words = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "creation_work"
        ordering: ClassVar = ["-done_on", "-id"]
