"""Pages of follow-ups after attaining: the list of what is owed, and the one of a review."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.hazards.states import HazardState
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.reviews import following
from dabiao.office.reviews.offered import chosen
from dabiao.office.reviews.team import READERS, shown_offer
from dabiao.reviews.models import FollowUp, Overdue, Review
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.queries import reviews as reading
from dabiao.reviews.states.followups import TITLES, VISIT_TITLES, FollowUpState, RevisitState
from dabiao.sheets.models import Sheet

PER_PAGE = 30
LATE = "late"
STATES = ((LATE, "逾期未回访"), *((state.value, title) for state, title in TITLES.items()))


@address("查看达标后回访名单", READERS - {Role.EXPERT})
def listing(request: Request) -> HttpResponse:
    day, calendar = clock.today(), calendars.calendar()
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [
            (row, TITLES[FollowUpState(row.state)], following.light(row, day, calendar)) for row in page_
        ],
        "states": STATES,
    }
    crumbs = [("评审", "/office/reviews/"), ("达标后回访", "")]
    return frame.page(request, "office/reviews/follow_ups.html", context, crumbs=crumbs)


def _filtered(request: Request) -> "QuerySet[FollowUp]":
    """Those owed first, the one that is due next at the top."""
    seen = Review.objects.visible_to(request.actor).values("pk")
    rows = FollowUp.objects.filter(review__in=seen)
    state = request.GET.get("state", "")
    if state == LATE:
        told = Overdue.objects.filter(review=OuterRef("review"), limit=queries.LIMIT)
        rows = rows.filter(Exists(told), state=FollowUpState.OWED)
    elif state in set(FollowUpState):
        rows = rows.filter(state=state)
    if text := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(review__unit__name__contains=text)
    read = rows.select_related("review__unit", "review__body", "review__jurisdiction")
    return read.order_by(Case(When(state=FollowUpState.OWED, then=0), default=1), "announced_on", "id")


@address("查看一件评审的达标后回访", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, reading.visible(request.actor, key))


@address("办理达标后回访", READERS, ("POST",))
def act(request: Request, key: int, name: str) -> HttpResponse:
    """One offer of the page; what is not offered now is out of turn."""
    review = reading.visible(request.actor, key)
    row = request.POST.get("row", "0")
    offer = chosen(following.offers(request.actor, review), name, row)
    form = offer.made(request.POST, request.FILES)
    if acting.tried(form, lambda: offer.act(form, request.actor, clock.now())):
        return acting.done(request, f"{offer.title}：已办理。", "office:follow_up", key)
    return _page(request, reading.visible(request.actor, key), (name, row, form))


def _page(request: Request, review: Review, refused: Any = None) -> HttpResponse:
    day, calendar, owed = clock.today(), calendars.calendar(), queries.of(review)
    visits = queries.all_of(review)
    context = {
        "review": review,
        "owed": owed,
        "owed_title": TITLES[FollowUpState(owed.state)] if owed else "",
        "limit": following.light(owed, day, calendar) if owed else None,
        "due": queries.due(owed, calendar) if owed else None,
        "visits": [
            (each, VISIT_TITLES[RevisitState(each.state)], following.waiting(each)) for each in visits
        ],
        "sheets": _sheets(request, [each.sheet_id for each in visits]),
        "hazards": [_found(each) for each in queries.hazards_of(review).prefetch_related("evidence")],
        "own": review.unit_id in request.actor.units,
        "offers": [shown_offer(each, refused) for each in following.offers(request.actor, review)],
        **history.turned(chain_of(review), request.GET.get("history", "")),
        "refused": refused[2] if refused else None,
    }
    crumbs = [
        ("评审", "/office/reviews/"),
        (review.spoken, f"/office/reviews/{review.pk}/"),
        ("达标后回访", ""),
    ]
    status = 422 if refused else 200
    return frame.page(request, "office/reviews/follow_up.html", context, crumbs=crumbs, status=status)


def _found(row: Hazard) -> tuple[Hazard, str, bool]:
    """(hazard, its state, whether it was not put right in its time)."""
    late = row.state != HazardState.CLOSED and row.limit is not None and row.limit < clock.today()
    return row, HAZARD_TITLES[HazardState(row.state)], late


def _sheets(request: Request, keys: list[int]) -> set[int]:
    """Those this person may open."""
    seen = Sheet.objects.visible_to(request.actor).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True)) if keys else set()
