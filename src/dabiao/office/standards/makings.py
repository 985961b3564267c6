"""The duty to make or revise a standard: opened from a gap, followed, finished or dropped."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.look.forms import offer_rows
from dabiao.office import acting, frame, history
from dabiao.office.standards import finding, forms
from dabiao.office.standards.finding import KEEPERS, OPENERS, WATCHERS
from dabiao.office.standards.listing import crumbs
from dabiao.organisations.models import Body, BodyKind, Industry
from dabiao.standards import permissions
from dabiao.standards.models import Making, Standard
from dabiao.standards.queries import listed
from dabiao.standards.services import makings
from dabiao.standards.services.makings import Subject


@address("立项制定或修订标准", OPENERS, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """`?industry=` or `?area=` says which gap; the department is one's own, or chosen by a leading body."""
    subject, title = _subject(request)
    form = forms.MakingForm(request.POST or None, initial={"title": title})
    departments = _departments(request)
    chosen = next(
        (each for each in departments if str(each.pk) == request.POST.get("department")), departments[0]
    )

    def act() -> Making:
        return makings.open_making(
            department=chosen, subject=subject, by=request.actor, at=clock.now(), **form.cleaned_data
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已立项，进展会在标准缺口中显示。", "office:standards")
    context = {"form": form, "subject": subject, "departments": departments, "chosen": chosen}
    here = crumbs(("立项", ""))
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/standards/making_new.html", context, crumbs=here, status=status)


@address("查看制修订任务", WATCHERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, finding.making(request, key))


@address("登记制修订进展", KEEPERS, ("POST",))
def progress(request: Request, key: int) -> HttpResponse:
    making, form = finding.making(request, key), forms.ProgressForm(request.POST)
    return _tried(request, making, progress_form=form, service=makings.progress)


@address("办结制修订任务", KEEPERS, ("POST",))
def finish(request: Request, key: int) -> HttpResponse:
    making, form = finding.making(request, key), forms.FinishForm(request.POST)
    _own_alone(form, making)
    return _tried(request, making, finish_form=form, service=makings.finish)


@address("终止制修订任务", KEEPERS, ("POST",))
def drop(request: Request, key: int) -> HttpResponse:
    making, form = finding.making(request, key), forms.DropForm(request.POST)
    return _tried(request, making, drop_form=form, service=_dropped)


def _tried(
    request: Request, making: Making, *, service: Callable[..., Making], **forms_: Form
) -> HttpResponse:
    """One act with its form, of the department that has the duty."""
    if not permissions.owns(request.actor, making.department_id):
        raise Absent
    [form] = forms_.values()

    def act() -> Making:
        return service(making=making, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "已记录。", "office:making", making.pk)
    return _page(request, making, **forms_)


def _dropped(*, words: str, **said: Any) -> Making:
    return makings.drop(reason=words, **said)


def _page(request: Request, making: Making, **bound: Form) -> HttpResponse:
    fresh = {"version": making.version}
    finish_form = forms.FinishForm(initial={**fresh, "standard": making.standard_id})
    _own_alone(finish_form, making)
    context = {
        "making": making,
        "area": listed.areas(clock.today()).get(making.area),
        "told": making.progress.splitlines(),
        "may_keep": permissions.may_keep_making(request.actor, making),
        "progress_form": forms.ProgressForm(initial=fresh),
        "finish_form": finish_form,
        "drop_form": forms.DropForm(initial=fresh),
        "history": history.of_chains([chain_of(making)]),
        **bound,
    }
    here = crumbs((making.title, ""))
    status = 422 if bound else 200
    return frame.page(request, "office/standards/making.html", context, crumbs=here, status=status)


def _own_alone(form: forms.FinishForm, making: Making) -> None:
    """To choose from: the department's own standards. Drafts of others do not exist for it."""
    own = Standard.objects.filter(owner=making.department_id)
    offer_rows(form, "standard", own)


def _subject(request: Request) -> tuple[Subject, str]:
    """What the address names, and a title to begin with."""
    industry = Industry.objects.filter(code=request.GET.get("industry", "")).first()
    if industry is not None:
        return Subject(industry=industry), f"制定{industry.name}安全生产标准化评定标准"
    area = listed.areas(clock.today()).get(request.GET.get("area", ""))
    if area is None:
        raise Absent
    return Subject(area=area.id), f"制修订涉及{area.title}的评定标准"


def _departments(request: Request) -> list[Body]:
    """One's own bodies; for the leading ones every city department."""
    rows: Any = Body.objects.filter(jurisdiction=None, kind__in=(BodyKind.INDUSTRY, BodyKind.BUREAU))
    leads = request.actor.holds(*permissions.LEADERS)
    found = list(rows.order_by("name") if leads else rows.filter(pk__in=request.actor.bodies))
    if not found:
        raise Absent
    return found
