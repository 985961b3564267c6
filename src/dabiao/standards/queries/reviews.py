"""The five-year list: which standards are due for review, and where that stands (uplift/1)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dabiao import law
from dabiao.standards.models import Making, Standard
from dabiao.standards.rules import five_years
from dabiao.standards.rules.five_years import Chasing, Clock
from dabiao.standards.states import RUNNING

PERIOD = "standards.review.period"


@dataclass(frozen=True, slots=True)
class DueStandard:
    """A standard with its clock; `making` is the running duty to revise it."""

    standard: Standard
    clock: Clock
    making: Making | None


def due_for_review(day: date, *, soon: bool = False) -> list[DueStandard]:
    """Standards due on that day, the longest first; with `soon` also those due within half a year."""
    rows = (clock_of(each, day, making) for each, making in _with_makings(in_force(day)))
    wanted = {Chasing.DUE, Chasing.CHASED, Chasing.REVISING} | ({Chasing.SOON} if soon else set())
    return sorted((row for row in rows if row.clock.chasing in wanted), key=lambda row: row.clock.due)


def in_force(day: date) -> QuerySet[Standard]:
    """Standards that are in force and not withdrawn."""
    rows = Standard.objects.filter(in_force__lte=day).select_related("owner")
    return rows.exclude(withdrawn__lte=day).order_by("number")


def clock_of(standard: Standard, day: date, making: Making | None) -> DueStandard:
    """The clock of a standard that is in force."""
    years = law.on(day)[PERIOD].number
    due = five_years.due_day(standard.in_force or day, standard.reviewed, years)
    found = five_years.clock(due, day, chased=standard.chased, revising=making is not None)
    return DueStandard(standard, found, making)


def revision_of(standard: Standard) -> Making | None:
    """The running duty to revise a standard."""
    return Making.objects.filter(standard=standard, state__in=RUNNING).order_by("pk").first()


def _with_makings(standards: QuerySet[Standard]) -> list[tuple[Standard, Making | None]]:
    running = Making.objects.filter(state__in=RUNNING, standard__isnull=False).order_by("-pk")
    by_standard = {row.standard_id: row for row in running}
    return [(each, by_standard.get(each.pk)) for each in standards]
