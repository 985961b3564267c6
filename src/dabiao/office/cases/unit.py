"""The unit at its application: begin, answer the conditions one by one, submit, complete, withdraw."""

from typing import Any

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.creation.models import Case
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import assessments
from dabiao.creation.queries import cases as queries
from dabiao.creation.rules.settling import asking, settle
from dabiao.creation.services.cases import drafting, submitting
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.cases import forms, shown
from dabiao.office.cases.views import case_page
from dabiao.organisations.models import Site, Unit
from dabiao.standards import queries as standards

OFFICER = frozenset({Role.UNIT_OFFICER})
PRINCIPAL = frozenset({Role.UNIT_PRINCIPAL})
LEADING = OFFICER | PRINCIPAL


@address("安全管理员起草申报件", OFFICER, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Level and sites; the edition is proposed with its reason for each level."""
    at, unit = clock.now(), _own(request)
    sites = list(Site.objects.filter(unit=unit).order_by("id"))
    last = assessments.last_handed_in(unit.pk)
    initial = {"level": last.level if last else "level_3", "sites": [site.pk for site in sites]}
    form = forms.NewForm(
        acting.posted(request), initial=initial, sites=[(site.pk, site.name) for site in sites]
    )
    made: list[Case] = []

    def act() -> None:
        chosen = [site for site in sites if site.pk in form.cleaned_data["sites"]]
        level = form.cleaned_data["level"]
        made.append(drafting.draft(unit=unit, level=level, sites=chosen, by=request.actor, at=at))

    if request.method == "POST" and acting.tried(form, act):
        words = "草稿已建立。请逐项核对申报条件。"
        return acting.done(request, words, "office:case_conditions", made[0].pk)
    day = clock.day_of(at)
    context = {
        "form": form,
        "unit": unit,
        "last": last,
        "under_way": queries.open_one(unit.pk),
        "proposals": [(title, standards.proposal(unit, level, day)) for level, title in forms.LEVELS],
    }
    status = 422 if form.is_bound else 200
    crumbs = [("申报件", "/office/cases/"), ("提出申请", "")]
    return frame.page(request, "office/cases/new.html", context, crumbs=crumbs, status=status)


def _own(request: Request) -> Unit:
    unit = Unit.objects.filter(pk__in=request.actor.units).order_by("pk").first()
    if unit is None:
        raise Absent
    return unit


@address("企业逐项核对申报条件", OFFICER, ("GET", "POST"))
def conditions(request: Request, key: int) -> HttpResponse:
    """One by one: what is known is filled in and says where it comes from; the rest the unit says."""
    case = queries.visible(request.actor, key)
    permissions.may_change(request.actor, case).or_refuse()
    asked = queries.asked(case, clock.today())
    settled = settle(asked.answers, ())
    waiting = [each.answer for each in asking(settled)]
    initial = {"version": case.version, **forms.said(waiting, case.statements)}
    form = forms.StatementsForm(acting.posted(request), asking=waiting, initial=initial)

    def act() -> Case:
        version = form.cleaned_data["version"]
        said = form.statements()
        return drafting.state_conditions(
            case=case, statements=said, version=version, by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        words = "已保存。请主要负责人提交申请。"
        return acting.done(request, words, "office:case", key, draft=f"conditions-{key}")
    context = {
        "case": case,
        "conditions": _with_fields(shown.conditions(case, settled, own=True), form),
        "form": form,
        "tally": shown.tally(settled),
    }
    status = 422 if form.is_bound else 200
    crumbs = [("申报件", "/office/cases/"), (case.spoken, "../"), ("核对条件", "")]
    return frame.page(request, "office/cases/conditions.html", context, crumbs=crumbs, status=status)


def _with_fields(
    rows: list[shown.Condition], form: forms.StatementsForm
) -> list[tuple[shown.Condition, Any]]:
    names = {condition: name for name, condition in form.named.items()}
    return [
        (row, form[names[row.settled.answer.condition]] if row.settled.answer.condition in names else None)
        for row in rows
    ]


@address("主要负责人提交申请", PRINCIPAL, ("POST",))
def submit(request: Request, key: int) -> HttpResponse:
    case = queries.visible(request.actor, key)
    form = forms.VersionForm(request.POST)

    def act() -> Case:
        version = form.cleaned_data["version"]
        return submitting.submit(case=case, version=version, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, f"申请已提交，件号 {case.spoken}。", "office:case", key)
    return case_page(request, queries.visible(request.actor, key), version_form=form)


@address("企业撤回申请或者作废草稿", LEADING, ("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """A draft is discarded; what was submitted is withdrawn with the reason."""
    case = queries.visible(request.actor, key)
    draft = case.state == CaseState.DRAFT
    form = forms.WithdrawForm(request.POST)

    def act() -> Case:
        told = form.cleaned_data
        if draft:
            return drafting.discard(case=case, by=request.actor, at=clock.now())
        return submitting.withdraw(case=case, by=request.actor, at=clock.now(), **told)

    if acting.tried(form, act):
        words = "草稿已作废。" if draft else "申请已撤回，不计申请间隔。"
        return acting.done(request, words, "office:case", key)
    return case_page(request, queries.visible(request.actor, key), withdraw_form=form)


@address("企业完成补正", OFFICER, ("POST",))
def complete(request: Request, key: int) -> HttpResponse:
    case = queries.visible(request.actor, key)
    form = forms.CompleteForm(request.POST)

    def act() -> Case:
        return submitting.complete(case=case, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        words = "补正已提交，审核自次日起继续计算期限。"
        return acting.done(request, words, "office:case", key, draft=f"complete-{key}")
    return case_page(request, queries.visible(request.actor, key), complete_form=form)
