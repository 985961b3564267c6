"""Pages of standing: all one may see, one fact, its file, and what is known of one unit."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse

from dabiao.base import clock
from dabiao.base.files.store import place
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import frame, history
from dabiao.office.standing import forms
from dabiao.office.standing.shown import grouped, shown
from dabiao.office.units.views import visible_unit
from dabiao.standing import permissions, queries
from dabiao.standing.models import Fact
from dabiao.standing.rules.kinds import GROUPS, kinds

WATCHING = frame.WATCHING | {Role.ENFORCEMENT}
READERS = UNIT_ROLES | WATCHING
PER_PAGE = 30
HEADINGS = ("企业", "类别", "起止", "编号", "事实", "数量", "来源", "登记人", "现状")
SORTS = {"since": "since", "unit": "unit__name", "kind": "kind", "recorded": "recorded_at"}


@address("查看资格状况", WATCHING)
def listing(request: Request) -> HttpResponse:
    """Facts of one's territory, the latest first (uplift/8)."""
    day = clock.today()
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [shown(fact, day) for fact in page_],
        "groups": _groups(),
        "may_record": request.actor.holds(*permissions.RECORDERS),
    }
    return frame.page(request, "office/standing/list.html", context)


@address("导出资格状况", WATCHING)
def export(request: Request) -> HttpResponse:
    day = clock.today()
    rows = (_exported(shown(fact, day)) for fact in _filtered(request).iterator(chunk_size=500))
    headers = {"Content-Disposition": 'attachment; filename="standing.xlsx"'}
    return HttpResponse(workbook("资格状况", HEADINGS, rows), content_type=XLSX, headers=headers)


def _exported(row: Any) -> tuple[Any, ...]:
    fact = row.fact
    said = (fact.number, fact.words, row.counts, fact.source, row.recorder, row.state)
    return (fact.unit.name if fact.unit else "", fact.title, row.days, *said)


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (title, [(kind.id, kind.title) for kind in kinds().values() if kind.group == group])
        for group, title in GROUPS.items()
    ]


def _filtered(request: Request) -> "QuerySet[Fact]":
    asked = request.GET
    rows = Fact.objects.visible_to(request.actor).standing().exclude(unit=None)
    rows = rows.select_related("unit", "recorded_for")
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if asked.get("show") == "adverse":
        rows = rows.filter(kind__in=[kind.id for kind in kinds().values() if kind.adverse])
    if text := asked.get("q", "").strip():
        rows = rows.filter(unit__name__contains=text)
    sort = asked.get("sort", "-recorded")
    field = SORTS.get(sort.lstrip("-"), "recorded_at")
    return rows.order_by(("-" if sort.startswith("-") else "") + field, "-id")


@address("查看一条资格状况", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return fact_page(request, queries.visible(request.actor, key))


def fact_page(request: Request, fact: Fact, **bound: Any) -> HttpResponse:
    """One fact with where it comes from; a refused form comes back with what was typed."""
    if fact.unit is None:
        raise Absent
    actor = request.actor
    later = Fact.objects.filter(corrects=fact).first()
    context = {
        "row": shown(fact, clock.today()),
        "later": later,
        "may_lift": permissions.may_lift(actor, fact),
        "may_correct": permissions.may_correct(actor, fact),
        "lift_form": forms.LiftForm(initial={"version": fact.version}),
        "history": history.of_chains([chain_of(fact)]),
        "sees_unit": not actor.holds(Role.ENFORCEMENT),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    crumbs = [("资格状况", up(request, fact.unit_id)), (fact.title, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/standing/page.html", context, crumbs=crumbs, status=status)


def up(request: Request, unit: int | None) -> str:
    """Back to where one came from: the list, or, for those who have none, the unit's own page."""
    if unit is None or request.actor.holds(*WATCHING):
        return "/office/standing/"
    return f"/office/units/{unit}/standing/"


@address("下载资格状况的证明文件", READERS)
def file(request: Request, key: int) -> FileResponse:
    """Always as an attachment, never inline."""
    fact = queries.visible(request.actor, key)
    if fact.file is None:
        raise Absent
    name = f"standing-{fact.pk}{ENDINGS.get(fact.file.kind, '')}"
    return FileResponse(
        place(fact.file.digest).open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )


ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/heic": ".heic"}


@address("查看一家企业的资格状况", UNIT_ROLES | frame.WATCHING)
def of_unit(request: Request, key: int) -> HttpResponse:
    """All that is known of a unit, by group, also what was corrected or has ended (uplift/8)."""
    unit = visible_unit(request, key)
    facts = queries.of_unit(request.actor, unit.pk)
    context = {
        "unit": unit,
        "groups": grouped(facts, clock.today()),
        "may_record": bool(permissions.recordable(request.actor, unit)),
    }
    crumbs = [("企业", "/office/units/"), (unit.name, "../"), ("资格状况", "")]
    return frame.page(request, "office/standing/unit.html", context, crumbs=crumbs)
