"""评审人员: the qualifications the organizing unit has filed; filing one."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame
from dabiao.office.qualifications.forms import FilingForm
from dabiao.office.qualifications.shown import shown
from dabiao.office.standing.shown import grouped
from dabiao.people.models import ORGANIZERS, Qualification
from dabiao.people.rules.qualifications import KINDS
from dabiao.people.services import qualifications as services
from dabiao.standing import queries as standing

PER_PAGE = 30
HOLDERS = frozenset({Role.REVIEWER, Role.EXPERT})
HEADINGS = ("姓名", "类别", "编号", "专业", "起", "止", "现状")
SORTS = {"name": "account__name", "number": "number", "until": "until"}


@address("评审组织单位查看评审人员", ORGANIZERS)
def listing(request: Request) -> HttpResponse:
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page_, "rows": [shown(row, clock.today()) for row in page_], "kinds": KINDS}
    return frame.page(request, "office/qualifications/list.html", context)


@address("评审员、评审专家查看本人资格", HOLDERS)
def own(request: Request) -> HttpResponse:
    rows = Qualification.objects.filter(account=request.actor.account).select_related("filed_by")
    rows = rows.prefetch_related("suspensions")
    day, known = clock.today(), standing.of_person(request.actor, request.actor.account)
    context = {
        "rows": [shown(row, day) for row in rows.order_by("-since", "number")],
        "known": grouped(known, day),
    }
    return frame.page(request, "office/qualifications/own.html", context)


@address("评审组织单位导出评审人员", ORGANIZERS)
def export(request: Request) -> HttpResponse:
    content = workbook("评审人员", HEADINGS, _exported(_filtered(request)))
    headers = {"Content-Disposition": 'attachment; filename="reviewers.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@address("评审组织单位为评审人员建档", ORGANIZERS, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    form = FilingForm(acting.posted(request))

    def act() -> Qualification:
        account = form.account()
        return services.file_qualification(
            account=account, told=form.told(), by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "资格已建档。", "office:qualifications")
    crumbs = [("评审人员", "/office/qualifications/"), ("建档", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/qualifications/new.html", {"form": form}, crumbs=crumbs, status=status)


def _filtered(request: Request) -> "QuerySet[Qualification]":
    rows = Qualification.objects.visible_to(request.actor).select_related("account")
    if kind := request.GET.get("kind"):
        rows = rows.filter(kind=kind)
    if text := request.GET.get("q", "").strip()[:60]:
        rows = rows.filter(
            Q(account__name__contains=text) | Q(number__contains=text) | Q(specialties__contains=text)
        )
    sort = request.GET.get("sort", "number")
    field = SORTS.get(sort.lstrip("-"), "number")
    return rows.prefetch_related("suspensions").order_by(("-" if sort.startswith("-") else "") + field, "id")


def _exported(rows: "QuerySet[Qualification]") -> Iterator[tuple[Any, ...]]:
    day = clock.today()
    for each in rows.iterator(chunk_size=500):
        said = shown(each, day)
        days = (each.since.isoformat(), each.until.isoformat())
        yield (each.account.name, said.kind, each.number, each.specialties, *days, said.state)
