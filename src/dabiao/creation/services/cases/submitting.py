"""The principal submits; the unit completes or withdraws. Bars and missing papers refuse at the door."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models.cases import Case
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import commitments, facts, responsible
from dabiao.creation.rules.conditions import Answer, Outcome
from dabiao.creation.services.cases.drafting import proposed
from dabiao.creation.states import cases as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, Refused
from dabiao.standing import services as standing
from dabiao.standing.services import Told


@dataclass(frozen=True, slots=True)
class CaseSubmitted:
    """News: a unit applies for a level."""

    case: int
    unit: int
    number: str


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """News: a unit took its application back."""

    case: int
    unit: int
    number: str


def submit(*, case: Case, version: int, by: Actor, at: datetime) -> Case:
    """Hand in the application with report and commitment. Bars are enforced here, each with its clause."""
    permissions.may_submit(by, case).or_refuse()
    day = day_of(at)
    asked = queries.asked(case, day)
    for answer in queries.barring(asked):
        raise Refused(f"不能提交申请：{answer.fact}", clause=answer.clause)
    _check_statements(case, asked.answers)
    edition, reason = proposed(case.unit, case.level, at)
    letter = commitments.in_force(case.unit_id)
    values = {
        "edition_id": edition,
        "edition_reason": reason,
        "assessment_id": facts.self_assessment(case.unit_id, day).key,
        "commitment_id": letter.pk if letter else None,
        "department_id": responsible.department(case.unit, case.level, day).pk,
        "organizing_id": responsible.organizing(case.unit, day).pk,
        "jurisdiction_id": case.unit.jurisdiction_id,
        "locality_id": case.unit.locality_id,
        "submitted_at": at,
        "submitted_on": day,
        "submitted_by_id": by.account,
    }
    with journal.writing(permissions.SUBMIT, by=by, at=at, on=case) as w:
        w.move(case, states.SUBMIT)
        w.change(case, version=version, **values)
        outbox.announce(CaseSubmitted(case.pk, case.unit_id, case.number), at)
    return case


def _check_statements(case: Case, answers: tuple[Answer, ...]) -> None:
    """What the system cannot answer the unit says, one by one."""
    silent = [
        each
        for each in answers
        if each.outcome is Outcome.ASK and not case.statements.get(each.condition, "").strip()
    ]
    if silent:
        wrong = {each.condition: f"请说明：{each.title}" for each in silent}
        names = "、".join(each.title for each in silent)
        raise Invalid(f"还有条件没有说明：{names}。请安全管理员逐项核对后再提交。", wrong)


def complete(*, case: Case, words: str, version: int, by: Actor, at: datetime) -> Case:
    """The unit has put in what was missing; the audit runs on from the day after."""
    permissions.may_complete(by, case).or_refuse()
    if not words.strip():
        raise Invalid("请写明补正情况。", {"words": "请逐条写明补正了什么。"})
    asked, day = queries.correction_of(case), day_of(at)
    assert asked is not None  # noqa: S101  the state says so
    with journal.writing(permissions.COMPLETE, by=by, at=at, on=case) as w:
        w.move(case, states.COMPLETE)
        begun = {} if case.received_on else {"received_on": day, "receipt": "completed"}
        w.change(case, version=version, **begun)
        w.change(asked, completed_on=day, completed_words=words.strip())
    return case


def withdraw(*, case: Case, reason: str, version: int, by: Actor, at: datetime) -> Case:
    """Take the application back before it is decided; that starts no bar (house/bars)."""
    permissions.may_withdraw(by, case).or_refuse()
    if not reason.strip():
        raise Invalid("请写明撤回理由。", {"reason": "请写明为什么撤回。"})
    told = Told("withdrawal", day_of(at), reason.strip(), f"申报件 {case.spoken}", number=case.number)
    with transaction.atomic():
        note = {"reason": reason.strip()}
        with journal.writing(permissions.WITHDRAW, by=by, at=at, on=case, note=note) as w:
            w.move(case, states.WITHDRAW)
            w.change(case, version=version, decided_at=at)
            outbox.announce(CaseWithdrawn(case.pk, case.unit_id, case.number), at)
        standing.record(told=told, unit=case.unit, by=by, at=at)
    return case
