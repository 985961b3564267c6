"""Creation work of a unit. First form: the self-assessment 自评 and its report."""

from typing import Self

from django.db import models

from dabiao.creation.models.cycles import watched_by
from dabiao.creation.states.assessments import AssessmentState
from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Jurisdiction, Unit
from dabiao.sheets.models import Sheet


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own; officials see those handed in, of their territory."""
        mine = models.Q(unit__in=actor.units)
        handed_in = models.Q(state=AssessmentState.HANDED_IN)
        return self.filter(mine | (handed_in & watched_by(actor)))


class SelfAssessment(models.Model):
    """One self-assessment: a sheet, a team, a report posted inside the unit, then handed in."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    sheet = models.OneToOneField(Sheet, models.PROTECT)
    level = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    reason = models.JSONField(default=dict)  # why this edition was proposed
    opinion = models.TextField(blank=True, default="")  # the unit's conclusion
    posted_on = models.DateField(null=True)
    posted_where = models.CharField(max_length=120, blank=True, default="")
    posting_ends = models.DateField(null=True)
    posting_provisional = models.BooleanField(default=False)
    handed_in_at = models.DateTimeField(null=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True)
    version = models.PositiveIntegerField(default=1)

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        db_table = "creation_self_assessment"
