"""Reading the team of self-assessors."""

from collections.abc import Sequence
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
    members = list(_members(unit, day).select_related("site", "account"))
    newest = {each.assessor_id: each for each in _trainings(members, day).select_related("file")}
    covered = {row.site_id for row in members}
    sites = Site.objects.filter(unit=unit).order_by("id")
    return Team(
        tuple(_trained(row, newest.get(row.pk), day) for row in members),
        tuple(each.name for each in sites if each.pk not in covered),
    )


def counted(unit: int, day: date) -> tuple[int, int]:
    """How many belong to the team on a day, and how many of them are trained; two queries."""
    members = list(_members(unit, day).values_list("pk", flat=True))
    until = dict(_trainings(members, day).values_list("assessor", "valid_until"))  # the newest of each stays
    return len(members), sum(_valid(each, day) for each in until.values())


def _members(unit: int, day: date) -> "models.QuerySet[Assessor]":
    ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
    return Assessor.objects.filter(ended, unit=unit, since__lte=day)


def _trainings(members: Sequence[Assessor | int], day: date) -> "models.QuerySet[Training]":
    """Of these people, the newest last."""
    return Training.objects.filter(assessor__in=members, ended_on__lte=day).order_by("ended_on", "id")


def _trained(row: Assessor, last: Training | None, day: date) -> Trained:
    return Trained(row, last, last is not None and _valid(last.valid_until, day))


def _valid(until: date | None, day: date) -> bool:
    return until is None or day <= until


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
