"""What a person may do about a review now: one offer a thing, with its form and the act behind it."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from dabiao.base import clock
from dabiao.hazards import permissions as hazards
from dabiao.hazards import services as hazard_services
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.office import acting
from dabiao.office.reviews import checking, made
from dabiao.office.reviews import team_forms as forms
from dabiao.office.reviews.offered import Act, Offer
from dabiao.people.models import Account
from dabiao.reviews.models import CheckKind, ExpertDraw, Finding, Plan, Remark, RemarkKind, Report, Review
from dabiao.reviews.permissions import plans as planning
from dabiao.reviews.permissions import rectifications as permissions
from dabiao.reviews.queries import plans
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.rules.visits import Hours, Span
from dabiao.reviews.services import drawing, meetings, oversight, rectifications, reporting
from dabiao.reviews.services import plans as making
from dabiao.reviews.services.plans import Planned
from dabiao.reviews.states.reviews import ReviewState as S
from dabiao.sheets.models import Signature
from dabiao.sheets.services import closing


def offers(actor: Actor, review: Review) -> Iterator[Offer]:
    plan = plans.current(review)
    yield from _planning(actor, review)
    if plan is not None:
        yield from _joining(actor, plan)
        yield from _visiting(actor, review, plan)
    yield from _findings(actor, review)
    yield from checking.offers(actor, review)
    yield from _limits(actor, review)
    yield from _watching(actor, review)


def _planning(actor: Actor, review: Review) -> Iterator[Offer]:
    version = review.version
    if planning.may_plan(actor, review):
        people = plans.candidates(review, clock.today())
        yield Offer(
            "plan", _("制定评审计划"), _("制定计划"), forms.PlanForm,
            lambda form, by, at: making.make(
                review=review, told=_planned(form), version=version, by=by, at=at
            ),
            more={"people": people},
        )  # fmt: skip
        yield Offer(
            "freeze", _("抽取专家：锁定名单"), _("锁定名单"), forms.DrawForm,
            lambda form, by, at: drawing.freeze(review=review, by=by, at=at, **form.cleaned_data),
        )  # fmt: skip
    if planning.may_replan(actor, review):
        yield Offer(
            "replan", _("撤销评审计划"), _("撤销计划"), forms.ReasonForm,
            lambda form, by, at: making.withdraw(
                review=review, version=version, by=by, at=at, **form.cleaned_data
            ),
        )  # fmt: skip
    for row in plans.draws(review):
        if planning.may_seed(actor, row):
            yield Offer(
                "seed", _("抽取专家：给出随机词"), _("给出随机词"), forms.WordForm,
                partial(_seeded, row),
                row.pk, f"{row.specialty} {row.count} 人",
            )  # fmt: skip


def _planned(form: Any) -> Planned:
    told = form.cleaned_data
    people = Account.objects.in_bulk([told["leader"], *told["team"]])
    span = Span(told["starts_on"], told["ends_on"], Hours(told["hours"]))
    return Planned(span, people[told["leader"]], [people[key] for key in told["team"]], told["place"])


def _joining(actor: Actor, plan: Plan) -> Iterator[Offer]:
    member = (
        plan.members.select_related("account", "plan__review__case__cycle")
        .filter(account=actor.account)
        .first()
    )
    if member is None or not planning.may_join(actor, member):
        return
    yield Offer(
        "accept", _("申报回避事项并参加评审"), _("申报并参加"), forms.JoinForm,
        lambda form, by, at: making.accept(member=member, declared=form.declared(), by=by, at=at),
    )  # fmt: skip
    yield Offer(
        "decline", _("不能参加"), _("不参加"), forms.ReasonForm,
        lambda form, by, at: making.decline(member=member, by=by, at=at, **form.cleaned_data),
    )  # fmt: skip


def _visiting(actor: Actor, review: Review, plan: Plan) -> Iterator[Offer]:
    version = review.version
    if permissions.may_lead(actor, review, S.PLANNED):
        yield Offer(
            "begin", _("首次会议"), _("召开首次会议，开始评审"), forms.MeetingForm,
            lambda form, by, at: meetings.begin(
                review=review, told=form.held(), version=version, by=by, at=at
            ),
        )  # fmt: skip
    closed = plan.sheet is not None and bool(plan.sheet.digest)
    if permissions.may_lead(actor, review, S.REVIEWING) and not closed:
        yield Offer(
            "conclude", _("末次会议"), _("召开末次会议，签字关闭评分表"), forms.MeetingForm,
            lambda form, by, at: meetings.conclude(review=review, told=form.held(), by=by, at=at),
        )  # fmt: skip
    if closed and review.state == S.REVIEWING:
        yield from _signing(actor, review, plan)
        if permissions.may_lead(actor, review, S.REVIEWING):
            yield Offer(
                "deliver", _("送达不符合项"), _("双方已签字，送达不符合项"), forms.NothingForm,
                lambda form, by, at: meetings.deliver(review=review, version=version, by=by, at=at),
                about=_missing(plan),
            )  # fmt: skip
    if permissions.may_lead(actor, review, S.WRITING):
        yield Offer(
            "report", _("提交评审报告"), _("提交评审报告"), forms.OpinionForm,
            partial(_handed_in, review),
        )  # fmt: skip


def _handed_in(review: Review, form: Any, by: Actor, at: datetime) -> None:
    """The report first, by itself; then the bytes of its PDF."""
    report = reporting.submit(review=review, version=review.version, by=by, at=at, **form.cleaned_data)
    made.keep(Report.objects.select_related(*made.READ).get(pk=report.pk), by, at)


def _missing(plan: Plan) -> str:
    names = "、".join(queries.unsigned(plan))
    return _("还缺签字：") + names if names else ""


def _kinded(form: Any, kinds: type[CheckKind] | type[RemarkKind]) -> dict[str, Any]:
    told = form.cleaned_data
    return {"kind": kinds(told["kind"]), "words": told["words"]}


def _seeded(row: ExpertDraw, form: Any, by: Actor, at: datetime) -> Any:
    return drawing.seed(row=row, by=by, at=at, **form.cleaned_data)


def _answered(row: Remark, form: Any, by: Actor, at: datetime) -> Any:
    return oversight.answer(row=row, by=by, at=at, **form.cleaned_data)


def _signing(actor: Actor, review: Review, plan: Plan) -> Iterator[Offer]:
    unit = actor.at_unit(review.unit_id, *permissions.LEADING)
    side = queries.UNIT if unit else queries.TEAM
    member = plans.joined(actor, review)
    mine = Signature.objects.filter(sheet=plan.sheet_id, account=actor.account or 0)
    if (unit or (member is not None and member.accepted_at)) and not mine.exists():
        yield Offer(
            "sign", _("签字确认评审记录"), _("签字"), forms.SignForm,
            lambda form, by, at: closing.sign_sheet(
                sheet=plan.sheet_id or 0, side=side, by=by, at=at, **form.cleaned_data
            ),
        )  # fmt: skip


def _findings(actor: Actor, review: Review) -> Iterator[Offer]:
    """Whether somebody is of the team is asked once, however many findings there are."""
    checks = bool(permissions.may_check(actor, review, S.RECTIFYING, S.CONFIRMING))
    for row in queries.findings(review):
        about = row.said
        if row.hazard.state != HazardState.CLOSED:
            if checks:
                yield from _team(review, row, about)
            yield from _unit(actor, review, row, about)


def _team(review: Review, row: Finding, about: str) -> Iterator[Offer]:
    if not row.guidance:
        yield Offer(
            "guide", _("指导整改"), _("给出指导意见"), forms.WordsForm,
            lambda form, by, at: rectifications.guide(finding=row, by=by, at=at, **form.cleaned_data),
            row.pk, about,
        )  # fmt: skip
    if row.hazard.state == HazardState.DONE and review.state == S.CONFIRMING:
        yield Offer(
            "confirm", _("确认整改"), _("确认销号"), forms.CheckForm,
            lambda form, by, at: rectifications.confirm(
                finding=row, by=by, at=at, **_kinded(form, CheckKind)
            ),
            row.pk, about,
        )  # fmt: skip
        yield Offer(
            "back", _("退回整改"), _("退回"), forms.ReasonForm,
            lambda form, by, at: rectifications.send_back(finding=row, by=by, at=at, **form.cleaned_data),
            row.pk, about,
        )  # fmt: skip


def _unit(actor: Actor, review: Review, row: Finding, about: str) -> Iterator[Offer]:
    if not permissions.may_rectify(actor, review):
        return
    hazard = row.hazard
    if hazards.may_plan(actor, hazard):
        names = ("cause", "corrective", "preventive", "responsible", "due")
        initial = {name: getattr(hazard, name) for name in names} | {
            "money": row.money,
            "interim": row.interim,
        }
        initial["due"] = initial["due"] or hazard.limit
        title = _("修改整改方案") if hazard.corrective else _("制定整改方案")
        yield Offer(
            "measures", title, _("保存方案"), forms.MeasuresForm,
            lambda form, by, at: rectifications.plan(
                finding=row, told=form.told(), version=hazard.version, by=by, at=at
            ),
            row.pk, about, {"initial": initial},
        )  # fmt: skip
    if hazards.may_report(actor, hazard):
        yield Offer("done", _("报告整改完成"), _("报告完成"), forms.DoneForm, _done(row), row.pk, about)


def _done(row: Finding) -> Act:
    def act(form: Any, by: Actor, at: datetime) -> Any:
        sent = form.cleaned_data["evidence"]
        taken = acting.take_in([sent]) if sent else []
        words = form.cleaned_data["words"]
        return hazard_services.report_done(hazard=row.hazard, words=words, taken=taken, by=by, at=at)

    return act


def _limits(actor: Actor, review: Review) -> Iterator[Offer]:
    version = review.version
    if permissions.may_rectify(actor, review, *permissions.LEADING):
        yield Offer(
            "rectified", _("全部整改完成"), _("报告全部完成"), forms.NothingForm,
            lambda form, by, at: rectifications.report_rectified(
                review=review, version=version, by=by, at=at
            ),
        )  # fmt: skip
        if not queries.extensions(review):
            yield Offer(
                "extend", _("申请延期"), _("申请延期"), forms.ExtensionForm,
                lambda form, by, at: rectifications.ask_extension(
                    review=review, by=by, at=at, **form.cleaned_data
                ),
            )  # fmt: skip
    asked = queries.pending(review)
    if asked is not None and permissions.may_decide(actor, asked):
        yield Offer(
            "decide", _("决定是否延期"), _("作出决定"), forms.DecideForm,
            lambda form, by, at: rectifications.decide_extension(
                row=asked, by=by, at=at, granted=form.agreed(), words=form.cleaned_data["words"]
            ),
            asked.pk, f"申请延期 {asked.days} 个工作日：{asked.reason}",
        )  # fmt: skip
    if permissions.may_close(actor, review, overdue=True):
        yield Offer(
            "close", _("确认整改逾期，终止申报"), _("确认逾期，终止"), forms.WordsForm,
            lambda form, by, at: rectifications.close_overdue(
                review=review, version=version, by=by, at=at, **form.cleaned_data
            ),
        )  # fmt: skip


def _watching(actor: Actor, review: Review) -> Iterator[Offer]:
    if planning.may_remark(actor, review):
        yield Offer(
            "remark", _("跟踪评审"), _("提交"), forms.RemarkForm,
            lambda form, by, at: oversight.remark(
                review=review, by=by, at=at, **_kinded(form, RemarkKind)
            ),
        )  # fmt: skip
    rows = Remark.objects.filter(review=review, kind=RemarkKind.REMARK, answered_at=None)
    waiting = list(rows.select_related("review"))
    if waiting and planning.may_answer(actor, waiting[0]):  # one answer for all: they differ in words only
        for row in waiting:
            yield Offer(
                "answer", _("答复意见"), _("答复"), forms.WordsForm,
                partial(_answered, row),
                row.pk, row.words,
            )  # fmt: skip
