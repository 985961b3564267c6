"""What time does to reviews: reports up what is overdue, hands on what was not put right at once."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.hazards.models import Handover, Hazard
from dabiao.hazards.rules.handovers import ENFORCEMENT
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import TIME
from dabiao.reviews.models import Overdue, Review
from dabiao.reviews.queries import followups
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.queries.visits import ORIGIN
from dabiao.reviews.services import enforcing, rectifications
from dabiao.reviews.services import followups as following
from dabiao.reviews.states.reviews import ReviewState as S
from dabiao.sheets.rules.occasions import Occasion

AT_ONCE = (Occasion.RECHECK, Occasion.FOLLOW_UP_VISIT, Occasion.VERIFICATION)  # what is major there
WATCHED = (S.ENGAGED, S.VISITING, S.HELD, S.CLEARED, S.PLANNED, S.REVIEWING, S.RECTIFYING, S.CONFIRMING)


def tick(at: datetime) -> int:
    """How many things time has done."""
    return _enforce(at) + _report(at) + _follow_ups(at)


def _enforce(at: datetime) -> int:
    told = Handover.objects.filter(kind=ENFORCEMENT).values("hazard")
    at_once = Q(origin=ORIGIN) | Q(origin__in=AT_ONCE, major=True)
    rows = Hazard.objects.filter(at_once, limit__lt=day_of(at)).exclude(state=HazardState.CLOSED)
    late = list(rows.exclude(pk__in=told).select_related("unit", "confirmer").order_by("id"))
    due = [row for row in late if enforcing.overdue(row, at)]
    return sum(enforcing.hand_to_enforcement(hazard=row, by=TIME, at=at) is not None for row in due)


def _report(at: datetime) -> int:
    day, calendar, done = day_of(at), calendars.calendar(), 0
    told = set(Overdue.objects.values_list("review", "limit", "due"))
    rows = Review.objects.filter(state__in=WATCHED).prefetch_related("extensions", "submissions", "conflicts")
    for review in rows.order_by("id").iterator(chunk_size=500):
        clock = queries.clock(review, day, calendar)
        if clock is None or not clock.state.may_close or (review.pk, clock.name, clock.state.due) in told:
            continue
        rectifications.report_overdue(review=review, by=TIME, at=at)
        done += 1
    return done


def _follow_ups(at: datetime) -> int:
    """Those owed whose limit passed for certain, each reported up once."""
    day, calendar, done = day_of(at), calendars.calendar(), 0
    told = Overdue.objects.filter(review=OuterRef("review"), limit=followups.LIMIT)
    for row in followups.owed().exclude(Exists(told)).iterator(chunk_size=500):
        clock = followups.clock(row, day, calendar)
        if clock is not None and clock.state.may_close:
            following.report_overdue(followup=row, by=TIME, at=at)
            done += 1
    return done
