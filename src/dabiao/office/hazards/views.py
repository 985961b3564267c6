"""Pages of findings: list, one finding, and its acts."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.http import FileResponse, HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.files import copies
from dabiao.base.files.recognise import PICTURES
from dabiao.base.files.store import place
from dabiao.base.journal.entries import chain_of
from dabiao.creation.models import SelfAssessment
from dabiao.hazards import permissions, queries, services
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import TITLES, HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look import pictures
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.look.shapes import LimitShown
from dabiao.office import acting, frame, history, todo
from dabiao.office.hazards import forms, risk_forms
from dabiao.sheets.rules.occasions import Occasion

READERS = UNIT_ROLES | frame.WATCHING
PER_PAGE = 30
# Unless asked otherwise what still has to be put right comes first, by its limit.
WAITING = Case(When(state=HazardState.CLOSED, then=1), default=0, output_field=IntegerField())
SORTS = {"number": "number", "due": "due", "unit": "unit__name", "state": "state", "found": "found_at"}


@address("查看隐患和不符合项", READERS)
def listing(request: Request) -> HttpResponse:
    day, calendar = clock.today(), calendars.calendar()
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, _limit(row, day, calendar)) for row in page_]
    states = [(state.value, TITLES[state]) for state in HazardState]
    own = request.actor.holds(*UNIT_ROLES)
    one = own and len(request.actor.units) == 1  # whose they are need not be said on every line
    context = {"page": page_, "rows": rows, "states": states, "own": own, "one": one}
    return frame.page(request, "office/hazards/list.html", context)


def _limit(row: Hazard, day: date, calendar: Calendar) -> LimitShown | None:
    return None if row.state == HazardState.CLOSED else todo.due_shown(row.due, day, calendar)


@address("导出隐患和不符合项", READERS)
def export(request: Request) -> HttpResponse:
    headings = ("编号", "企业", "类别", "问题", "原因", "整改措施", "预防措施", "责任人", "整改期限", "状态")
    rows = (_exported(row) for row in _filtered(request).iterator(chunk_size=500))
    content = workbook("隐患与不符合项", headings, rows)
    headers = {"Content-Disposition": 'attachment; filename="hazards.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: Hazard) -> tuple[Any, ...]:
    state = TITLES[HazardState(row.state)]
    told = (row.text, row.cause, row.corrective, row.preventive, row.responsible, row.due, state)
    return (row.number, row.unit.name, row.get_kind_display(), *told)


def _filtered(request: Request) -> "QuerySet[Hazard]":
    rows = Hazard.objects.visible_to(request.actor).select_related("unit")
    if state := request.GET.get("state"):
        rows = rows.filter(state=state)
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(unit__name__contains=text) | rows.filter(text__contains=text)
    sort = request.GET.get("sort", "")
    if not sort:
        return rows.order_by(WAITING, F("due").asc(nulls_last=True), "-id")
    field = SORTS.get(sort.lstrip("-"), "found_at")
    return rows.order_by(("-" if sort.startswith("-") else "") + field, "-id")


@address("查看一条隐患", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, queries.visible(request.actor, key))


def _page(request: Request, hazard: Hazard, **bound: Any) -> HttpResponse:
    actor = request.actor
    told = {
        name: getattr(hazard, name) for name in ("cause", "corrective", "preventive", "responsible", "due")
    }
    context = {
        "hazard": hazard,
        "state_title": TITLES[HazardState(hazard.state)],
        "limit": _limit(hazard, clock.today(), calendars.calendar()),
        "evidence": list(hazard.evidence.select_related("file")),
        "pictures": PICTURES,
        "origin": _origin(actor, hazard),
        "history": history.of_chains([chain_of(hazard)]),
        "may_link": permissions.may_screen(actor, hazard.unit_id),
        "link_form": risk_forms.LinkForm(
            initial={"risk": hazard.risk_id}, risks=queries.risks(hazard.unit_id)
        ),
        "may_plan": permissions.may_plan(actor, hazard),
        "may_report": permissions.may_report(actor, hazard),
        "may_confirm": permissions.may_confirm(actor, hazard),
        "plan_form": forms.PlanForm(initial={**told, "version": hazard.version}),
        "report_form": forms.ReportForm(),
        "back_form": forms.SendBackForm(),
    }
    crumbs = [("隐患整改", "/office/hazards/"), (hazard.number, "")]
    status = 422 if bound else 200
    shown = {**context, **bound, "refused": next(iter(bound.values()), None)}
    return frame.page(request, "office/hazards/page.html", shown, crumbs=crumbs, status=status)


def _origin(actor: Actor, hazard: Hazard) -> SelfAssessment | None:
    """The self-assessment that found it, where this person may see it."""
    if hazard.origin != Occasion.SELF_ASSESSMENT:
        return None
    return SelfAssessment.objects.visible_to(actor).filter(pk=hazard.origin_key).first()


@address("制定整改方案", UNIT_ROLES, ("POST",))
def plan(request: Request, key: int) -> HttpResponse:
    hazard = queries.visible(request.actor, key)
    form = forms.PlanForm(request.POST)

    def act() -> Hazard:
        return services.plan(hazard=hazard, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "整改方案已保存。", "office:hazard", key, draft=f"plan-{key}")
    return _page(request, queries.visible(request.actor, key), plan_form=form)


@address("报告整改完成", UNIT_ROLES, ("POST",))
def report(request: Request, key: int) -> HttpResponse:
    hazard = queries.visible(request.actor, key)
    permissions.may_report(request.actor, hazard).or_refuse()
    form = forms.ReportForm(request.POST, request.FILES)

    def act() -> Hazard:
        taken = acting.take_in(form.cleaned_data["evidence"])
        words = form.cleaned_data["words"]
        return services.report_done(hazard=hazard, words=words, taken=taken, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已报告完成，请负责人员确认销号。", "office:hazard", key)
    return _page(request, queries.visible(request.actor, key), report_form=form)


@address("确认销号或退回", UNIT_ROLES, ("POST",))
def confirm(request: Request, key: int) -> HttpResponse:
    hazard = queries.visible(request.actor, key)
    form = forms.SendBackForm(request.POST)
    back = "back" in request.POST

    def act() -> Hazard:
        if back:
            reason = form.cleaned_data["reason"]
            return services.send_back(hazard=hazard, reason=reason, by=request.actor, at=clock.now())
        return services.confirm(hazard=hazard, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已退回整改。" if back else "已确认销号。", "office:hazard", key)
    return _page(request, queries.visible(request.actor, key), back_form=form)


@address("查看整改证据", READERS)
def evidence(request: Request, key: int, file: int) -> FileResponse:
    """A safe copy of a picture; anything else as an attachment, never inline."""
    return sent(queries.visible(request.actor, key), file)


def sent(hazard: Hazard, file: int) -> FileResponse:
    row = hazard.evidence.select_related("file").filter(pk=file).first()
    if row is None:
        raise Absent
    if row.file.kind in PICTURES:
        return pictures.shown(copies.copy_of(row.file, 1280))
    return FileResponse(
        place(row.file.digest).open("rb"), as_attachment=True, filename=f"{hazard.number}-{row.pk}"
    )
