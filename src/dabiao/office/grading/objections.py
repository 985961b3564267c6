"""Objections at the desks: the organizing unit states facts, the department answers."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.grading.models import Objection
from dabiao.grading.permissions import objections as permissions
from dabiao.grading.queries import objections as queries
from dabiao.grading.services import objections
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.grading import forms
from dabiao.office.limits import shown as limit_shown

STATING = frozenset({Role.ORGANIZER, Role.ORGANIZER_LEAD})
READERS = STATING | {Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT, Role.BUREAU_CITY}
PER_PAGE = 30


@address("查看异议名单", READERS)
def listing(request: Request) -> HttpResponse:
    rows = Objection.objects.visible_to(request.actor).select_related("grading__unit", "decider")
    page_ = Paginator(rows.order_by("-id"), PER_PAGE).get_page(request.GET.get("page"))
    return frame.page(request, "office/grading/objections.html", {"page": page_})


@address("说明异议所涉事实，决定异议", READERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    row, at, posted = queries.visible(request.actor, key), clock.now(), acting.posted(request)
    stating, initial = "state" in request.POST, {"version": row.version}
    facts_form = forms.FactsForm(posted if stating else None, initial=initial, auto_id="facts_%s")
    form = forms.SettleForm(None if stating else posted, initial=initial)

    def state() -> None:
        objections.state_facts(objection=row, by=request.actor, at=at, **facts_form.cleaned_data)

    def settle() -> None:
        objections.settle(objection=row, by=request.actor, at=at, **form.cleaned_data)

    bound, act = (facts_form, state) if stating else (form, settle)
    if posted is not None and acting.tried(bound, act):
        return acting.done(request, "已说明。" if stating else "已答复。", "office:objection", key)
    clock_ = queries.clock(row, clock.today(), calendars.calendar())
    context = {
        "objection": row,
        "grading": row.grading,
        "form": form,
        "facts_form": facts_form,
        "may_state": permissions.may_state(request.actor, row),
        "may_settle": permissions.may_settle(request.actor, row),
        "limit": None if row.decided_at else limit_shown(clock_, "house/time-limits"),
        "refused": bound if posted is not None else None,
    }
    crumbs = [("异议", "/office/gradings/objections/"), (row.grading.notice, "")]
    status = 200 if posted is None else 422
    return frame.page(request, "office/grading/objection.html", context, crumbs=crumbs, status=status)
