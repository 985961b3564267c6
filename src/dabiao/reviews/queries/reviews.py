"""Reading reviews: one, those of a case, what waits, how their limits stand."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from dabiao import law
from dabiao.base import statements
from dabiao.base.clock import day_of
from dabiao.creation.models import Case
from dabiao.creation.queries.cases import Clock
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import Absent
from dabiao.kernel.limits import Suspension, running
from dabiao.reviews.models import InitialVisit, Plan, Review
from dabiao.reviews.states.reviews import RUNNING, ReviewState
from dabiao.sheets.models import Sheet
from dabiao.sheets.states import SheetState

SHOWN = ("unit", "case__cycle", "jurisdiction", "locality", "department", "organizing", "body", "rulebook")
CONTRACT, INITIAL = "contract.limit", "initial_visit.limit"


def visible(actor: Actor, key: int) -> Review:
    """The review, if it exists for this person."""
    found = statements.by_key(Review.objects.visible_to(actor).select_related(*SHOWN), key)
    if found is None:
        raise Absent
    return found


def unsigned(review: Review) -> list[int]:
    """Sheets its team still writes on: on site, at the initial visit."""
    of_plans = Plan.objects.filter(review=review).values("sheet")
    of_visits = InitialVisit.objects.filter(review=review).values("sheet")
    theirs = models.Q(pk__in=of_plans) | models.Q(pk__in=of_visits)
    rows = Sheet.objects.filter(theirs, state=SheetState.OPEN).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def of_case(case: int) -> Review | None:
    """The review that runs for a case."""
    return Review.objects.filter(case=case, state__in=sorted(RUNNING)).select_related("body").first()


def engaged(cases: Iterable[int]) -> dict[int, Review]:
    """Case -> its running review; one query."""
    rows = Review.objects.filter(case__in=list(cases), state__in=sorted(RUNNING)).select_related("body")
    return {row.case_id: row for row in rows}


def unengaged(cases: "models.QuerySet[Case]") -> "models.QuerySet[Case]":
    """Accepted cases without a running review."""
    busy = Review.objects.filter(state__in=sorted(RUNNING)).values("case")
    return cases.filter(state=CaseState.ACCEPTED).exclude(pk__in=busy)


def contract_clock(case: Case, day: date, calendar: Calendar) -> Clock | None:
    """How long the unit has to engage a review unit: from acceptance, or from the end of the last review."""
    if case.state != CaseState.ACCEPTED or case.accepted_on is None or of_case(case.pk) is not None:
        return None
    return contract_clock_from(case, _ended(case), day, calendar)


def contract_clocks(cases: Iterable[Case], day: date, calendar: Calendar) -> dict[int, Clock]:
    """Case -> how long there is to engage a review unit, of those that still have to; two queries."""
    waiting = [each for each in cases if each.state == CaseState.ACCEPTED and each.accepted_on is not None]
    rows = Review.objects.filter(case__in=[each.pk for each in waiting])
    busy = set(rows.filter(state__in=sorted(RUNNING)).values_list("case", flat=True))
    ended = dict(rows.exclude(ended_at=None).order_by("ended_at").values_list("case", "ended_at"))
    return {
        each.pk: contract_clock_from(each, day_of(last) if last else None, day, calendar)
        for each in waiting
        if each.pk not in busy
        for last in [ended.get(each.pk)]
    }


def contract_clock_from(case: Case, ended: date | None, day: date, calendar: Calendar) -> Clock:
    assert case.accepted_on is not None  # noqa: S101  asked before
    return clock(CONTRACT, max(case.accepted_on, ended or case.accepted_on), (), day, calendar)


def _ended(case: Case) -> date | None:
    last = Review.objects.filter(case=case).exclude(ended_at=None).order_by("-ended_at").first()
    return day_of(last.ended_at) if last is not None and last.ended_at else None


def initial_clock(
    review: Review, held: tuple[Suspension, ...], day: date, calendar: Calendar
) -> Clock | None:
    """Until the gate is passed; a held gate lets it stand still."""
    if review.state not in {ReviewState.ENGAGED, ReviewState.VISITING, ReviewState.HELD}:
        return None
    return clock(INITIAL, review.contracted_on, held, day, calendar)


def clock(name: str, started: date, spans: tuple[Suspension, ...], day: date, calendar: Calendar) -> Clock:
    """Any limit of the review by the law of its first day."""
    cited = law.on(started)[name]
    amber = law.on(day).amber(cited.limit.unit)
    runs = cited.parameter.running
    state = running(cited.limit, started, spans, calendar, day, amber=amber)
    return Clock(state, name, cited.clause, runs.clock if runs else "")
