"""Hand-overs as the receiving body sees them: acknowledge, answer; and as the sender sees the answer."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.hazards import permissions, queries
from dabiao.hazards.models import Handover
from dabiao.hazards.rules.handovers import CATEGORIES, KINDS
from dabiao.hazards.services import handovers as services
from dabiao.kernel.roles import CITY_ROLES, UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.reviews import forms, views
from dabiao.office.todo.values import due_shown

RECEIVING = frozenset(permissions.RECEIVING)
READERS = (
    RECEIVING
    | UNIT_ROLES
    | CITY_ROLES
    | {Role.REVIEW_ADMIN, Role.REVIEWER, Role.ORGANIZER, Role.ORGANIZER_LEAD}
)
PER_PAGE = 30


def _where(request: Request) -> list[tuple[str, str]]:
    """Who only receives hand-overs has no list of reviews to go back to."""
    return [("评审", "/office/reviews/")] if request.actor.holds(*views.READERS) else []


@address("查看移交名单", READERS)
def listing(request: Request) -> HttpResponse:
    rows = Handover.objects.visible_to(request.actor).select_related("hazard__unit", "to", "sender")
    if request.GET.get("show") == "waiting":
        rows = rows.filter(answered_at=None)
    page_ = Paginator(rows.order_by("-id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page_, "kinds": KINDS, "categories": CATEGORIES}
    crumbs = [*_where(request), ("移交", "")]
    return frame.page(request, "office/reviews/handovers.html", context, crumbs=crumbs)


@address("查看一件移交；签收、反馈", READERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    row = queries.visible_handover(request.actor, key)
    form = forms.AnswerForm(acting.posted(request), initial={"version": row.version})
    answers = "answer" in request.POST

    def act() -> Handover:
        said, by, at = form.cleaned_data, request.actor, clock.now()
        if answers:
            return services.answer(handover=row, by=by, at=at, **said)
        return services.acknowledge(handover=row, version=said["version"], by=by, at=at)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已反馈。" if answers else "已签收。", "office:handover", key)
    context = {
        "row": row,
        "form": form,
        "kind": KINDS[row.kind],
        "category": CATEGORIES[row.category],
        "limit": None if row.acknowledged_at else due_shown(row.due, clock.today(), calendars.calendar()),
        "may_acknowledge": permissions.may_acknowledge(request.actor, row),
        "may_answer": permissions.may_answer(request.actor, row),
        "history": history.of_chains([chain_of(row.hazard)]),
    }
    crumbs = [*_where(request), ("移交", "/office/reviews/handovers/"), (row.hazard.number, "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/reviews/handover.html", context, crumbs=crumbs, status=status)
