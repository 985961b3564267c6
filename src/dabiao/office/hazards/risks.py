"""Pages of the risk register: list, one point, import and export (uplift/13)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.hazards import permissions, queries
from dabiao.hazards.models import Hazard, RiskLevel, RiskPoint
from dabiao.hazards.rules import register as rules
from dabiao.hazards.services import register as services
from dabiao.hazards.states import TITLES
from dabiao.kernel.errors import Invalid
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame, history
from dabiao.office.creation.own import LEADING, own_unit
from dabiao.office.hazards import risk_forms
from dabiao.organisations.models import Unit
from dabiao.standards.tables.opening import open_table
from dabiao.standards.tables.values import TableError

PER_PAGE = 50
MOST = 5_000_000  # bytes of a table
SHOWN = 20  # faults of a table on the page
HEADINGS = ("场所", "作业活动", "事故类型", "风险等级", "管控措施", "责任人", "复核日期")


@address("查看和维护风险分级管控清单", UNIT_ROLES, ("GET", "POST"))
def listing(request: Request) -> HttpResponse:
    unit = own_unit(request)
    if request.method != "POST":
        return _listing(request, unit)
    permissions.may_register(request.actor, unit.pk).or_refuse()
    form = risk_forms.RiskForm(request.POST)

    def act() -> RiskPoint:
        return services.enter(unit=unit, risk=form.risk(), by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "风险点已登记。", "office:risks", draft="risk")
    return _listing(request, unit, risk_form=form)


def _listing(request: Request, unit: Unit, **bound: Any) -> HttpResponse:
    day = clock.today()
    rows = queries.risks(unit.pk)
    if chosen := request.GET.get("level"):
        rows = rows.filter(level=chosen)
    register = queries.register(unit.pk, day)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "register": register,
        "levels": [(level, label, register.levels.get(level, 0)) for level, label in RiskLevel.choices],
        "may": permissions.may_register(request.actor, unit.pk),
        "today": day,
        "risk_form": risk_forms.RiskForm(initial={"review_on": day.replace(month=12, day=31)}),
        "import_form": risk_forms.ImportForm(),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    status = 422 if bound else 200
    crumbs = [("隐患整改", "/office/hazards/"), ("风险清单", "")]
    return frame.page(request, "office/hazards/risks.html", context, crumbs=crumbs, status=status)


@address("导入风险分级管控清单", LEADING, ("POST",))
def take_in(request: Request) -> HttpResponse:
    unit = own_unit(request)
    form = risk_forms.ImportForm(request.POST, request.FILES)
    counted: list[int] = []

    def act() -> None:
        risks = _read(form.cleaned_data["file"])
        counted.extend(services.import_all(unit=unit, risks=risks, by=request.actor, at=clock.now()))

    if acting.tried(form, act):
        words = f"已导入：新增 {counted[0]} 个风险点，更新 {counted[1]} 个。"
        return acting.done(request, words, "office:risks")
    return _listing(request, unit, import_form=form)


def _read(file: Any) -> list[rules.Risk]:
    """All rows or the first faults, by the row a person sees."""
    if file.size > MOST:
        raise Invalid("文件过大。", {"file": f"表格不能超过 {MOST // 1_000_000} MB。"})
    try:
        opened, _ = open_table(file.read(), file.name)
    except TableError as error:
        raise Invalid("文件不能读取。", {"file": str(error)}) from error
    risks, faults = rules.read(opened.grids[0].rows)
    if faults:
        told = "；".join(f"第 {each.row} 行{each.text.rstrip('。')}" for each in faults[:SHOWN])
        more = f"……共 {len(faults)} 处" if len(faults) > SHOWN else ""
        raise Invalid("表格有错误，没有导入。", {"file": f"{told}{more}。"})
    return risks


@address("导出风险分级管控清单（也是导入模板）", UNIT_ROLES)
def export(request: Request) -> HttpResponse:
    rows = queries.risks(own_unit(request).pk)
    told = (
        (*row_of(row), rules.LEVELS[row.level][0], row.measures, row.responsible, row.review_on)
        for row in rows.iterator(chunk_size=500)
    )
    content = workbook("风险分级管控清单", HEADINGS, told)
    headers = {"Content-Disposition": 'attachment; filename="risks.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def row_of(row: RiskPoint) -> tuple[str, str, str]:
    return (row.place, row.activity, row.kind)


@address("查看和修改一个风险点", UNIT_ROLES, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    point = queries.visible_risk(request.actor, key)
    if request.method != "POST":
        return _page(request, point)
    permissions.may_register(request.actor, point.unit_id).or_refuse()
    form = risk_forms.RiskForm(request.POST)

    def act() -> RiskPoint:
        version = form.cleaned_data["version"] or 0
        return services.change(
            point=point, risk=form.risk(), version=version, by=request.actor, at=clock.now()
        )

    if acting.tried(form, act):
        return acting.done(request, "风险点已保存。", "office:risk", key)
    return _page(request, queries.visible_risk(request.actor, key), risk_form=form)


def _page(request: Request, point: RiskPoint, **bound: Any) -> HttpResponse:
    names = ("place", "activity", "kind", "level", "measures", "responsible", "review_on", "version")
    known = {name: getattr(point, name) for name in names}
    rows = Hazard.objects.filter(risk=point).order_by("-found_at", "-id")[:50]
    context = {
        "point": point,
        "may": permissions.may_register(request.actor, point.unit_id),
        "hazards": rows,
        "titles": TITLES,
        "history": history.of_chains([chain_of(point)]),
        "risk_form": risk_forms.RiskForm(initial=known),
        "remove_form": risk_forms.RemoveForm(initial={"version": point.version}),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    status = 422 if bound else 200
    crumbs = [("隐患整改", "/office/hazards/"), ("风险清单", "/office/hazards/risks/"), (point.activity, "")]
    return frame.page(request, "office/hazards/risk.html", context, crumbs=crumbs, status=status)


@address("把风险点移出清单", LEADING, ("POST",))
def remove(request: Request, key: int) -> HttpResponse:
    point = queries.visible_risk(request.actor, key)
    form = risk_forms.RemoveForm(request.POST)

    def act() -> RiskPoint:
        return services.take_out(point=point, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "风险点已移出清单。", "office:risks")
    return _page(request, queries.visible_risk(request.actor, key), remove_form=form)
