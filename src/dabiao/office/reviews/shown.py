"""What the page of a review shows, from the models; a constant number of queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch

from dabiao.base import calendars, clock
from dabiao.hazards import permissions as hazard_permissions
from dabiao.hazards.models import Handover, Hazard
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.look.shapes import LimitShown
from dabiao.office.limits import shown as limit_shown
from dabiao.office.reviews import checking, following, forms, journey
from dabiao.reviews.models import InitialVisit, Notice, Review, ServiceContract
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.permissions import visits as visit_permissions
from dabiao.reviews.queries import followups, namesakes, plans, visits
from dabiao.reviews.queries import reviews as queries
from dabiao.reviews.states.reviews import TITLES, ReviewState
from dabiao.sheets.models import Sheet
from dabiao.standards.rules.choice import LEVELS

BADGES = {
    ReviewState.CLEARED: "badge-good",
    ReviewState.HELD: "badge-warn",
    ReviewState.REPORTED: "badge-good",
    ReviewState.STOPPED: "badge-veto",
    ReviewState.CLOSED: "badge-outline",
}


def state_of(review: Review) -> tuple[str, str]:
    """(title, badge)."""
    state = ReviewState(review.state)
    return TITLES[state], BADGES.get(state, "badge-brand")


def limit_of(review: Review, day: date, calendar: Calendar) -> LimitShown | None:
    """The limit of the initial visit, while it is before the gate."""
    held = visits.held_spans(review) if review.state == ReviewState.HELD else ()
    running = queries.initial_clock(review, (*held, *namesakes.halts(review)), day, calendar)
    return limit_shown(running.state, running.clause) if running else None


def _seen(actor: Actor, gone: Sequence[InitialVisit]) -> set[int]:
    """The sheets of these visits this person may open."""
    keys = [each.sheet_id for each in gone if each.sheet_id is not None]
    return set(Sheet.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


def context(actor: Actor, review: Review) -> dict[str, Any]:
    day, calendar = clock.today(), calendars.calendar()
    notices = list(Notice.objects.filter(review=review).select_related("to", "acknowledged_by"))
    gone = list(visits.all_of(review))
    current = next((each for each in reversed(gone) if not each.outcome), None)
    limit = limit_of(review, day, calendar)
    title, badge = state_of(review)
    owed = followups.of(review)
    handed = Handover.objects.visible_to(actor).select_related("to")
    found = list(visits.hazards_of(review).prefetch_related("evidence", Prefetch("handovers", handed)))
    waits = [each for each in found if each.state != HazardState.CLOSED]
    if current is not None:
        current.review = review
    return {
        "review": review,
        "state_title": title,
        "badge": badge,
        "level": LEVELS.get(review.level, review.level),
        "limit": limit,
        "steps": [
            *journey.steps(review, notices, gone, plans.current(review), limit),
            *([following.step(owed, day, calendar)] if owed else []),
        ],
        "follow_up": (owed, following.light(owed, day, calendar)) if owed else None,
        "notices": notices,
        "mine": next((each for each in notices if permissions.may_acknowledge(actor, each)), None),
        "visits": gone,
        "seen_sheets": _seen(actor, gone),
        "current": current,
        "own": review.unit_id in actor.units,
        "hazards": [_found(actor, each, day) for each in found],
        **checking.shown(actor, review),
        "conflicts": list(review.conflicts.select_related("contract")),
        "contracts": list(ServiceContract.objects.visible_to(actor).filter(case=review.case_id)),
        "may_notify": permissions.may_notify(actor, review, sent=bool(notices)),
        "may_begin": visit_permissions.may_begin(actor, review, told=bool(notices), unrectified=len(waits)),
        "may_close": visit_permissions.may_close(actor, current) if current else None,
        "may_end": permissions.may_end(actor, review),
        **_forms(review, day),
    }


def _found(actor: Actor, hazard: Hazard, day: date) -> tuple[Hazard, str, bool, bool]:
    """(hazard, its state, whether this person confirms it, whether it was not put right in its time)."""
    state = HazardState(hazard.state)
    late = state != HazardState.CLOSED and hazard.limit is not None and hazard.limit < day
    return hazard, HAZARD_TITLES[state], _mine(actor, hazard), late


def _mine(actor: Actor, hazard: Any) -> bool:
    return bool(hazard_permissions.may_confirm(actor, hazard)) and hazard.confirmer_id in actor.bodies


def _forms(review: Review, day: date) -> dict[str, Any]:
    people = visits.reviewers(review.body_id, day)
    return {
        "remark_form": forms.RemarkForm(),
        "end_form": forms.EndForm(initial={"version": review.version}),
        "visit_form": forms.VisitForm(people=people, initial={"visit_on": day}),
    }
