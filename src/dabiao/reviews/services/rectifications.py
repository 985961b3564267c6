"""Findings: guided, planned, reported, confirmed or returned; extended once; closed when overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.services.cases.concluding import conclude
from dabiao.creation.states.cases import CaseState
from dabiao.hazards import services as hazards
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.reviews.models import CheckKind, Extension, Finding, Overdue, Review, Submission
from dabiao.reviews.permissions import rectifications as permissions
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.states import reviews as states
from dabiao.reviews.states.reviews import ReviewState

RESTART = "可以重新申报，不计间隔；创建周期继续，已有的创建工作仍然有效。"


@dataclass(frozen=True, slots=True)
class ReviewOverdue:
    """News: a limit passed for certain; the leader, the department and the bureau are told."""

    review: int
    number: str
    limit: str
    due: str


@dataclass(frozen=True, slots=True)
class ReviewClosed:
    """News: rectification was overdue, confirmed by the organizing unit; the unit may begin again."""

    review: int
    unit: int
    number: str


@dataclass(frozen=True, slots=True)
class Measures:
    """The plan of one finding: measure, person, money, date, interim control (quality-2015/4)."""

    cause: str
    corrective: str
    preventive: str
    responsible: str
    money: str
    interim: str
    due: date


def guide(*, finding: Finding, words: str, by: Actor, at: datetime) -> Finding:
    """The team guides the unit to its plan."""
    permissions.may_check(by, finding.review, ReviewState.RECTIFYING, ReviewState.CONFIRMING).or_refuse()
    _said(words, "words", "请写明怎样整改、达到什么要求。")
    with journal.writing(permissions.GUIDE, by=by, at=at, on=finding) as w:
        return w.change(finding, guidance=words.strip(), guided_by_id=by.account)


def plan(*, finding: Finding, told: Measures, version: int, by: Actor, at: datetime) -> Finding:
    permissions.may_rectify(by, finding.review).or_refuse()
    asked = {"money": "请写明整改资金，不需要资金的写“不需要”。", "interim": "请写明整改期间的临时管控措施。"}
    wrong = {name: words for name, words in asked.items() if not getattr(told, name).strip()}
    if wrong:
        raise Invalid("整改方案还不完整，请补充标出的内容。", wrong)
    with transaction.atomic():
        hazards.plan(
            hazard=finding.hazard,
            cause=told.cause,
            corrective=told.corrective,
            preventive=told.preventive,
            responsible=told.responsible,
            due=told.due,
            version=version,
            by=by,
            at=at,
        )
        with journal.writing(permissions.PLAN, by=by, at=at, on=finding) as w:
            return w.change(finding, money=told.money.strip(), interim=told.interim.strip())


@transaction.atomic
def report_rectified(*, review: Review, version: int, by: Actor, at: datetime) -> Submission:
    """All findings are reported done, within the limit; late is for the organizing unit to confirm."""
    journal.hold(review, "state")
    permissions.may_rectify(by, review, *permissions.LEADING).or_refuse()
    if queries.rectification_clock(review, day_of(at), calendars.calendar()).state.may_close:
        raise OutOfTurn("整改期限已过，由评审组织单位确认处理。", clause="uplift/11")
    undone = [each for each in queries.findings(review) if not _done(each)]
    if undone:
        raise Invalid(f"还有 {len(undone)} 条没有完成整改，例如：{undone[0].hazard.text[:40]}。")
    row = Submission(review=review, reported_on=day_of(at))
    row.reported_by_id = by.account or 0
    with journal.writing(permissions.RECTIFIED, by=by, at=at, on=review) as w:
        w.move(review, states.RECTIFIED)
        w.change(review, version=version, rectified_on=day_of(at))
        return w.create(row)


def _done(finding: Finding) -> bool:
    planned = finding.money and finding.interim and finding.hazard.state == HazardState.DONE
    return bool(planned) or finding.hazard.state == HazardState.CLOSED


@transaction.atomic
def confirm(*, finding: Finding, kind: CheckKind, words: str, by: Actor, at: datetime) -> Finding:
    """Put right indeed, on paper or on site; with the last one the report may be written."""
    review = finding.review
    journal.hold(review, "state", "version")  # of two who confirm the last two, one sees both
    permissions.may_check(by, review, ReviewState.CONFIRMING).or_refuse()
    _said(words, "words", "请写明怎样确认、看到了什么。")
    if not finding.guidance:
        raise OutOfTurn("请先写明对这一条的整改指导意见，再确认。", clause="quality-2015/4")
    hazards.confirm(hazard=finding.hazard, by=by, at=at)
    _checked(finding, kind, words, by, at)
    if not queries.open_findings(review):
        with journal.writing(permissions.CONFIRM, by=by, at=at, on=review) as w:
            w.move(review, states.CONFIRM, version=review.version + 1)
    return finding


def _checked(finding: Finding, kind: CheckKind, words: str, by: Actor, at: datetime) -> None:
    with journal.writing(permissions.CONFIRM, by=by, at=at, on=finding) as w:
        w.change(finding, check_kind=kind, check_words=words.strip(), checked_by_id=by.account, checked_at=at)


def send_back(*, finding: Finding, reason: str, by: Actor, at: datetime) -> Finding:
    """Not put right yet: what was left of the unit's time runs on from today."""
    send_all_back(review=finding.review, told=[(finding, reason)], by=by, at=at)
    return finding


@transaction.atomic
def send_all_back(*, review: Review, told: Sequence[tuple[Finding, str]], by: Actor, at: datetime) -> None:
    """Findings with the reason of each, in one step: the first alone would lead the review back."""
    journal.hold(review, "state", "version")
    permissions.may_check(by, review, ReviewState.CONFIRMING).or_refuse()
    for finding, reason in told:
        _said(reason, "reason", "请写明还差什么。")
        hazards.send_back(hazard=finding.hazard, reason=reason, by=by, at=at)
    last = Submission.objects.filter(review=review, returned_on=None).order_by("-id").first()
    note = {"reason": "；".join(reason.strip() for _, reason in told)}
    with journal.writing(permissions.CONFIRM, by=by, at=at, on=review, note=note) as w:
        w.move(review, states.NOT_RECTIFIED, version=review.version + 1)
        if last is not None:
            w.change(last, returned_on=day_of(at))
    _restamp(review, by, at)


def _restamp(review: Review, by: Actor, at: datetime) -> None:
    """The last day as it follows now, on the review and on what is not closed yet."""
    state = queries.rectification_clock(review, day_of(at), calendars.calendar()).state
    with journal.writing(permissions.CONFIRM, by=by, at=at, on=review) as w:
        w.change(review, rectify_due=state.due, due_provisional=state.provisional)
    open_ones = [each.hazard for each in queries.findings(review) if each.hazard.state != HazardState.CLOSED]
    hazards.stamp(hazards=open_ones, limit=state.due, by=by, at=at)


@transaction.atomic
def ask_extension(*, review: Review, days: int, reason: str, by: Actor, at: datetime) -> Extension:
    """Once, and in time: asked in time it keeps the limit open until it is decided."""
    journal.hold(review, "state")
    permissions.may_rectify(by, review, *permissions.LEADING).or_refuse()
    day, on = day_of(at), law.on(day_of(at))
    if queries.rectification_clock(review, day, calendars.calendar()).state.passed:
        raise OutOfTurn("整改期限已过，不能再申请延期。", clause="mem-2021-83/9")
    if len(queries.extensions(review)) >= on["rectification.extension.count"].number:
        raise OutOfTurn("延期只能申请一次。", clause="mem-2021-83/9")
    most = on["rectification.extension.limit"].number
    if not 1 <= days <= most:
        raise Invalid("请核对延期天数。", {"days": f"延期不能超过 {most} 个工作日。"})
    _said(reason, "reason", "请写明为什么不能按期完成。")
    row = Extension(review=review, days=days, reason=reason.strip())
    row.delivered_on = review.delivered_on or day
    row.asked_by_id, row.asked_on = by.account or 0, day
    with journal.writing(permissions.ASK, by=by, at=at, on=review) as w:
        return w.create(row)


@transaction.atomic
def decide_extension(*, row: Extension, granted: bool, words: str, by: Actor, at: datetime) -> Extension:
    """With reason; the limit follows from it."""
    journal.hold(row, "granted")
    permissions.may_decide(by, row).or_refuse()
    _said(words, "words", "请写明决定的理由。")
    with journal.writing(permissions.DECIDE, by=by, at=at, on=row) as w:
        w.change(row, granted=granted, decision=words.strip(), decided_by_id=by.account, decided_at=at)
    _restamp(row.review, by, at)
    return row


@transaction.atomic
def close_overdue(*, review: Review, words: str, version: int, by: Actor, at: datetime) -> Review:
    """Closes review and case without a bar; the cycle goes on (uplift/11)."""
    journal.hold(review, "state")
    day = day_of(at)
    rule = law.on(day)["rectification.overdue"]
    late = review.state == ReviewState.RECTIFYING and (
        queries.rectification_clock(review, day, calendars.calendar()).state.may_close
    )
    permissions.may_close(by, review, overdue=late).or_refuse()
    _said(words, "words", "请写明确认的情况。")
    why = f"整改超过期限（至 {review.rectify_due:%Y-%m-%d}），{words.strip()}。{RESTART}"[:300]
    note = {"reason": why, "clause": rule.clause}
    with journal.writing(permissions.CLOSE, by=by, at=at, on=review, note=note) as w:
        w.move(review, states.CLOSE)
        w.change(review, version=version, ended_at=at, ended_why=why)
        outbox.announce(ReviewClosed(review.pk, review.unit_id, review.number), at)
    conclude(case=review.case, outcome=CaseState(str(rule.table["case"])), why=why, by=by, at=at)
    return review


def report_overdue(*, review: Review, by: Actor, at: datetime) -> Overdue:
    """A limit passed for certain is reported up once; it closes nothing."""
    permissions.may_let_time(by).or_refuse()
    clock = queries.clock(review, day_of(at), calendars.calendar())
    if clock is None or not clock.state.may_close:
        raise OutOfTurn("没有逾期。")
    row = Overdue(review=review, limit=clock.name, due=clock.state.due, reported_on=day_of(at))
    with journal.writing(permissions.REPORT_OVERDUE, by=by, at=at, on=review) as w:
        w.create(row)
        outbox.announce(ReviewOverdue(review.pk, review.number, row.limit, row.due.isoformat()), at)
    return row


def _said(words: str, name: str, otherwise: str) -> None:
    if not words.strip():
        raise Invalid(otherwise, {name: otherwise})
