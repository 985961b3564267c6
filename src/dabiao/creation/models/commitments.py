"""The commitment letter 承诺书: signed by the principal over its exact text, published (uplift/16)."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import PublicRecord
from dabiao.creation.models.cycles import Cycle, watched_by
from dabiao.creation.states.commitments import CommitmentState
from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Jurisdiction, Unit
from dabiao.people.models import Account


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(models.Q(unit__in=actor.units) | watched_by(actor))


class Commitment(models.Model):
    """One letter; its text never changes. `letter`: template and its version, such as commitment@1."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    cycle = models.ForeignKey(Cycle, models.PROTECT)
    letter = models.CharField(max_length=60)
    text = models.TextField()
    digest = models.CharField(max_length=80)  # sha256:… over the text in UTF-8
    account = models.ForeignKey(Account, models.PROTECT)
    signer = models.CharField(max_length=40)
    signed_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")
    record = models.OneToOneField(PublicRecord, models.PROTECT)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        db_table = "creation_commitment"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(state=CommitmentState.IN_FORCE.value),
                name="one_commitment_in_force_a_unit",
            )
        ]
