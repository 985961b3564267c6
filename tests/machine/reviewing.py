"""Acts of the review: contract, initial visit, plan, on site, rectification, report."""

from dataclasses import replace
from datetime import timedelta

from dabiao.base import calendars
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Unit
from dabiao.reviews.models import CheckKind, Extension, Member, Remark, RemarkKind
from dabiao.reviews.queries import contracts as contract_queries
from dabiao.reviews.queries import plans as plan_queries
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.queries import reviews as review_queries
from dabiao.reviews.queries import visits as visit_queries
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services import (
    contracts,
    ending,
    engaging,
    meetings,
    oversight,
    plans,
    rectifications,
    reporting,
    visiting,
)
from dabiao.reviews.services.contracts import Told
from dabiao.reviews.services.plans import Planned
from dabiao.reviews.services.visiting import Serious
from dabiao.sheets.services import closing
from machine.acts import act, now_and_then
from machine.applying import evidence
from machine.filling import fill, filled, open_lines
from machine.play import NothingThere, Play
from reviews.placing import HELD, MEASURES

LEADS = ("organizer_lead", "second_lead", "both")
TEAM = ("reviewer", "second")


def _may_engage(play: Play) -> bool:
    case = play.of("case")
    waiting = contract_queries.of_case(case.pk, "entered").exists()
    return not waiting and not case.reviews.exclude(state="closed").exists()


def _told(play: Play, kind: str) -> Told:
    return Told(
        kind=kind,
        scope="示例服务",
        signed_on=play.day,
        begins_on=play.day,
        unit_signer="示例负责人",
        firm_signer="示例经理",
        body=play.world.bodies["review_unit"],
        legal_person="示例甲",
        fee=30_000,
    )


@act("officer", case="accepted", review="none closed", when=_may_engage)
def enter_contract(play: Play, by: Actor, pick: int) -> object:
    told = _told(play, "review")
    return contracts.enter(unit=_unit(play), told=told, taken=evidence(), by=by, at=play.at)


def _unit(play: Play) -> Unit:
    return Unit.objects.get(pk=play.world.units["unit"].pk)


@act("officer", aside=True, case="accepted attained failed")
def enter_consulting(play: Play, by: Actor, pick: int) -> object:
    """By the very firm that reviews, signed long ago and entered only now; or by another firm."""
    told = replace(_told(play, "consulting"), signed_on=play.day - timedelta(days=9))
    told = replace(told, begins_on=told.signed_on, ends_on=told.signed_on)
    if now_and_then(pick, 2):
        told = replace(told, body=None, firm="示例咨询公司", legal_person="示例乙")
    return contracts.enter(unit=_unit(play), told=told, taken=evidence(), by=by, at=play.at)


@act("officer", aside=True, grading="received audited rechecking rechecked judged consulting publicised")
def tell_late(play: Play, by: Actor, pick: int) -> object:
    """What stops the review while its report is re-checked or its unit is before the public."""
    return enter_consulting(play, by, 0)


@act("review_admin", contract="entered")
def confirm_contract(play: Play, by: Actor, pick: int) -> object:
    row = play.of("contract")
    return engaging.confirm(contract=row, version=row.version, by=by, at=play.at)


@act("review_admin", aside=True, contract="entered")
def decline_contract(play: Play, by: Actor, pick: int) -> object:
    row = play.of("contract")
    return contracts.decline(contract=row, reason="条款有误", version=row.version, by=by, at=play.at)


def _lapsed(play: Play) -> bool:
    clock = review_queries.contract_clock(play.of("case"), play.day, calendars.calendar())
    return clock is not None and clock.state.may_close


@act(*LEADS, "turned_lead", case="accepted", review="none closed", when=_lapsed)
def lapse_case(play: Play, by: Actor, pick: int) -> object:
    return engaging.lapse(case=play.of("case"), why="已经催办", by=by, at=play.at)


@act("review_admin", review="engaged", when=lambda play: not contract_queries.notified(play.of("review")))
def notify(play: Play, by: Actor, pick: int) -> object:
    return engaging.notify(review=play.of("review"), by=by, at=play.at)


@act(*LEADS, review="stopped")
def end_stopped(play: Play, by: Actor, pick: int) -> object:
    row = play.of("review")
    return ending.end(review=row, why="冲突属实", version=row.version, by=by, at=play.at)


# The initial visit.


def _may_visit(play: Play) -> bool:
    review = play.of("review")
    return contract_queries.notified(review) and not visit_queries.unrectified(review).exists()


@act("review_admin", review="engaged held", when=_may_visit)
def begin_visit(play: Play, by: Actor, pick: int) -> object:
    lead = play.account("reviewer")
    told = {"visit_on": play.day, "lead": lead, "visitors": [play.account("second")]}
    return visiting.begin(review=play.of("review"), by=by, at=play.at, **told)


@act(*TEAM, review="visiting", when=lambda play: open_lines(play.of("visit").sheet))
def fill_visit(play: Play, by: Actor, pick: int) -> object:
    return fill(play.of("visit").sheet, by, play.at, vetoed=now_and_then(pick, 4))


@act("reviewer", review="visiting", when=lambda play: filled(play.of("visit").sheet))
def close_visit(play: Play, by: Actor, pick: int) -> object:
    visit = play.of("visit")
    serious = [Serious("车间粉尘积聚")] if now_and_then(pick, 5) else []
    wrong = bool(serious or visit_queries.vetoed(visit.sheet)) != now_and_then(pick, 7)
    told = {"outcome": "hold" if wrong else "clear", "words": "现场核验情况", "serious": serious}
    return visiting.close(visit=visit, by=by, at=play.at, **told)


def _hazards(play: Play, *states: str) -> list[Hazard]:
    review = play.of("review")
    found = {each.pk for each in visit_queries.hazards_of(review)}
    found |= {each.hazard_id for each in queries.findings(review)}
    return list(Hazard.objects.filter(pk__in=found, state__in=states).order_by("id"))


@act("officer", review="held", when=lambda play: bool(_hazards(play, "found", "planned")))
def put_right(play: Play, by: Actor, pick: int) -> object:
    rows = _hazards(play, "found", "planned")
    for row in rows:
        told = {"cause": "疏忽", "corrective": "清扫", "preventive": "点检", "responsible": "示例张三"}
        due = max(row.limit or play.day, play.day)
        hazards.plan(hazard=row, **told, due=due, version=row.version, by=by, at=play.at)
        hazards.report_done(hazard=row, words="已整改", taken=[evidence()], by=by, at=play.at)
    return _any(rows)


@act("review_admin", *TEAM, review="held", when=lambda play: bool(_hazards(play, "done")))
def confirm_put_right(play: Play, by: Actor, pick: int) -> object:
    return _any([hazards.confirm(hazard=row, by=by, at=play.at) for row in _hazards(play, "done")])


def _any(rows: list[Hazard]) -> object:
    if not rows:
        raise NothingThere
    return rows


# Plan and visit.


@act("review_admin", review="cleared")
def make_plan(play: Play, by: Actor, pick: int) -> object:
    review, last = play.of("review"), play.day + timedelta(days=1 + pick % 3)
    told = Planned(Span(play.day, last), play.account("reviewer"), [play.account("second")], "会议室")
    return plans.make(review=review, told=told, version=review.version, by=by, at=play.at)


def _stands(play: Play) -> bool:
    plan = play.of("plan")
    return plan.ends_on >= play.day and not plan.members.exclude(declined_at=None).exists()


@act("review_admin", review="planned", when=lambda play: not _stands(play))
def withdraw_plan(play: Play, by: Actor, pick: int) -> object:
    review = play.of("review")
    return plans.withdraw(review=review, reason="调整日期", version=review.version, by=by, at=play.at)


@act("review_admin", aside=True, review="planned")
def think_again(play: Play, by: Actor, pick: int) -> object:
    return withdraw_plan(play, by, pick)


def _member(play: Play, by: Actor) -> Member:
    rows = Member.objects.filter(plan=play.of("plan"), account=by.account)
    found = rows.select_related("plan__review__case__cycle", "account").first()
    if found is None:
        raise NothingThere
    return found


def _asked(play: Play, who: str) -> bool:
    rows = Member.objects.filter(plan=play.of("plan"), account=play.account(who))
    return _stands(play) and rows.filter(accepted_at=None, declined_at=None).exists()


@act(*TEAM, review="planned", when=lambda play: _asked(play, "reviewer"))
def accept(play: Play, by: Actor, pick: int) -> object:
    return plans.accept(member=_member(play, by), declared=Declared(), by=by, at=play.at)


@act(*TEAM, review="planned", when=lambda play: _asked(play, "second"))
def accept_too(play: Play, by: Actor, pick: int) -> object:
    return accept(play, by, pick)


@act(*TEAM, aside=True, review="planned")
def stand_aside(play: Play, by: Actor, pick: int) -> object:
    return plans.decline(member=_member(play, by), reason="另有任务", by=by, at=play.at)


def _ready(play: Play) -> bool:
    return _stands(play) and not play.of("plan").members.filter(accepted_at=None).exists()


@act("reviewer", review="planned", when=_ready)
def begin_review(play: Play, by: Actor, pick: int) -> object:
    review = play.of("review")
    return meetings.begin(review=review, told=HELD, version=review.version, by=by, at=play.at)


@act(*TEAM, review="reviewing", when=lambda play: open_lines(play.of("plan").sheet))
def fill_review(play: Play, by: Actor, pick: int) -> object:
    deducted = ("1.2.1", "2.1.3") if pick % 2 else ()
    return fill(play.of("plan").sheet, by, play.at, *deducted)


@act("reviewer", review="reviewing", when=lambda play: filled(play.of("plan").sheet))
def conclude_review(play: Play, by: Actor, pick: int) -> object:
    return meetings.conclude(review=play.of("review"), told=HELD, by=by, at=play.at)


def _unsigned(play: Play, what: str) -> bool:
    plan = play.of("plan")
    missing = queries.unsigned(plan) if plan.sheet.digest else []
    return any(what in each for each in missing)


@act(*TEAM, review="reviewing", when=lambda play: _unsigned(play, "second"))
def sign_for_team(play: Play, by: Actor, pick: int) -> object:
    return closing.sign_sheet(sheet=play.of("plan").sheet_id or 0, side="team", by=by, at=play.at)


@act("officer", "principal", review="reviewing", when=lambda play: _unsigned(play, "企业"))
def sign_for_unit(play: Play, by: Actor, pick: int) -> object:
    return closing.sign_sheet(sheet=play.of("plan").sheet_id or 0, side="unit", by=by, at=play.at)


def _signed(play: Play) -> bool:
    plan = play.of("plan")
    return bool(plan.sheet.digest) and not queries.unsigned(plan)


@act("reviewer", review="reviewing", when=_signed)
def deliver(play: Play, by: Actor, pick: int) -> object:
    review = play.of("review")
    return meetings.deliver(review=review, version=review.version, by=by, at=play.at)


# Rectification.


def _late(play: Play) -> bool:
    clock = queries.rectification_clock(play.of("review"), play.day, calendars.calendar())
    return clock.state.may_close


@act(*TEAM, review="rectifying", when=lambda play: not _late(play) and _unguided(play))
def guide(play: Play, by: Actor, pick: int) -> object:
    rows = queries.findings(play.of("review"))
    return [rectifications.guide(finding=row, words="更换并固定", by=by, at=play.at) for row in rows]


def _unguided(play: Play) -> bool:
    return any(not row.guidance for row in queries.findings(play.of("review")))


@act(
    "officer",
    review="rectifying",
    when=lambda play: bool(_hazards(play, "found", "planned")) and not _late(play),
)
def rectify(play: Play, by: Actor, pick: int) -> object:
    for row in queries.findings(play.of("review")):
        if row.hazard.state in {"found", "planned"}:
            told = replace(MEASURES, due=row.hazard.limit or play.day)
            rectifications.plan(finding=row, told=told, version=row.hazard.version, by=by, at=play.at)
            hazards.report_done(hazard=row.hazard, words="已更换", taken=[evidence()], by=by, at=play.at)
    return None


def _all_done(play: Play) -> bool:
    return not _late(play) and not _unguided(play) and not _hazards(play, "found", "planned")


@act("officer", "principal", review="rectifying", when=_all_done)
def report_rectified(play: Play, by: Actor, pick: int) -> object:
    review = play.of("review")
    return rectifications.report_rectified(review=review, version=review.version, by=by, at=play.at)


@act(*TEAM, review="confirming")
def confirm_findings(play: Play, by: Actor, pick: int) -> object:
    for row in [each for each in queries.findings(play.of("review")) if each.hazard.state == "done"]:
        if now_and_then(pick, 4):
            return rectifications.send_back(finding=row, reason="照片不清", by=by, at=play.at)
        told = {"kind": CheckKind.PAPER, "words": "照片可见"}
        rectifications.confirm(finding=row, by=by, at=play.at, **told)
    return None


@act(
    "officer",
    "principal",
    aside=True,
    review="rectifying",
    when=lambda play: not queries.extensions(play.of("review")),
)
def ask_extension(play: Play, by: Actor, pick: int) -> object:
    told = {"days": 1 + pick * 3, "reason": "备件未到"}
    return rectifications.ask_extension(review=play.of("review"), by=by, at=play.at, **told)


@act(
    "organizer", *LEADS, review="rectifying", when=lambda play: queries.pending(play.of("review")) is not None
)
def decide_extension(play: Play, by: Actor, pick: int) -> object:
    row = Extension.objects.select_related("review__case__cycle").order_by("id").last()
    if row is None:
        raise NothingThere
    granted = bool(pick % 2)
    return rectifications.decide_extension(row=row, granted=granted, words="情况属实", by=by, at=play.at)


@act(*LEADS, review="rectifying", when=_late)
def close_overdue(play: Play, by: Actor, pick: int) -> object:
    review = play.of("review")
    told = {"words": "经核实", "version": review.version}
    return rectifications.close_overdue(review=review, by=by, at=play.at, **told)


@act(
    "industry_district",
    "second_district",
    "turned_district",
    "bureau_district",
    "locality",
    "industry_city",
    "second_city",
    "turned_city",
    aside=True,
    review="engaged visiting cleared planned reviewing",
)
def remark(play: Play, by: Actor, pick: int) -> object:
    return oversight.remark(
        review=play.of("review"), kind=RemarkKind.REMARK, words="请注意通道", by=by, at=play.at
    )


@act(
    "review_admin",
    "reviewer",
    review="writing",
    when=lambda play: bool(plan_queries.unanswered(play.of("review"))),
)
def answer_remark(play: Play, by: Actor, pick: int) -> object:
    rows = Remark.objects.filter(review=play.of("review"), answered_at=None)
    return [
        oversight.answer(row=row, words="已整改", by=by, at=play.at) for row in rows.select_related("review")
    ]


@act("reviewer", review="writing")
def submit_report(play: Play, by: Actor, pick: int) -> object:
    review = play.of("review")
    told = {"opinion": "达到二级", "version": review.version}
    return reporting.submit(review=review, by=by, at=play.at, **told)
