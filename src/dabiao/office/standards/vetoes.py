"""The overlay of vetoes: what holds, what will, what did; and the acts of the department that keeps it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from dabiao.base import clock
from dabiao.kernel.days import DAY
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.look.citing import cited
from dabiao.look.export import workbook
from dabiao.look.forms import offer
from dabiao.office import acting, frame
from dabiao.office.asked import whole
from dabiao.office.standards import finding, forms
from dabiao.office.standards.finding import KEEPERS, READERS
from dabiao.office.standards.listing import crumbs, xlsx
from dabiao.organisations.models import BodyKind
from dabiao.sheets.models import Sheet
from dabiao.sheets.states import SheetState
from dabiao.standards import queries
from dabiao.standards.models import Edition, Standard, VetoOverlay
from dabiao.standards.permissions import city_wide, owns
from dabiao.standards.queries.vetoes import HARD, sources
from dabiao.standards.services import vetoes
from dabiao.standards.services.vetoes import Wording
from dabiao.standards.states import EditionState

HEADINGS = ("否决情形", "适用范围", "归口部门", "依据", "来源", "起", "止", "立即适用", "现状")
STANDINGS = {"now": "适用中", "coming": "将适用", "past": "已不适用"}


@address("查看达标否决项", READERS)
def listing(request: Request) -> HttpResponse:
    """In force, coming and lifted ones, by department."""
    day = clock.today()
    context = {
        "rows": [(row, _standing(row, day), owns(request.actor, row.department_id)) for row in _overlay()],
        "hard": queries.hard_refusals(day),
        "sources": sources(day),
        "keeps": request.actor.holds(*KEEPERS),
    }
    here = crumbs(("达标否决项", ""))
    return frame.page(request, "office/standards/vetoes.html", context, crumbs=here)


@address("导出达标否决项", READERS)
def export(request: Request) -> HttpResponse:
    day = clock.today()
    known = sources(day)
    rows = (_exported(row, known, _standing(row, day)) for row in _overlay())
    return xlsx(workbook("达标否决项", HEADINGS, rows), "vetoes.xlsx")


def _exported(row: VetoOverlay, known: dict[str, str], standing: str) -> tuple[object, ...]:
    told = (row.text, _reach(row), row.department.name, cited(row.basis).title)
    days = (row.since, row.until, "是" if row.at_once else "否")
    return (*told, known.get(row.source, row.source), *days, STANDINGS[standing])


def _reach(row: VetoOverlay) -> str:
    if row.standard:
        label = row.edition.label if row.edition else ""
        return f"{row.standard.title} {label} {row.item}".strip()
    return "全市所有标准" if row.department.kind == BodyKind.BUREAU else "部门归口的所有标准"


def _overlay() -> "QuerySet[VetoOverlay]":
    rows = VetoOverlay.objects.select_related("department", "standard", "edition")
    return rows.order_by("-since", "-pk")


@address("增加达标否决项", KEEPERS, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """On an item (`?edition=&item=`), on a standard (`?standard=`), or on all of the department's."""
    body, target = finding.own_body(request), _target(request)
    form = _dressed(request, forms.VetoForm(request.POST or None, initial={"since": clock.today()}))

    def act() -> VetoOverlay:
        return vetoes.add(department=body, wording=_wording(form), by=request.actor, at=clock.now(), **target)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已增加，此后启用的规则册按日期适用。", "office:vetoes")
    context = {"form": form, "body": body, "city": city_wide(body), **target, **_affected(target)}
    if target.get("item"):
        context["requirement"] = finding.item(target["edition"], target["item"]).requirement
    return _page(request, "veto_new.html", context, form, "增加否决项")


@address("调整达标否决项", KEEPERS, ("GET", "POST"))
def change(request: Request, key: int) -> HttpResponse:
    row = finding.own_veto(request, key)
    initial = {name: getattr(row, name) for name in ("text", "basis", "source", "version")}
    initial |= {"since": clock.today() + DAY}
    form = _dressed(request, forms.ChangeVetoForm(request.POST or None, initial=initial))

    def act() -> VetoOverlay:
        version = form.cleaned_data["version"]
        return vetoes.change(
            veto=row, wording=_wording(form), version=version, by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已调整，原内容保留在记录中。", "office:vetoes")
    context = {"form": form, "veto": row, **_affected({"standard": row.standard})}
    return _page(request, "veto_change.html", context, form, "调整否决项")


@address("取消达标否决项", KEEPERS, ("GET", "POST"))
def lift(request: Request, key: int) -> HttpResponse:
    row = finding.own_veto(request, key)
    initial = {"until": clock.today(), "version": row.version}
    form = forms.LiftForm(request.POST or None, initial=initial)

    def act() -> VetoOverlay:
        return vetoes.lift(veto=row, by=request.actor, at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已取消。", "office:vetoes")
    context = {"form": form, "veto": row, **_affected({"standard": row.standard})}
    return _page(request, "veto_lift.html", context, form, "取消否决项")


def _page(request: Request, template: str, context: dict[str, Any], form: Form, title: str) -> HttpResponse:
    here = crumbs(("达标否决项", reverse("office:vetoes")), (title, ""))
    status = 422 if form.is_bound else 200
    return frame.page(request, f"office/standards/{template}", context, crumbs=here, status=status)


def _standing(row: VetoOverlay, day: date) -> str:
    if row.until is not None and row.until <= day:
        return "past"
    return "now" if row.since <= day else "coming"


def _target(request: Request) -> dict[str, Any]:
    """What the veto hangs on, as the address says; a thing not there is not found."""
    edition, standard, item = (request.GET.get(name, "") for name in ("edition", "standard", "item"))
    if edition:
        rows = Edition.objects.filter(state=EditionState.PUBLISHED).select_related("standard__owner")
        found = rows.filter(pk=whole(edition) or 0).first()
        return {"edition": found or _absent(), "item": item}
    if standard:
        row = Standard.objects.visible_to(request.actor).filter(pk=whole(standard) or 0)
        return {"standard": row.select_related("owner").first() or _absent()}
    return {}


def _absent() -> Any:
    raise Absent


def _dressed(request: Request, form: forms.VetoForm) -> forms.VetoForm:
    """Sources by the law of the day; the hard refusals only for the city bureau."""
    city = city_wide(finding.own_body(request))
    known = {key: title for key, title in sources(clock.today()).items() if city or key != HARD}
    offer(form, "source", list(known.items()))
    return form


def _wording(form: Form) -> Wording:
    names = ("text", "since", "basis", "source", "at_once")
    return Wording(**{name: form.cleaned_data[name] for name in names})


def _affected(target: dict[str, Any]) -> dict[str, int]:
    """Open sheets that a change at once would reach."""
    standard = target["edition"].standard if target.get("edition") else target.get("standard")
    sheets = Sheet.objects.filter(state=SheetState.OPEN)
    if standard is not None:
        sheets = sheets.filter(rulebook__edition__standard=standard)
    return {"open_sheets": sheets.count()}
