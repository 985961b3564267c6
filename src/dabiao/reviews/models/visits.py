"""The initial visit 初访现场核验: the gate before a review may be planned."""

from typing import ClassVar

from django.db import models

from dabiao.people.models import Account
from dabiao.reviews.models.reviews import Review
from dabiao.sheets.models import Sheet


class Outcome(models.TextChoices):
    CLEAR = "clear", "通过，可以启动评审"
    HOLD = "hold", "暂缓，先行整改"


class InitialVisit(models.Model):
    """One visit; after a held gate comes the next. `outcome` is empty until it is closed."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="visits")
    turn = models.PositiveSmallIntegerField()
    visit_on = models.DateField()
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Account, models.PROTECT, related_name="+")
    visitors = models.JSONField()  # [{account, name, number}] as qualified on the visit day
    begun_at = models.DateTimeField()
    begun_on = models.DateField()
    outcome = models.CharField(max_length=10, blank=True, default="", choices=Outcome.choices)
    reasons = models.JSONField(default=list)  # [{words, clause}] that held it
    words = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "reviews_initial_visit"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "turn"], name="initial_visit_turn_once")
        ]
