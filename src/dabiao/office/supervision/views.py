"""Pages of verifications: the list, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.hazards.states import HazardState
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.grading.certified import LEVELS
from dabiao.office.reviews.offered import chosen
from dabiao.office.reviews.team import shown_offer
from dabiao.office.supervision import draws, shown
from dabiao.office.supervision.offers import offers
from dabiao.sheets.models import Sheet
from dabiao.supervision.models import Verification, VerificationDraw, VerifyingVisit
from dabiao.supervision.models.verifications import Outcome
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.states.verifications import TITLES, VISIT_TITLES, VerificationState, VisitState

READERS = UNIT_ROLES | frame.WATCHING | frame.REVIEWING
PER_PAGE = 30
LATE = "late"
STATES = (
    *((state.value, title) for state, title in TITLES.items()),
    (LATE, "逾期未核查"),
    *((f"is-{value}", title) for value, title in Outcome.choices),
)


@address("查看核查名单", READERS)
def listing(request: Request) -> HttpResponse:
    day, calendar = clock.today(), calendars.calendar()
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [
            (row, shown.badge(row), LEVELS.get(row.level, row.level), shown.light(row, day, calendar))
            for row in page_
        ],
        "states": STATES,
        "sees_draws": request.actor.holds(*draws.READERS),
    }
    return frame.page(request, "office/supervision/list.html", context)


def _filtered(request: Request) -> "QuerySet[Verification]":
    """Those owed first, the one that is due next at the top."""
    rows = Verification.objects.visible_to(request.actor)
    state = request.GET.get("state", "")
    if state == LATE:
        rows = rows.filter(state=VerificationState.DRAWN, overdue_on__isnull=False)
    elif state in set(VerificationState):
        rows = rows.filter(state=state)
    elif state.startswith("is-"):
        rows = rows.filter(outcome=state.removeprefix("is-"))
    if text := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(Q(unit__name__contains=text) | Q(number__contains=text.replace(" ", "").upper()))
    read = rows.select_related("unit", "jurisdiction", "department")
    return read.order_by(Case(When(state=VerificationState.DRAWN, then=0), default=1), "year", "-id")


@address("查看一件核查", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, queries.visible(request.actor, key))


@address("办理一件核查", READERS, ("POST",))
def act(request: Request, key: int, name: str) -> HttpResponse:
    """One offer of the page; what is not offered now is out of turn."""
    verification, row = queries.visible(request.actor, key), request.POST.get("row", "0")
    offer = chosen(offers(request.actor, verification, queries.visits(verification)), name, row)
    form = offer.made(request.POST, request.FILES)
    if acting.tried(form, lambda: offer.act(form, request.actor, clock.now())):
        return acting.done(request, f"{offer.title}：已办理。", "office:verification", key)
    return _page(request, queries.visible(request.actor, key), (name, row, form))


def _page(request: Request, row: Verification, refused: Any = None) -> HttpResponse:
    day, calendar, visits = clock.today(), calendars.calendar(), queries.visits(row)
    seen = _sheets(request, visits)
    context = {
        "row": row,
        "level": LEVELS.get(row.level, row.level),
        "badge": shown.badge(row),
        "limit": shown.light(row, day, calendar),
        "due": queries.deadline(row),
        "visits": [(each, VISIT_TITLES[VisitState(each.state)], shown.waiting(each)) for each in visits],
        "sheets": seen,
        "judged": next((each.judged for each in visits if each.judged), None),
        "hazards": [_found(each) for each in queries.hazards_of(row)],
        "opens_hazards": request.actor.holds(*UNIT_ROLES, *frame.WATCHING),
        "sees_draw": VerificationDraw.objects.visible_to(request.actor).filter(pk=row.draw_id).exists(),
        "offers": [shown_offer(each, refused) for each in offers(request.actor, row, visits)],
        **history.turned(chain_of(row), request.GET.get("history", "")),
        "refused": refused[2] if refused else None,
    }
    crumbs = [("核查", "/office/supervision/"), (row.spoken, "")]
    status = 422 if refused else 200
    return frame.page(request, "office/supervision/page.html", context, crumbs=crumbs, status=status)


def _found(row: Hazard) -> tuple[Hazard, str, bool]:
    """(hazard, its state, whether it was not put right in its time)."""
    late = row.state != HazardState.CLOSED and row.limit is not None and row.limit < clock.today()
    return row, HAZARD_TITLES[HazardState(row.state)], late


def _sheets(request: Request, visits: list[VerifyingVisit]) -> set[int]:
    """Those this person may open."""
    keys = [each.sheet_id for each in visits if each.sheet_id is not None]
    seen = Sheet.objects.visible_to(request.actor).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True)) if keys else set()
