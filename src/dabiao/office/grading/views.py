"""Pages of gradings: the list, the page of one, and what each desk does on it."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.grading.models import Grading
from dabiao.grading.queries import gradings as queries
from dabiao.grading.states.gradings import TITLES, GradingState
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame, history
from dabiao.office.grading import shown
from dabiao.office.grading.certified import LEVELS

READERS = UNIT_ROLES | frame.WATCHING | frame.REVIEWING
SPOTS = (Role.ORGANIZER, Role.ORGANIZER_LEAD, Role.INDUSTRY_CITY, Role.BUREAU_CITY)
PER_PAGE = 30
MOST = 20_000
HEADINGS = ("定级件", "企业", "管辖区", "等级", "评审单位", "状态", "收到日期", "公示日期", "公示期满")


@address("查看定级件名单", READERS)
def listing(request: Request) -> HttpResponse:
    day, calendar = clock.today(), calendars.calendar()
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (row, shown.state_of(row), LEVELS.get(row.level), shown.limit_of(row, day, calendar)) for row in page_
    ]
    context = {
        "page": page_,
        "rows": rows,
        "may_spots": request.actor.holds(*SPOTS),
        "levels": list(LEVELS.items())[1:],
        "states": [(state.value, TITLES[state]) for state in GradingState],
    }
    return frame.page(request, "office/grading/list.html", context)


@address("导出定级件名单", READERS)
def export(request: Request) -> HttpResponse:
    content = workbook("定级件", HEADINGS, (_exported(row) for row in _filtered(request)[:MOST]))
    headers = {"Content-Disposition": 'attachment; filename="gradings.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: Grading) -> tuple[Any, ...]:
    who = (row.spoken, row.unit.name, row.jurisdiction.name, LEVELS.get(row.level, row.level))
    days = (row.received_on, row.publicised_on, row.publicity_ends)
    return (*who, row.body.name, TITLES[GradingState(row.state)], *days)


def _filtered(request: Request) -> "QuerySet[Grading]":
    rows = Grading.objects.visible_to(request.actor).select_related("unit", "jurisdiction", "body")
    for name in ("state", "level"):
        if value := request.GET.get(name):
            rows = rows.filter(**{name: value})
    if text := request.GET.get("q", "").strip()[:60]:
        rows = rows.filter(Q(unit__name__contains=text) | Q(number__contains=text.replace(" ", "").upper()))
    return rows.order_by("-id")


@address("查看一件定级", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return grading_page(request, queries.visible(request.actor, key))


def grading_page(request: Request, grading: Grading, **bound: Any) -> HttpResponse:
    """The page of one; a refused form comes back with what was typed."""
    known, asked = shown.context(request.actor, grading), request.GET.get("history", "")
    told = history.turned(chain_of(grading), asked) if known["inside"] else {}
    context = {**known, **told, **bound, "refused": next(iter(bound.values()), None)}
    crumbs = [("定级", "/office/gradings/"), (grading.spoken, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/grading/page.html", context, crumbs=crumbs, status=status)


def performed(
    request: Request, key: int, bound: tuple[str, Any], act: Callable[[], Any], words: str
) -> HttpResponse:
    """Do it and say so, or show the page with what was typed and why not."""
    name, form = bound
    if acting.tried(form, act):
        return acting.done(request, words, "office:grading", key)
    return grading_page(request, queries.visible(request.actor, key), **{name: form})
