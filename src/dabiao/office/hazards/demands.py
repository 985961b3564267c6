"""Demands of authorities that the unit collects and tracks (uplift/19)."""

from django.db.models import QuerySet
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.hazards import queries, services
from dabiao.hazards.models import Demand
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.look.short import short
from dabiao.office import acting, frame, todo
from dabiao.office.hazards import forms
from dabiao.organisations.models import Unit

CRUMBS = (("隐患整改", "/office/hazards/"),)
HEADINGS = ("提出部门", "工作要求", "收到日期", "要求完成日期", "落实情况", "落实日期")


@address("收集并跟踪主管部门的工作要求", UNIT_ROLES, ("GET", "POST"))
def listing(request: Request) -> HttpResponse:
    day = clock.today()
    form = forms.DemandForm(acting.posted(request), initial={"received": day})
    unit = Unit.objects.filter(pk__in=request.actor.units).order_by("pk").first()
    if unit is None:
        raise Absent

    def act() -> Demand:
        at = clock.now()
        return services.collect_demand(unit=unit, by=request.actor, at=at, **form.cleaned_data)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已登记。", "office:demands", draft="demand")
    found = _own(request)[:200]
    calendar = calendars.calendar()
    rows = [(row, None if row.done_on else todo.due_shown(row.due, day, calendar)) for row in found]
    context = {"form": form, "rows": rows}
    crumbs, status = [*CRUMBS, ("工作要求", "")], 422 if form.is_bound else 200
    return frame.page(request, "office/hazards/demands.html", context, crumbs=crumbs, status=status)


def _own(request: Request) -> "QuerySet[Demand]":
    return Demand.objects.filter(unit__in=request.actor.units).order_by("done_on", "due", "-id")


@address("导出主管部门的工作要求", UNIT_ROLES)
def export(request: Request) -> HttpResponse:
    rows = _own(request).values_list("issuer", "text", "received", "due", "done", "done_on")
    content = workbook("工作要求", HEADINGS, rows.iterator(chunk_size=500))
    headers = {"Content-Disposition": 'attachment; filename="demands.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@address("填写工作要求的落实情况", UNIT_ROLES, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    demand = queries.visible_demand(request.actor, key)
    initial = {"done": demand.done, "version": demand.version}
    form = forms.DemandDoneForm(acting.posted(request), initial=initial)

    def act() -> Demand:
        at = clock.now()
        return services.finish_demand(demand=demand, by=request.actor, at=at, **form.cleaned_data)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已保存落实情况。", "office:demands")
    context = {"demand": demand, "form": form}
    crumbs = [*CRUMBS, ("工作要求", "../"), (short(demand.text, 20), "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/hazards/demand.html", context, crumbs=crumbs, status=status)
