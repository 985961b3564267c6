"""A visit that answers a verification, who goes, and what it comes to."""

from typing import ClassVar

from django.db import models

from dabiao.organisations.models import Body
from dabiao.people.models import Account
from dabiao.sheets.models import Sheet
from dabiao.supervision.models.verifications import Outcome, Verification
from dabiao.supervision.states.verifications import UNDER_WAY


class VerifyingVisit(models.Model):
    """`sheet` is there from the opening on; what is concluded stands beside it, with what it rests on."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="visits")
    turn = models.PositiveSmallIntegerField()  # 1, 2, … of this verification
    visit_on = models.DateField()
    lead = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sheet = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20)  # states.verifications
    arranged_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    reasons = models.JSONField(default=list)  # rules.outcomes.Reason
    content = models.JSONField(default=list)  # [{id, title, words}] by law verification.content
    judged = models.JSONField(null=True)  # rules.judging: the review against the visit
    majors = models.JSONField(default=list)  # lines found to be major hazards
    rules = models.JSONField(default=list)  # as decisions keep them
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")  # of one called off
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "supervision_visit"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verification", "turn"], name="verifying_turn_once"),
            models.UniqueConstraint(
                fields=["verification"],
                condition=models.Q(state__in=sorted(each.value for each in UNDER_WAY)),
                name="one_verifying_visit_at_a_time",
            ),
        ]

    @property
    def opened(self) -> Sheet:
        """Its sheet; LookupError before it is opened."""
        if self.sheet is None:
            raise LookupError(f"visit {self.pk}: no sheet yet")
        return self.sheet


class Verifier(models.Model):
    """An officer who goes. The pledge comes before the sheet opens; who has an interest stands aside."""

    visit = models.ForeignKey(VerifyingVisit, models.PROTECT, related_name="verifiers")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # for which they go
    pledged_at = models.DateTimeField(null=True)
    pledge = models.CharField(max_length=300, blank=True, default="")  # its words
    aside_at = models.DateTimeField(null=True)
    interest = models.JSONField(null=True)  # reviews.rules.recusal.Declared, of who stands aside

    class Meta:
        db_table = "supervision_verifier"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "account"], name="verifier_once"),
            models.CheckConstraint(
                condition=models.Q(pledged_at=None) | models.Q(aside_at=None), name="pledged_or_aside"
            ),
        ]
