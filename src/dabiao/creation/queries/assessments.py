"""Reading self-assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from dabiao import law
from dabiao.base import clock, statements
from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.states.assessments import FINAL, AssessmentState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import Absent
from dabiao.kernel.limits import LimitState, running
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion


def visible(actor: Actor, key: int) -> SelfAssessment:
    """The self-assessment, if it exists for this person."""
    rows = SelfAssessment.objects.visible_to(actor).select_related(
        "unit", "sheet", "sheet__rulebook", "sheet__rulebook__edition__standard", "previous"
    )
    found = statements.by_key(rows, key)
    if found is None:
        raise Absent
    return found


def visible_sheet(actor: Actor, key: int) -> Sheet:
    """The sheet, if it exists for this person. Outside the unit a closed one still waits for its report to be
    handed in: while it is posted inside, the result is the unit's own."""
    found = sheets.visible(actor, key)
    if found.unit_id not in actor.units and found.occasion == Occasion.SELF_ASSESSMENT:
        state = SelfAssessment.objects.filter(sheet=found).values_list("state", flat=True).first()
        if state not in {None, AssessmentState.HANDED_IN}:
            raise Absent
    return found


def unfinished(unit: int) -> "models.QuerySet[SelfAssessment]":
    return SelfAssessment.objects.filter(unit=unit).exclude(state__in=FINAL)


def unfinished_of(units: Sequence[int]) -> "models.QuerySet[SelfAssessment]":
    """What these units have under way."""
    return SelfAssessment.objects.filter(unit__in=units).exclude(state__in=FINAL).order_by("started_at")


def last_handed_in(unit: int, day: date | None = None) -> SelfAssessment | None:
    """The newest report handed in, or the newest by the end of a day, with what it was scored by."""
    return _handed_in(unit, day).select_related("sheet__rulebook").first()


def last_report(unit: int, day: date) -> SelfAssessment | None:
    """The same with its sheet alone."""
    return _handed_in(unit, day).select_related("sheet").first()


def _handed_in(unit: int, day: date | None) -> "models.QuerySet[SelfAssessment]":
    rows = SelfAssessment.objects.filter(unit=unit, state=AssessmentState.HANDED_IN)
    if day is not None:
        rows = rows.filter(handed_in_at__lt=clock.start_of(day + timedelta(days=1)))
    return rows.order_by("-handed_in_at")


@dataclass(frozen=True, slots=True)
class Yearly:
    """When the next self-assessment of a unit is due (uplift/19)."""

    last: SelfAssessment
    limit: LimitState


def yearly(unit: int, day: date, calendar: Calendar) -> Yearly | None:
    """The yearly limit, running from the last report handed in; None before the first."""
    last = last_handed_in(unit)
    if last is None or last.handed_in_at is None:
        return None
    rule = law.on(day)["self_assessment.period"]
    started = clock.day_of(last.handed_in_at)
    amber = law.on(day).amber(rule.limit.unit)
    return Yearly(last, running(rule.limit, started, (), calendar, day, amber=amber))


def posting(assessment: SelfAssessment, day: date, calendar: Calendar) -> LimitState | None:
    """How the posting inside the unit stands; it is the unit's own clock, and passing it opens the way."""
    if assessment.posted_on is None:
        return None
    rule = law.on(assessment.posted_on)["self_assessment.posting.period"]
    amber = law.on(day).amber(rule.limit.unit)
    return running(rule.limit, assessment.posted_on, (), calendar, day, amber=amber)
