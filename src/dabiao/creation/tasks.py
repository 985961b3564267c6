"""What time does to cases: receives where nobody spoke, resumes, reports what is overdue."""

from collections.abc import Callable
from datetime import datetime

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.creation.models.cases import Case
from dabiao.creation.queries import cases as queries
from dabiao.creation.services.cases import receiving
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME


def tick(at: datetime) -> int:
    """How many cases time has acted on. Each act rechecks the clock itself."""
    return sum(
        (
            _each(at, receiving.deem, CaseState.SUBMITTED),
            _each(at, receiving.lapse, CaseState.CORRECTING),
            _each(at, receiving.report_overdue, CaseState.RECEIVED, CaseState.PROPOSED),
        )
    )


def _each(at: datetime, act: Callable[..., Case], *states: CaseState) -> int:
    """Cases whose limit in these states has passed for certain."""
    rows = Case.objects.filter(state__in=states).select_related("correction")
    day, calendar, done = day_of(at), calendars.calendar(), 0
    for case in rows.order_by("id").iterator(chunk_size=500):
        clock = queries.clock(case, day, calendar)
        if clock is not None and clock.state.may_close and not _reported(case, clock):
            act(case=case, by=TIME, at=at)
            done += 1
    return done


def _reported(case: Case, clock: queries.Clock) -> bool:
    return clock.name == queries.AUDIT and case.overdue_on is not None
