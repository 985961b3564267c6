"""Pages of the self-assessors: who they are, their training, the money for it (uplift/18)."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponse

from dabiao.base import clock
from dabiao.creation.models import Assessor, Training, TrainingFund
from dabiao.creation.permissions.groups import may_lead
from dabiao.creation.queries import assessors as queries
from dabiao.creation.services import assessors as services
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.creation import forms, team_forms
from dabiao.office.creation.group import HOME
from dabiao.office.creation.own import LEADING, attachment, own_unit
from dabiao.organisations.models import Unit


@address("查看和组建自评员队伍", UNIT_ROLES, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    unit, day = own_unit(request), clock.today()
    if request.method != "POST":
        return _page(request, unit)
    may_lead(request.actor, unit.pk).or_refuse()
    form = team_forms.AppointForm(request.POST, unit=unit, accounts=queries.accounts(unit.pk, day))

    def act() -> Assessor:
        return services.appoint(unit=unit, who=form.appointed(), by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已加入自评员队伍。", "office:assessors", draft="assessor")
    return _page(request, unit, appoint_form=form)


def _page(request: Request, unit: Unit, **bound: Any) -> HttpResponse:
    day = clock.today()
    fund = queries.fund(unit.pk, day.year)
    context = {
        "unit": unit,
        "team": queries.team(unit.pk, day),
        "may": may_lead(request.actor, unit.pk),
        "fund": fund,
        "year": day.year,
        "today": day,
        **_forms(unit, day, fund),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    status = 422 if bound else 200
    crumbs = [HOME, ("自评员", "")]
    return frame.page(request, "office/creation/assessors.html", context, crumbs=crumbs, status=status)


def _forms(unit: Unit, day: date, fund: TrainingFund | None) -> dict[str, Any]:
    known = team_forms.this_year(day)
    spent = {"amount": fund.amount, "used": fund.used} if fund else {}
    accounts = queries.accounts(unit.pk, day)
    return {
        "appoint_form": team_forms.AppointForm(initial=known, unit=unit, accounts=accounts),
        "training_form": team_forms.TrainingForm(initial=known, members=_members(unit)),
        "fund_form": team_forms.FundForm(initial={**known, **spent}),
        "leave_form": forms.LeaveForm(initial=known),
    }


def _members(unit: Unit) -> Any:
    return Assessor.objects.filter(unit=unit, until=None).order_by("id")


@address("自评员离队", LEADING, ("POST",))
def leave(request: Request, key: int) -> HttpResponse:
    assessor = queries.visible(request.actor, key)
    form = forms.LeaveForm(request.POST, of=key)

    def act() -> Assessor:
        until = form.cleaned_data["until"]
        return services.let_go(assessor=assessor, until=until, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, f"{assessor.name}已离队。", "office:assessors")
    return _page(request, own_unit(request), leave_form=form)


@address("登记自评员培训", LEADING, ("POST",))
def train(request: Request) -> HttpResponse:
    unit = own_unit(request)
    form = team_forms.TrainingForm(request.POST, request.FILES, members=_members(unit))

    def act() -> list[Training]:
        told = form.cleaned_data
        taken = acting.take_one(told["file"])
        return services.record_training(
            unit=unit,
            assessors=list(told["assessors"]),
            course=form.course(),
            taken=taken,
            by=request.actor,
            at=clock.now(),
        )

    if acting.tried(form, act):
        return acting.done(request, "培训已登记。", "office:assessors", draft="training")
    return _page(request, unit, training_form=form)


@address("登记自评员培训经费", LEADING, ("POST",))
def fund(request: Request) -> HttpResponse:
    unit = own_unit(request)
    form = team_forms.FundForm(request.POST)

    def act() -> TrainingFund:
        return services.set_fund(unit=unit, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "经费已登记。", "office:assessors")
    return _page(request, unit, fund_form=form)


@address("下载自评员培训证明", UNIT_ROLES)
def training(request: Request, key: int) -> FileResponse:
    rows = Training.objects.filter(assessor__unit__in=request.actor.units, pk=key)
    row = rows.select_related("file", "assessor").first()
    if row is None:
        raise Absent
    return attachment(row.file, f"培训证明{row.assessor.name}")
