"""The standards as lists: in force, due for review, gaps, drafts; and as Excel."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import reverse

from dabiao.base import clock
from dabiao.look.addresses import Request, address
from dabiao.look.export import workbook
from dabiao.office import frame
from dabiao.office.standards.finding import KEEPERS, LEADERS, OPENERS, READERS, WATCHERS
from dabiao.standards import queries
from dabiao.standards.models import Edition, Making, Standard, owned
from dabiao.standards.rules.choice import LEVELS
from dabiao.standards.states import RUNNING, EditionState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@address("查看评定标准", READERS)
def listing(request: Request) -> HttpResponse:
    """Tabs; those about duties are for authorities, drafts for whoever keeps standards."""
    day, tab = clock.today(), request.GET.get("tab", "in_force")
    makers = {"due": _due, "gaps": _gaps, "drafts": _drafts}
    tab = tab if tab in makers and tab in dict(_tabs(request)) else "in_force"
    shown = makers.get(tab, _in_force)(request, day)
    context = {
        "tab": tab,
        "tabs": _tabs(request),
        "keeps": request.actor.holds(*KEEPERS),
        "leads": request.actor.holds(*LEADERS),
        "opens": request.actor.holds(*OPENERS),
        **shown,
    }
    return frame.page(request, "office/standards/list.html", context)


@address("导出在用标准清单", READERS)
def export(request: Request) -> HttpResponse:
    headings = ("编号", "名称", "类别", "归口部门", "适用等级", "在用版次", "施行日期", "实施日期")
    rows = [_exported(row) for row in _in_force(request, clock.today())["rows"]]
    return xlsx(workbook("评定标准", headings, rows), "standards.xlsx")


def xlsx(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("评定标准", reverse("office:standards")), *more]


def _tabs(request: Request) -> list[tuple[str, str]]:
    tabs = [("in_force", "在用标准")]
    tabs += [("due", "到期复审"), ("gaps", "标准缺口")] if request.actor.holds(*WATCHERS) else []
    return tabs + ([("drafts", "草案")] if request.actor.holds(*KEEPERS) else [])


def _in_force(request: Request, day: date) -> dict[str, Any]:
    editions = Edition.objects.on(day).select_related(None)
    rows = Standard.objects.visible_to(request.actor).select_related("owner")
    rows = rows.prefetch_related(Prefetch("editions", editions, to_attr="usable")).exclude(withdrawn__lte=day)
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(title__contains=text) | rows.filter(number__contains=text)
    found = [(row, _levels(row), next(iter(row.usable), None)) for row in rows.order_by("number")]  # type: ignore[attr-defined]
    return {"rows": found}


def _levels(row: Standard) -> str:
    return "、".join(LEVELS[level] for level in row.levels if level in LEVELS)


def _exported(found: tuple[Standard, str, Edition | None]) -> tuple[object, ...]:
    row, levels, edition = found
    return (
        *(row.number, row.title, row.get_kind_display(), row.owner.name, levels),
        *(edition.label if edition else "", edition.in_force if edition else None, row.in_force),
    )


def _due(request: Request, day: date) -> dict[str, Any]:
    return {"due": queries.due_for_review(day, soon=True)}


def _gaps(request: Request, day: date) -> dict[str, Any]:
    makings = Making.objects.filter(state__in=RUNNING).select_related("department").order_by("due", "pk")
    return {"gaps": queries.gaps(day), "processes": queries.special_processes(day), "makings": makings}


def _drafts(request: Request, day: date) -> dict[str, Any]:
    rows = Edition.objects.visible_to(request.actor).filter(
        state=EditionState.DRAFT, standard__owner__in=owned(request.actor)
    )
    return {"drafts": rows.select_related("standard").order_by("-pk")}
