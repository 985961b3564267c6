"""Pages of units: list, one unit, its special areas."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from dabiao.base import clock
from dabiao.grading.queries import holding
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame
from dabiao.office.units import forms, lists, narrowing, shown
from dabiao.organisations import permissions, services
from dabiao.organisations.models import Unit, scope
from dabiao.organisations.queries import directory
from dabiao.standards.queries import listed
from dabiao.standards.rules.choice import LEVELS

READERS = UNIT_ROLES | frame.WATCHING
HEADINGS = (
    "企业名称",
    "统一社会信用代码",
    "管辖区",
    "属地",
    "行业",
    "规模",
    "从业人数",
    "地址",
    "特殊领域",
    "标准化等级",
)
CUT = "符合条件的企业较多，这里只导出前 {} 家。需要全部的，请按管辖区、属地或者行业分别导出。"


@address("查看企业名录", READERS)
def listing(request: Request) -> HttpResponse:
    """Officials see their units; a unit's own people go straight to their page."""
    actor = request.actor
    if not actor.holds(*frame.WATCHING) and len(actor.units) == 1:
        return redirect("office:unit", actor.units[0])
    day = clock.today()
    shown_ones = lists.Listed(actor, request.GET, day)
    page = shown_ones.page or shown_ones.slice
    keys = [row.pk for row in page.object_list] if page else []
    context = {
        "page": page,
        "held": _titles(day, keys),
        "many": shown_ones.slice,
        "few": directory.FEW,
        "kept": [pair for pair in request.GET.items() if pair[0] in lists.NARROWING],
        "filtering": any(request.GET.get(name) for name in lists.NARROWING),
        **narrowing.choices(scope(actor), lists.wanted(request.GET, day), day),
        "may_import": permissions.may_import(actor),
    }
    return frame.page(request, "office/units/list.html", context)


@address("导出企业名录", READERS)
def export(request: Request) -> HttpResponse:
    day = clock.today()
    titles = {key: each.title for key, each in listed.areas(day).items()}
    held = _titles(day)
    rows = lists.Listed(request.actor, request.GET, day).exported()
    content = workbook("企业名录", HEADINGS, (_exported(row, titles, held) for row in rows))
    headers = {"Content-Disposition": 'attachment; filename="units.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _titles(day: date, units: list[int] | None = None) -> dict[int, str]:
    """Level held, in words, by unit."""
    return {unit: LEVELS[level] for unit, level in holding.levels(day, units).items()}


def _exported(row: Unit | None, titles: dict[str, str], held: dict[int, str]) -> tuple[Any, ...]:
    if row is None:
        return (CUT.format(lists.MOST_EXPORTED),)
    code = row.uscc or f"无代码：{row.uscc_exception}"
    areas = "、".join(titles.get(area, area) for area in row.areas)
    where = (row.jurisdiction.name, row.locality.name, str(row.industry))
    return (
        row.name,
        code,
        *where,
        row.get_size_display(),
        row.head_count,
        row.address,
        areas,
        held.get(row.pk, ""),
    )


@address("查看一家企业", READERS)
def page(request: Request, key: int) -> HttpResponse:
    unit = visible_unit(request, key)
    context = shown.context(request.actor, unit, clock.today())
    crumbs = [("企业", "/office/units/"), (unit.name, "")]
    return frame.page(request, "office/units/page.html", context, crumbs=crumbs)


@address("主管部门或企业标记特殊领域", READERS, ("GET", "POST"))
def areas(request: Request, key: int) -> HttpResponse:
    """Flags that follow from what the unit does (uplift/1)."""
    unit = visible_unit(request, key)
    permissions.may_change(request.actor, unit).or_refuse()
    known = listed.areas(clock.today())
    choices = [(each.id, each.title) for each in known.values()]
    initial = {"areas": unit.areas, "version": unit.version}
    form = forms.AreasForm(acting.posted(request), initial=initial, areas=choices)

    def act() -> Unit:
        # flags of areas that the law does not list today are not lost by saving the others
        kept = [area for area in unit.areas if area not in known]
        told = form.cleaned_data
        chosen = [*told["areas"], *kept]
        at = clock.now()
        return services.set_areas(unit=unit, areas=chosen, version=told["version"], by=request.actor, at=at)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "特殊领域已保存，今后打开的评分表按此适用。", "office:unit", key)
    crumbs = [("企业", "/office/units/"), (unit.name, "../"), ("特殊领域", "")]
    status = 422 if form.is_bound else 200
    context = {"unit": unit, "form": form}
    return frame.page(request, "office/units/areas.html", context, crumbs=crumbs, status=status)


def visible_unit(request: Request, key: int) -> Unit:
    """The unit, if it exists for this person."""
    rows = Unit.objects.visible_to(request.actor)
    found = rows.select_related("jurisdiction", "locality", "department", "industry").filter(pk=key).first()
    if found is None:
        raise Absent
    return found
