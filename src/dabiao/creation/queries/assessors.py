"""Reading the team of self-assessors."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from dabiao.creation.models.assessors import Assessor, Training, TrainingFund
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Site
from dabiao.people.models import Account, Posting


@dataclass(frozen=True, slots=True)
class Trained:
    """A self-assessor with the newest training; `valid` if it counts on the day."""

    assessor: Assessor
    last: Training | None
    valid: bool


@dataclass(frozen=True, slots=True)
class Team:
    members: tuple[Trained, ...]
    uncovered: tuple[str, ...]  # sites of the unit from which nobody comes

    @property
    def trained(self) -> int:
        return sum(each.valid for each in self.members)

    @property
    def untrained(self) -> tuple[str, ...]:
        return tuple(each.assessor.name for each in self.members if not each.valid)


def team(unit: int, day: date) -> Team:
    """The team on a day; three queries."""
    found = members(unit, day)
    covered = {each.assessor.site_id for each in found}
    sites = Site.objects.filter(unit=unit).order_by("id")
    return Team(found, tuple(each.name for each in sites if each.pk not in covered))


def members(unit: int, day: date) -> tuple[Trained, ...]:
    """Who belongs to the team on a day, with their newest training; two queries."""
    ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
    rows = list(Assessor.objects.filter(ended, unit=unit, since__lte=day).select_related("site", "account"))
    trainings = Training.objects.filter(assessor__in=rows, ended_on__lte=day).select_related("file")
    newest: dict[int, Training] = {}
    for each in trainings.order_by("ended_on", "id"):
        newest[each.assessor_id] = each
    return tuple(_trained(row, newest.get(row.pk), day) for row in rows)


def _trained(row: Assessor, last: Training | None, day: date) -> Trained:
    return Trained(row, last, last is not None and (last.valid_until is None or day <= last.valid_until))


def visible(actor: Actor, key: int) -> Assessor:
    """A self-assessor of the person's own unit."""
    found = Assessor.objects.filter(unit__in=actor.units, pk=key).select_related("unit").first()
    if found is None:
        raise Absent
    return found


def accounts(unit: int, day: date) -> "models.QuerySet[Account]":
    """Accounts posted as self-assessor at the unit on a day, to be linked."""
    posted = Posting.objects.in_force(day).filter(unit=unit, role=Role.SELF_ASSESSOR)
    return Account.objects.filter(pk__in=posted.values("account"), is_active=True).order_by("pk")


def fund(unit: int, year: int) -> TrainingFund | None:
    return TrainingFund.objects.filter(unit=unit, year=year).first()
