"""What is done about announcements (architecture, section 4), what time does, what a check-up looks at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from dabiao.base import clock
from dabiao.base.upkeep.findings import Finding
from dabiao.creation import tasks as creation
from dabiao.creation.models import Case, Commitment, Cycle, LeadingGroup, SelfAssessment
from dabiao.creation.states import assessments, cases
from dabiao.creation.states.commitments import CommitmentState
from dabiao.creation.states.cycles import CycleState
from dabiao.field import tasks as field
from dabiao.grading import tasks as grading
from dabiao.grading.models import Grading
from dabiao.grading.states import gradings
from dabiao.hazards import tasks as hazards
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import TIME
from dabiao.office.reviews import made as reports
from dabiao.organisations import tasks as organisations
from dabiao.organisations.models import Unit
from dabiao.organisations.queries import cards
from dabiao.organisations.services import changing
from dabiao.people import tasks as people
from dabiao.reviews import tasks as review_tasks
from dabiao.reviews.models import Review, ServiceContract
from dabiao.reviews.states import reviews
from dabiao.sheets import tasks as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.states import SheetState
from dabiao.standards import tasks as standards
from dabiao.supervision import tasks as supervision
from dabiao.supervision.queries import verifications


def renew_sheets(news: Mapping[str, Any], _: str) -> None:
    """A veto that applies at once reaches the open sheets; safe to run again."""
    if news["at_once"]:
        sheets.renew(clock.now())


def follow_unit(news: Mapping[str, Any], _: str) -> None:
    """What is still open about a unit that moved is stamped with where it lies now; safe to run again."""
    unit, at = Unit.objects.get(pk=news["unit"]), clock.now()
    for rows in open_rows(unit):
        changing.restamp(unit=unit, rows=rows, by=TIME, at=at)


def open_rows(unit: Unit) -> Iterator[Iterable[Model]]:
    """Of every subject: what carries the place of the unit and is not closed."""
    yield Hazard.objects.filter(unit=unit).exclude(state=HazardState.CLOSED)
    yield Sheet.objects.filter(unit=unit, state=SheetState.OPEN)
    yield SelfAssessment.objects.filter(unit=unit).exclude(state__in=assessments.FINAL)
    yield Case.objects.filter(unit=unit, state__in=cases.RUNNING)
    yield Cycle.objects.filter(unit=unit, state=CycleState.OPEN)
    yield Review.objects.filter(unit=unit, state__in=reviews.OPEN)
    yield ServiceContract.objects.filter(unit=unit)
    yield Grading.objects.filter(unit=unit, state__in=gradings.RUNNING)
    yield verifications.waiting().filter(unit=unit)
    yield LeadingGroup.objects.filter(unit=unit)
    yield Commitment.objects.filter(unit=unit, state=CommitmentState.IN_FORCE)


def open_grading(news: Mapping[str, Any], _: str) -> None:
    """A report that came in is re-checked; safe to run again."""
    grading.open_for(news["report"], clock.now())


REACTIONS: Mapping[str, tuple[Callable[[Mapping[str, Any], str], None], ...]] = {
    "VetoChanged": (renew_sheets,),
    "UnitMoved": (follow_unit,),
    "ReportSubmitted": (open_grading,),
}

# Each finds what is due at a moment and calls the service; `dabiao tick` runs them in this order.
TASKS: tuple[Callable[[datetime], object], ...] = (
    people.take_up_imports,
    organisations.complete_cards,
    sheets.renew,
    standards.tick,
    creation.tick,
    hazards.tick,
    review_tasks.tick,
    reports.keep_waiting,
    grading.tick,
    supervision.tick,
    field.tick,
)

# Checks of the subjects, after those of `base.upkeep`; `dabiao doctor` runs them.
CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (cards.check,)
