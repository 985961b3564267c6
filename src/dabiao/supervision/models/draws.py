"""Draws of those to be verified: list and digest first, words after, all that anybody needs to repeat."""

from typing import ClassVar, Self

from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES
from dabiao.organisations.models import Body, Jurisdiction
from dabiao.people.models import Account


class VerificationDrawQuerySet(models.QuerySet["VerificationDraw"]):
    def visible_to(self, actor: Actor) -> Self:
        """The city's officials all; a district's those in their jurisdiction."""
        if actor.holds(*CITY_ROLES):
            return self
        return self.filter(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))


class VerificationDraw(models.Model):
    """One part of a lot: what `department` announced in `year`, of one level, in one jurisdiction."""

    department = models.ForeignKey(Body, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField()  # 1, 2, … of the lot
    announced = models.PositiveIntegerField()  # so many were announced by then
    before = models.PositiveIntegerField()  # of whom so many had been drawn
    count = models.PositiveIntegerField()
    keys = models.JSONField()  # numbers of certificates, frozen
    digest = models.CharField(max_length=64)
    late = models.BooleanField(default=False)  # frozen after the last day for topping up
    words = models.JSONField(default=dict)  # party -> its word
    record = models.JSONField(null=True)  # draw.Drawn, once two parties gave theirs
    rules = models.JSONField()  # as decisions keep them
    frozen_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = VerificationDrawQuerySet.as_manager()

    class Meta:
        db_table = "supervision_draw"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "jurisdiction", "year", "level", "part"], name="verification_part_once"
            ),
            models.UniqueConstraint(
                fields=["department", "jurisdiction", "year", "level"],
                condition=models.Q(drawn_at=None),
                name="one_open_draw_a_lot",
            ),
        ]
