"""The rectification check on site: set by the team, its sheet signed, each finding confirmed or returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import Act
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.people.models import Account
from dabiao.reviews.models import Check, Checked, CheckKind, CheckOutcome, Finding, Review, Submission
from dabiao.reviews.permissions import checks as permissions
from dabiao.reviews.queries import checks as queries
from dabiao.reviews.queries import plans
from dabiao.reviews.rules.checks import Meaning, meaning
from dabiao.reviews.services import rectifications
from dabiao.reviews.services.plans import may_still
from dabiao.reviews.services.visiting import FURTHEST, TEAM_SIDE
from dabiao.reviews.states import checks as states
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Occasion, Sheet
from dabiao.sheets.services import abandoning, closing, opening
from dabiao.sheets.states import SheetState
from dabiao.standards.models import Rulebook
from dabiao.standards.services import rulebooks


@dataclass(frozen=True, slots=True)
class Going:
    """When, led by whom, with whom, and which findings are looked at."""

    day: date
    lead: Account
    others: Sequence[Account]
    findings: Sequence[Finding]


@transaction.atomic
def begin(*, review: Review, told: Going, by: Actor, at: datetime) -> Check:
    """Open a sheet of the items of these findings; everything is asked of the visit day."""
    journal.hold(review, "state", "version")
    permissions.may_begin(by, review).or_refuse()
    people = [told.lead, *(each for each in told.others if each.pk != told.lead.pk)]
    _check_people(review, people, told.day, at)
    found = _checked(review, told.findings)
    sheet = opening.open_sheet(
        occasion=Occasion.RECTIFICATION_CHECK,
        unit=review.unit,
        rulebook=_limited(review, [each.line for each in found], by, at),
        lead=told.lead,
        writers=people,
        by=by,
        at=at,
    )
    check = Check(
        review=review,
        submission=Submission.objects.filter(review=review, returned_on=None).latest("id"),
        turn=review.checks.count() + 1,
        visit_on=told.day,
        sheet=sheet,
        lead=told.lead,
        visitors=queries.visitors(review, people),
        state=states.CheckState.OPEN,
        begun_at=at,
    )
    with journal.writing(permissions.BEGIN, by=by, at=at, on=review) as w:
        w.create(check)
        for each in found:
            each.visit = check
            w.create(each)
    return check


def _check_people(review: Review, people: Sequence[Account], day: date, at: datetime) -> None:
    """Of the team, led by a reviewer, qualified on the day, tied to nobody."""
    today = day_of(at)
    if not today <= day <= date.fromordinal(today.toordinal() + FURTHEST):
        raise Invalid("请核对日期。", {"day": f"日期不能早于今天，也不能晚于 {FURTHEST} 天之后。"})
    may_still(review, day)
    going = queries.visitors(review, people)
    if len(going) != len(people):
        raise Invalid("只有评审组成员可以参加。", {"others": "请从评审组成员中选择。"})
    if going[0]["place"] not in permissions.REVIEWERS:
        raise Invalid("由评审员牵头。", {"lead": "评审专家不能牵头，请另选评审员。"})
    wrong = queries.unqualified(going, day)
    for each in people:
        wrong += [f"{each.name}应当回避：{one.fact}。" for one in plans.recused(each, review, today)]
    if wrong:
        raise Invalid("这些人员不能参加：" + "".join(wrong), {"others": "".join(wrong)})


def _checked(review: Review, findings: Sequence[Finding]) -> list[Checked]:
    fits = {each.pk: each for each in queries.coverable(review)}
    if not findings:
        raise Invalid("请选择要确认的不符合项。", {"findings": "请至少选择一项。"})
    if any(each.pk not in fits for each in findings):
        raise Invalid("选择的不符合项不能列入。", {"findings": "请从列表中选择；列表可能刚有变动。"})
    found = [fits[each.pk] for each in findings]
    if any(not each.guidance for each in found):
        raise OutOfTurn("请先写明对每一条的整改指导意见，再安排现场确认。", clause="quality-2015/4")
    return [Checked(finding=each, line=queries.line_of(each)) for each in found]


def _limited(review: Review, lines: Sequence[str], by: Actor, at: datetime) -> Rulebook:
    """The rulebook of the review as it was signed (house/rulebook), of these items alone."""
    plan = plans.current(review)
    assert plan is not None and plan.sheet is not None  # noqa: S101, PT018  delivered reviews have both
    return rulebooks.limit(rulebook=plan.sheet.rulebook, only=lines, bare=True, by=by, at=at)


@transaction.atomic
def close(*, check: Check, remark: str, by: Actor, at: datetime) -> Sheet:
    """The lead closes and signs the sheet in the office, once the team was there; the unit signs after."""
    _held(check)
    permissions.may_close(by, check).or_refuse()
    if day_of(at) < check.visit_on:
        raise OutOfTurn(
            f"现场确认定于 {check.visit_on:%Y-%m-%d}，到场之后才能签字关闭。", clause=permissions.M9
        )
    _qualified(check)
    return closing.close_sheet(sheet=check.sheet_id, by=by, at=at, side=TEAM_SIDE, remark=remark)


def _held(check: Check) -> None:
    """Both rows read anew, the review's first as everywhere: the page may be older than a colleague's act."""
    journal.hold(check.review, "state", "version")
    check.refresh_from_db(fields=["state", "version", "submission", "sheet"])


def _qualified(check: Check) -> None:
    if wrong := queries.unqualified(check.visitors, check.visit_on):
        raise Refused("".join(wrong), clause="quality-2015/5")


@transaction.atomic
def conclude(*, check: Check, by: Actor, at: datetime) -> Check:
    """As the sheet says: what conforms is confirmed, what still loses points goes back with its words.

    What somebody has confirmed otherwise meanwhile stays as it is.
    """
    _held(check)
    permissions.may_conclude(by, check).or_refuse()
    check_signed(check.sheet, "整改确认表")
    _qualified(check)
    answers = sheets.answers(check.sheet)
    rows = [(row, _open(row, check), meaning(answers[row.line])) for row in queries.covers(check)]
    with journal.writing(permissions.CONCLUDE, by=by, at=at, on=check.review) as w:
        for row, is_open, said in rows:
            w.change(row, outcome=_outcome(is_open, said), words=said.words)
        w.move(check, states.CONCLUDE, ended_at=at, ended_on=day_of(at), version=check.version + 1)
    _settle(check, [(row.finding, said) for row, is_open, said in rows if is_open], by, at)
    return check


def check_signed(sheet: Sheet, named: str) -> None:
    """Closed, signed by both sides, and as it was signed."""
    if sheet.state != SheetState.CLOSED:
        raise OutOfTurn(f"{named}还没有签字关闭，请逐项填写并签字。", clause="quality-2015/4")
    if missing := queries.unsigned(sheet):
        raise OutOfTurn(f"还缺签字：{missing}。", clause="quality-2015/4")
    if closing.altered(sheet):
        raise Refused(f"{named}与签字时不一致，请联系审计管理员。", clause="quality-2015/4")


def _open(row: Checked, check: Check) -> bool:
    row.finding.review = check.review
    return bool(row.finding.hazard.state == HazardState.DONE)


def _outcome(is_open: bool, said: Meaning) -> CheckOutcome:
    if not is_open:
        return CheckOutcome.SETTLED
    return CheckOutcome.CONFIRMED if said.confirmed else CheckOutcome.RETURNED


def _settle(check: Check, told: Sequence[tuple[Finding, Meaning]], by: Actor, at: datetime) -> None:
    """Those confirmed first: what goes back leads the whole review back to putting right."""
    for finding, said in told:
        if said.confirmed:
            rectifications.confirm(finding=finding, kind=CheckKind.SITE, words=said.words, by=by, at=at)
    if back := [(finding, said.words) for finding, said in told if not said.confirmed]:
        rectifications.send_all_back(review=check.review, told=back, by=by, at=at)


@transaction.atomic
def call_off(*, check: Check, reason: str, by: Actor, at: datetime) -> Check:
    """Nothing follows from it; the findings wait as before. Its sheet is written on no more."""
    _held(check)
    permissions.may_call_off(by, check, leads=plans.leads(by, check.review)).or_refuse()
    if not reason.strip():
        raise Invalid("请写明取消的原因。", {"reason": "请写明取消的原因。"})
    return end(check=check, act=permissions.CALL_OFF, why=reason, by=by, at=at)


def end(*, check: Check, act: Act, why: str, by: Actor, at: datetime) -> Check:
    """As part of an act that has asked."""
    why = why.strip()[:300]
    with journal.writing(act, by=by, at=at, on=check.review, note={"reason": why}) as w:
        told = {"ended_at": at, "ended_on": day_of(at), "ended_why": why}
        w.move(check, states.CALL_OFF, version=check.version + 1, **told)
    abandoning.abandon_sheet(sheet=check.sheet_id, by=by, at=at)
    return check
