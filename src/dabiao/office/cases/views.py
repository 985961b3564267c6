"""Pages of cases: the list, its export, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.creation.models import Case
from dabiao.creation.queries import cases as queries
from dabiao.creation.states.cases import TITLES, CaseState
from dabiao.kernel.roles import CITY_ROLES, UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import frame, history
from dabiao.office.cases import forms, shown
from dabiao.office.units import narrowing
from dabiao.organisations.models import Jurisdiction

READERS = UNIT_ROLES | frame.WATCHING
PER_PAGE = 30
SORTS = {"number": "number", "unit": "unit__name", "submitted": "submitted_at", "state": "state"}
HEADINGS = ("件号", "企业", "管辖区", "等级", "评定标准", "状态", "提交日期", "收到日期", "期限", "受理日期")


@address("查看申报件名单", READERS)
def listing(request: Request) -> HttpResponse:
    day, calendar = clock.today(), calendars.calendar()
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [
            (row, shown.state_of(row), limit)
            for row, limit in zip(page_, shown.limits_of(list(page_), day, calendar), strict=True)
        ],
        "levels": shown.LEVELS,
        "choices": forms.LEVELS,
        "states": [(state.value, TITLES[state]) for state in CaseState],
        "jurisdictions": list(Jurisdiction.objects.all()) if _wide(request) else [],
        **(narrowing.of_units(day) if not request.actor.units else {}),
        "may_draft": request.actor.holds(Role.UNIT_OFFICER),
    }
    return frame.page(request, "office/cases/list.html", context)


def _wide(request: Request) -> bool:
    return not request.actor.units and request.actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD)


@address("导出申报件名单", READERS)
def export(request: Request) -> HttpResponse:
    day, calendar = clock.today(), calendars.calendar()
    found = list(_filtered(request)[:MOST])
    limits = shown.limits_of(found, day, calendar)
    rows = (_exported(row, limit) for row, limit in zip(found, limits, strict=True))
    headers = {"Content-Disposition": 'attachment; filename="cases.xlsx"'}
    return HttpResponse(workbook("申报件", HEADINGS, rows), content_type=XLSX, headers=headers)


MOST = 20_000


def _exported(row: Case, limit: Any) -> tuple[Any, ...]:
    state, level = TITLES[CaseState(row.state)], shown.LEVELS.get(row.level, row.level)
    who = (row.spoken, row.unit.name, row.jurisdiction.name, level, row.edition.standard.title)
    return (*who, state, row.submitted_on, row.received_on, limit.words if limit else "", row.accepted_on)


def _filtered(request: Request) -> "QuerySet[Case]":
    asked = request.GET
    rows = Case.objects.visible_to(request.actor).select_related(
        "unit", "jurisdiction", "edition__standard", "correction"
    )
    for name in ("state", "level"):
        if value := asked.get(name):
            rows = rows.filter(**{name: value})
    if code := asked.get("jurisdiction"):
        rows = rows.filter(jurisdiction__code=code)
    if code := asked.get("industry"):
        rows = rows.filter(unit__card__industry__contains=f"/{code}/")
    if area := asked.get("area"):
        rows = rows.filter(unit__card__areas__contains=f"/{area}/")
    if text := asked.get("q", "").strip():
        rows = rows.filter(Q(unit__name__contains=text) | Q(number__contains=text.replace(" ", "").upper()))
    sort = asked.get("sort", "-submitted")
    field = SORTS.get(sort.lstrip("-"), "submitted_at")
    return rows.order_by(("-" if sort.startswith("-") else "") + field, "-id")


@address("查看一件申报", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return case_page(request, queries.visible(request.actor, key))


def case_page(request: Request, case: Case, **bound: Any) -> HttpResponse:
    """The page of one; a refused form comes back with what was typed."""
    told = history.turned(chain_of(case), request.GET.get("history", ""))
    refused = next(iter(bound.values()), None)
    context = {**shown.context(request.actor, case), **told, **bound, "refused": refused}
    crumbs = [("申报件", "/office/cases/"), (case.spoken, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/cases/page.html", context, crumbs=crumbs, status=status)
