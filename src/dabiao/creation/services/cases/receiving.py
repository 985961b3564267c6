"""The organizing unit receives, or says once what is missing; time receives where nobody spoke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models.cases import Case, Correction
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.states import cases as states
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.limits import due_day


@dataclass(frozen=True, slots=True)
class CaseReceived:
    """News: an application was received, expressly or by time."""

    case: int
    number: str
    receipt: str


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """News: the unit is told once what is missing."""

    case: int
    unit: int
    number: str
    due: str


@dataclass(frozen=True, slots=True)
class CaseOverdue:
    """News: an audit's limit has passed; the leader, the department and the bureau are told."""

    case: int
    number: str
    due: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing or wrong, and what to do about it."""

    paper: str
    words: str


def receive(*, case: Case, version: int, by: Actor, at: datetime) -> Case:
    """The papers are complete: the audit begins. Where time has received already, that stands."""
    permissions.may_receive(by, case).or_refuse()
    with transaction.atomic():
        if _silent(case, at):
            deem(case=case, by=TIME, at=at)
            return case
        with journal.writing(permissions.RECEIVE, by=by, at=at, on=case) as w:
            w.move(case, states.RECEIVE)
            w.change(case, version=version, received_on=day_of(at), receipt="express")
            outbox.announce(CaseReceived(case.pk, case.number, "express"), at)
    return case


def deem(*, case: Case, by: Actor, at: datetime) -> Case:
    """No notice came in time: received from the day of submission. That answers no condition."""
    permissions.may_let_time(by).or_refuse()
    if not _silent(case, at):
        raise OutOfTurn("告知补正的期限还没有届满，不能视为收到。", clause="house/acceptance")
    rule = law.on(day_of(at))["receipt.deemed"]
    note = {"reason": f"逾期未告知补正，自提交之日起视为收到（{rule.name}）"}
    with journal.writing(permissions.DEEM, by=by, at=at, on=case, note=note) as w:
        w.move(case, states.DEEM)
        w.change(case, version=case.version, received_on=case.submitted_on, receipt="deemed")
        outbox.announce(CaseReceived(case.pk, case.number, "deemed"), at)
    return case


def _silent(case: Case, at: datetime) -> bool:
    """The notice's limit has passed for certain; a provisional date closes nothing."""
    if case.state != CaseState.SUBMITTED:
        return False
    clock = queries.clock(case, day_of(at))
    return clock is not None and clock.state.may_close


def ask_correction(*, case: Case, items: Sequence[Missing], version: int, by: Actor, at: datetime) -> Case:
    """Say once, completely, what is missing; the audit stands still until it is there."""
    permissions.may_ask_correction(by, case).or_refuse()
    said = [Missing(each.paper.strip(), each.words.strip()) for each in items if each.words.strip()]
    if not said:
        raise Invalid("请写明缺什么、怎样补。", {"others": "请至少写明一项需要补正的内容。"})
    with transaction.atomic():
        if _silent(case, at):
            deem(case=case, by=TIME, at=at)
            version = case.version
        asked = _asked(case, said, by, at)
        with journal.writing(permissions.CORRECT, by=by, at=at, on=case) as w:
            w.move(case, states.ASK_CORRECTION)
            w.change(case, version=version)
            w.create(asked)
            outbox.announce(CorrectionAsked(case.pk, case.unit_id, case.number, asked.due.isoformat()), at)
    return case


def _asked(case: Case, said: Sequence[Missing], by: Actor, at: datetime) -> Correction:
    day = day_of(at)
    due = due_day(law.on(day)[queries.COMPLETION].limit, day, calendars.calendar())
    return Correction(
        case=case,
        items=[{"paper": each.paper, "words": each.words} for each in said],
        asked_at=at,
        asked_on=day,
        asked_by_id=by.account or 0,
        audit_begun=case.received_on is not None,
        due=due.day,
        due_provisional=due.provisional,
    )


def lapse(*, case: Case, by: Actor, at: datetime) -> Case:
    """The unit's time to complete has passed: the audit goes on with the papers there are."""
    permissions.may_let_time(by).or_refuse()
    clock, asked = queries.clock(case, day_of(at)), queries.correction_of(case)
    if case.state != CaseState.CORRECTING or asked is None or clock is None or not clock.state.may_close:
        raise OutOfTurn("补正期限还没有届满。", clause="house/correction")
    resumed = clock.state.due
    note = {"reason": "补正期限届满，按现有材料审核"}
    with journal.writing(permissions.LAPSE, by=by, at=at, on=case, note=note) as w:
        w.move(case, states.LAPSE)
        begun = {} if case.received_on else {"received_on": resumed, "receipt": "lapsed"}
        w.change(case, version=case.version, **begun)
        w.change(asked, completed_on=resumed, lapsed=True)
    return case


def report_overdue(*, case: Case, by: Actor, at: datetime) -> Case:
    """The audit's limit has passed: reported up once, and seen as red from then on."""
    permissions.may_let_time(by).or_refuse()
    clock = queries.clock(case, day_of(at))
    if clock is None or clock.name != queries.AUDIT or not clock.state.may_close or case.overdue_on:
        raise OutOfTurn("审核没有逾期，或者已经报告过。")
    note = {"reason": f"审核期限至 {clock.state.due:%Y-%m-%d}，已逾期"}
    with journal.writing(permissions.REPORT_OVERDUE, by=by, at=at, on=case, note=note) as w:
        w.change(case, version=case.version, overdue_on=day_of(at))
        outbox.announce(CaseOverdue(case.pk, case.number, clock.state.due.isoformat()), at)
    return case
