"""Pages of self-assessments: list, start, the page of one with its journey, and its acts."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.creation.models import SelfAssessment
from dabiao.creation.permissions import assessments as permissions
from dabiao.creation.queries import assessments as queries
from dabiao.creation.services import assessments as services
from dabiao.creation.states.assessments import TITLES, AssessmentState
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import workbook
from dabiao.office import acting, frame
from dabiao.office.self_assessments import forms, shown
from dabiao.organisations.models import Unit
from dabiao.people.models import Account
from dabiao.sheets.services import closing, opening
from dabiao.standards import queries as standards

READERS = UNIT_ROLES | frame.WATCHING
OFFICER = frozenset({Role.UNIT_OFFICER})
LEADING = frozenset({Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL})
PER_PAGE = 30
SORTS = {"number": "number", "unit": "unit__name", "started": "started_at", "state": "state"}


@address("查看自评名单", READERS)
def listing(request: Request) -> HttpResponse:
    rows = _filtered(request)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "states": [(state.value, TITLES[state]) for state in AssessmentState],
        "may_start": request.actor.holds(Role.UNIT_OFFICER),
    }
    return frame.page(request, "office/self_assessments/list.html", context)


@address("导出自评名单", READERS)
def export(request: Request) -> HttpResponse:
    rows = [
        (
            row.number,
            row.unit.name,
            row.title,
            TITLES[AssessmentState(row.state)],
            row.started_at,
            row.handed_in_at,
        )
        for row in _filtered(request)
    ]
    content = workbook("自评名单", ("编号", "企业", "名称", "状态", "发起时间", "提交时间"), rows)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    headers = {"Content-Disposition": 'attachment; filename="self-assessments.xlsx"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _filtered(request: Request) -> "QuerySet[SelfAssessment]":
    rows = SelfAssessment.objects.visible_to(request.actor).select_related("unit", "sheet")
    if state := request.GET.get("state"):
        rows = rows.filter(state=state)
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(unit__name__contains=text) | rows.filter(number__contains=text)
    sort = request.GET.get("sort", "-started")
    field = SORTS.get(sort.lstrip("-"), "started_at")
    return rows.order_by(("-" if sort.startswith("-") else "") + field, "-id")


@address("安全管理员发起自评", OFFICER, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Level, team; the edition is proposed with its reason for each level."""
    at = clock.now()
    unit = _own_unit(request)
    account = Account.objects.get(pk=request.actor.account or 0)
    previous = queries.last_handed_in(unit.pk)
    initial = {"level": previous.level if previous else "level_3"}
    form = forms.StartForm(
        acting.posted(request),
        initial=initial,
        people=_colleagues(unit, account),
        previous=previous is not None,
    )

    def act() -> SelfAssessment:
        told = form.cleaned_data
        return services.start(
            unit=unit,
            level=told["level"],
            lead=account,
            writers=list(told["writers"]),
            reuse=told.get("reuse", False),
            by=request.actor,
            at=at,
        )

    if request.method == "POST" and acting.tried(form, act):
        made = queries.unfinished(unit.pk).latest("started_at")
        return acting.done(
            request, "已开始自评。可以先分派要素，也可以直接填写。", "office:self_assessment", made.pk
        )
    day = clock.day_of(at)
    proposals = [(title, standards.proposal(unit, level, day)) for level, title in forms.LEVELS]
    context = {"form": form, "unit": unit, "proposals": proposals, "previous": previous}
    crumbs = [("自评", "../"), ("发起自评", "")]
    return frame.page(
        request, "office/self_assessments/new.html", context, crumbs=crumbs, status=_status(form)
    )


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _own_unit(request: Request) -> Unit:
    unit = Unit.objects.filter(pk__in=request.actor.units).order_by("pk").first()
    if unit is None:
        raise Absent
    return unit


def _colleagues(unit: Unit, but: Account) -> "QuerySet[Account]":
    day = clock.today()
    posted = Account.objects.filter(postings__unit=unit, postings__since__lte=day, is_active=True)
    return posted.exclude(postings__until__lte=day).exclude(pk=but.pk).distinct().order_by("pk")


@address("查看一份自评", READERS)
def page(request: Request, key: int) -> HttpResponse:
    assessment = queries.visible(request.actor, key)
    return _page(request, assessment)


def _page(request: Request, assessment: SelfAssessment, **bound: Any) -> HttpResponse:
    """The page of one; forms that were refused come back with what was typed."""
    refused = next(iter(bound.values()), None)
    context = {**shown.context(request, assessment), **bound, "refused": refused}
    crumbs = [("自评", "/office/self-assessments/"), (assessment.number, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/self_assessments/page.html", context, crumbs=crumbs, status=status)


@address("签字形成自评报告", LEADING, ("POST",))
def sign(request: Request, key: int) -> HttpResponse:
    assessment = queries.visible(request.actor, key)
    form = forms.SignForm(request.POST)

    def act() -> SelfAssessment:
        told = form.cleaned_data
        return services.sign(assessment=assessment, by=request.actor, at=clock.now(), **told)

    if acting.tried(form, act):
        return acting.done(
            request,
            "已签字，自评报告形成，内容不再改变。",
            "office:self_assessment",
            key,
            draft=f"sign-{key}",
        )
    return _page(request, queries.visible(request.actor, key), sign_form=form)


@address("主要负责人对自评报告签字", LEADING, ("POST",))
def countersign(request: Request, key: int) -> HttpResponse:
    assessment = queries.visible(request.actor, key)
    permissions.may_countersign(request.actor, assessment).or_refuse()
    form = forms.CountersignForm(request.POST)

    def act() -> Any:
        remark = form.cleaned_data["remark"]
        return closing.sign_sheet(
            sheet=assessment.sheet_id,
            side=services.UNIT_SIDE,
            by=request.actor,
            at=clock.now(),
            remark=remark,
        )

    if acting.tried(form, act):
        return acting.done(request, "已签字。", "office:self_assessment", key)
    return _page(request, assessment, countersign_form=form)


@address("在企业内公示自评报告", OFFICER, ("POST",))
def post(request: Request, key: int) -> HttpResponse:
    assessment = queries.visible(request.actor, key)
    form = forms.PostForm(request.POST)

    def act() -> SelfAssessment:
        return services.post(assessment=assessment, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "已开始公示，期满次日起可以提交。", "office:self_assessment", key)
    return _page(request, queries.visible(request.actor, key), post_form=form)


@address("提交自评报告", OFFICER, ("POST",))
def hand_in(request: Request, key: int) -> HttpResponse:
    assessment = queries.visible(request.actor, key)
    form = forms.HandInForm(request.POST)

    def act() -> SelfAssessment:
        return services.hand_in(assessment=assessment, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "自评报告已提交，主管部门和属地可以看到。", "office:self_assessment", key)
    return _page(request, queries.visible(request.actor, key), hand_in_form=form)


@address("作废未完成的自评", OFFICER, ("POST",))
def abandon(request: Request, key: int) -> HttpResponse:
    assessment = queries.visible(request.actor, key)
    form = forms.AbandonForm(request.POST)

    def act() -> SelfAssessment:
        return services.abandon(assessment=assessment, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "已作废。填写过的内容仍可查看。", "office:self_assessment", key)
    return _page(request, queries.visible(request.actor, key), abandon_form=form)


@address("牵头人调整自评员和分派", OFFICER, ("GET", "POST"))
def team(request: Request, key: int) -> HttpResponse:
    """Who fills what: the writers, then element by element."""
    assessment = queries.visible(request.actor, key)
    account = Account.objects.get(pk=request.actor.account or 0)
    people = _colleagues(assessment.unit, account)
    if request.method != "POST":
        return _team_page(request, assessment, people)
    return (
        _assign(request, assessment, people)
        if "element" in request.POST
        else _set(request, assessment, people)
    )


def _team_page(
    request: Request, assessment: SelfAssessment, people: "QuerySet[Account]", refused: Form | None = None
) -> HttpResponse:
    """The page; a form that was refused says why at its head."""
    context = {**shown.team(assessment, people), "refused": refused}
    crumbs = [("自评", "/office/self-assessments/"), (assessment.number, "../"), ("人员与分派", "")]
    status = 422 if refused else 200
    template = "office/self_assessments/team.html"
    return frame.page(request, template, context, crumbs=crumbs, status=status)


def _set(request: Request, assessment: SelfAssessment, people: "QuerySet[Account]") -> HttpResponse:
    """Who writes besides the lead."""
    form = forms.TeamForm(request.POST, people=people)

    def act() -> None:
        chosen = list(form.cleaned_data["writers"])
        opening.set_writers(sheet=assessment.sheet, writers=chosen, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "人员已保存。", "office:self_assessment_team", assessment.pk)
    return _team_page(request, assessment, people, form)


def _assign(request: Request, assessment: SelfAssessment, people: "QuerySet[Account]") -> HttpResponse:
    """One element's people."""
    form = forms.AssignForm(request.POST, people=[(each.pk, each.name) for each in people])

    def act() -> None:
        told = form.cleaned_data
        sheet, at = assessment.sheet, clock.now()
        opening.assign(
            sheet=sheet, element=told["element"], accounts=told["accounts"], by=request.actor, at=at
        )

    if acting.tried(form, act):
        return acting.done(request, "分派已保存。", "office:self_assessment_team", assessment.pk)
    return _team_page(request, assessment, people, form)
