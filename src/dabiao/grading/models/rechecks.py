"""The re-check on site, what it says of the review and of each reviewer, and draws of spot checks."""

from typing import ClassVar

from django.db import models

from dabiao.grading.models.gradings import Grading
from dabiao.organisations.models import Body
from dabiao.people.models import Account
from dabiao.sheets.models import Sheet


class Recheck(models.Model):
    """One a grading. `extras`: the intensified items, answered apart from the sheet."""

    grading = models.OneToOneField(Grading, models.PROTECT, related_name="recheck")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey(Account, models.PROTECT, related_name="+")
    visit_on = models.DateField()
    extras = models.JSONField(default=list)  # [{id, area, title, words, met, by}]; met is null until answered
    comparison = models.JSONField(null=True)  # rules.comparing, once finished
    majors = models.JSONField(default=list)  # lines found to be major hazards
    arranged_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "grading_recheck"


class Measure(models.Model):
    """What one re-check says of one reviewer. Drift: thousandths, positive where the review was lenient."""

    recheck = models.ForeignKey(Recheck, models.PROTECT, related_name="measures")
    reviewer = models.ForeignKey(Account, models.PROTECT, related_name="measures")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # the review unit
    compared = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField()
    drift = models.BigIntegerField()
    missed_vetoes = models.PositiveIntegerField()
    missed_majors = models.PositiveIntegerField()
    rectified = models.PositiveIntegerField(default=0)  # put right since the review: neither agreed nor drift
    measured_at = models.DateTimeField()

    class Meta:
        db_table = "grading_measure"
        constraints: ClassVar = [models.UniqueConstraint(fields=["recheck", "reviewer"], name="measure_once")]


class SpotDraw(models.Model):
    """A draw of reports whose review is checked on the spot: anybody can repeat it."""

    organizing = models.ForeignKey(Body, models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    record = models.JSONField()  # draw.Drawn: list, digest, words of the parties, order
    share = models.JSONField()  # the rule, as decisions keep it
    drawn_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        db_table = "grading_spot_draw"
        ordering: ClassVar = ["-id"]
