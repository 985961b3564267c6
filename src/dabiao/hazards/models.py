"""Findings: hazards 隐患 and non-conformities 不符合项, one kind of row whoever found them."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit


class HazardKind(models.TextChoices):
    HAZARD = "hazard", "隐患"
    NONCONFORMITY = "nonconformity", "不符合项"


class RiskLevel(models.TextChoices):
    MAJOR = "major", "重大风险（红）"
    LARGER = "larger", "较大风险（橙）"
    ORDINARY = "ordinary", "一般风险（黄）"
    LOW = "low", "低风险（蓝）"


class RiskPoint(models.Model):
    """A point of the risk register: what may happen where, how grave, in whose hands (uplift/13)."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    place = models.CharField(max_length=80)
    activity = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)  # of accident, such as 机械伤害
    level = models.CharField(max_length=20, choices=RiskLevel.choices)
    measures = models.TextField()
    responsible = models.CharField(max_length=40)
    review_on = models.DateField()
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "hazards_risk_point"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "place", "activity", "kind"],
                condition=models.Q(removed_on__isnull=True),
                name="risk_point_once",
            )
        ]


class Screening(models.Model):
    """A screening: when, who, by which check list. What it found are hazards of this origin."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    screened_on = models.DateField()
    people = models.CharField(max_length=120)
    checklist = models.CharField(max_length=120)
    places = models.CharField(max_length=200)
    words = models.TextField(blank=True, default="")
    found = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "hazards_screening"
        ordering: ClassVar = ["-screened_on", "-id"]


class HazardQuerySet(models.QuerySet["Hazard"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own; officials see those of their territory."""
        if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
            return self
        return self.filter(
            models.Q(unit__in=actor.units)
            | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
            | models.Q(unit__locality__in=actor.localities(Role.LOCALITY))
        )


class Hazard(models.Model):
    """Limit, who extends, who confirms and origin are stamped by the subject that raised it."""

    kind = models.CharField(max_length=20, choices=HazardKind.choices)
    major = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.PROTECT)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    origin = models.CharField(max_length=20)  # kind of the thing that raised it, such as an occasion
    origin_key = models.BigIntegerField()
    standard_item = models.CharField(
        max_length=60, blank=True, default=""
    )  # edition digest#item, for recurrence
    number = models.CharField(max_length=40, unique=True)
    text = models.TextField()  # what was found
    cause = models.TextField(blank=True, default="")
    corrective = models.TextField(blank=True, default="")
    preventive = models.TextField(blank=True, default="")
    responsible = models.CharField(max_length=40, blank=True, default="")
    due = models.DateField(null=True)
    state = models.CharField(max_length=20)
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    risk = models.ForeignKey(RiskPoint, models.PROTECT, null=True)  # the point of the register it belongs to
    recurs = models.ForeignKey("self", models.PROTECT, null=True)  # the earlier one it repeats
    returned = models.TextField(blank=True, default="")  # why it was sent back last
    done_words = models.TextField(blank=True, default="")  # what was done
    done_by = models.BigIntegerField(null=True)  # account that reported it done
    confirmer = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")  # None: the unit itself
    limit = models.DateField(null=True)  # stamped by who raised it; no plan goes beyond it
    version = models.PositiveIntegerField(default=1)

    objects = HazardQuerySet.as_manager()

    class Meta:
        db_table = "hazards_hazard"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who handed over, who received, the unit, officials of the whole city."""
        if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
            return self
        held = models.Q(to__in=actor.bodies) | models.Q(sender__in=actor.bodies)
        mine = models.Q(hazard__unit__in=actor.units) | models.Q(escalated_to__in=actor.bodies)
        return self.filter(held | mine)


class Handover(models.Model):
    """移交: a hazard or violation told to a body that has to act; the answer comes back to the sender."""

    hazard = models.ForeignKey("Hazard", models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=20)  # rules.handovers: report 报告, enforcement 移交
    category = models.CharField(max_length=20)  # rules.handovers.CATEGORIES
    sender = models.ForeignKey(Body, models.PROTECT, related_name="+")  # whom the answer goes back to
    to = models.ForeignKey(Body, models.PROTECT, related_name="+")
    words = models.TextField()
    sent_by = models.BigIntegerField(null=True)  # account; None: a limit that passed
    sent_at = models.DateTimeField()
    sent_on = models.DateField()
    due = models.DateField()  # to be acknowledged by
    due_provisional = models.BooleanField(default=False)
    acknowledged_by = models.BigIntegerField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    escalated_on = models.DateField(null=True)
    escalated_to = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True, default="")
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        db_table = "hazards_handover"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["to", "answered_at"], name="handover_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hazard", "to", "kind"], name="handover_once")
        ]


class Evidence(models.Model):
    """What shows that a hazard was put right."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    words = models.CharField(max_length=200, blank=True, default="")
    received_at = models.DateTimeField()

    class Meta:
        db_table = "hazards_evidence"
        ordering: ClassVar = ["id"]


class Demand(models.Model):
    """A demand of an authority that the unit collected and tracks to its end (uplift/19)."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    issuer = models.CharField(max_length=80)
    text = models.TextField()
    received = models.DateField()
    due = models.DateField(null=True)
    done = models.TextField(blank=True, default="")
    done_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "hazards_demand"
