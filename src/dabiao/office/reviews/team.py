"""The work page of a review, from the plan to the report: what stands, what one may do, what was found."""

from typing import Any

from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.grading.models import Grading
from dabiao.grading.states.gradings import GradingState
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.hazards.states import HazardState
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.limits import shown as limit_shown
from dabiao.office.reviews import checking, offers
from dabiao.office.reviews.offered import Offer, chosen
from dabiao.office.reviews.shown import state_of
from dabiao.office.reviews.team_forms import NothingForm
from dabiao.reviews.models import Remark, Report, Review
from dabiao.reviews.queries import plans
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.queries import reviews as reading
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Sheet, Signature

READERS = UNIT_ROLES | frame.WATCHING | {Role.REVIEW_ADMIN, Role.REVIEWER, Role.EXPERT}
FOUND_SHOWN = 200


@address("查看一次评审的计划、记录、整改和报告", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, reading.visible(request.actor, key))


@address("办理评审计划、会议、签字、整改、延期和报告", READERS, ("POST",))
def act(request: Request, key: int, name: str) -> HttpResponse:
    """One offer of the page; what is not offered now is out of turn."""
    review = reading.visible(request.actor, key)
    row = request.POST.get("row", "0")
    offer = chosen(offers.offers(request.actor, review), name, row)
    form = offer.made(request.POST, request.FILES)
    if acting.tried(form, lambda: offer.act(form, request.actor, clock.now())):
        return acting.done(request, f"{offer.title}：已办理。", "office:review_work", key)
    return _page(request, reading.visible(request.actor, key), (name, row, form))


def _sees(request: Request, sheet: int | None) -> bool:
    """Whoever only keeps the review body's affairs does not read what its reviewers write."""
    return sheet is not None and Sheet.objects.visible_to(request.actor).filter(pk=sheet).exists()


def _page(request: Request, review: Review, refused: Any = None) -> HttpResponse:
    plan, calendar, day = plans.current(review), calendars.calendar(), clock.today()
    running = queries.clock(review, day, calendar)
    title, badge = state_of(review)
    context = {
        "review": review,
        "state_title": title,
        "badge": badge,
        "limit": limit_shown(running.state, running.clause) if running else None,
        "returned": _returned(review),
        "plan": plan,
        "sees_sheet": plan is not None and _sees(request, plan.sheet_id),
        "members": plans.members(plan) if plan else [],
        "meetings": list(queries.meetings(plan).values()) if plan else [],
        "signatures": list(Signature.objects.filter(sheet=plan.sheet_id or 0).order_by("id")) if plan else [],
        "draws": plans.draws(review),
        "remarks": list(Remark.objects.filter(review=review).select_related("body")),
        "findings": [
            (row, HAZARD_TITLES[HazardState(row.hazard.state)])
            for row in queries.findings(review)[:FOUND_SHOWN]
        ],
        "extensions": queries.extensions(review),
        **checking.shown(request.actor, review),
        "reports": list(Report.objects.filter(review=review).order_by("-edition")),
        "offers": [shown_offer(each, refused) for each in offers.offers(request.actor, review)],
        **history.turned(chain_of(review), request.GET.get("history", "")),
        "refused": refused[2] if refused else None,
    }
    status = 422 if refused else 200
    crumbs = [
        ("评审", "/office/reviews/"),
        (review.spoken, f"/office/reviews/{review.pk}/"),
        ("评审工作", ""),
    ]
    return frame.page(request, "office/reviews/team.html", context, crumbs=crumbs, status=status)


def _returned(review: Review) -> Grading | None:
    """What the last re-check sent back, until a report is handed in anew."""
    last = Grading.objects.filter(review=review).order_by("-id").first()
    ended = last is not None and last.state == GradingState.SENT_BACK
    return last if ended and review.state != ReviewState.REPORTED else None


def shown_offer(offer: Offer, refused: Any) -> tuple[Offer, Any, bool]:
    """With its form; the one refused keeps what was typed and stands open. A lone button needs no fold."""
    if refused is not None and (offer.name, str(offer.row)) == refused[:2]:
        return offer, refused[2], True
    return offer, offer.made(), offer.form is NothingForm
