"""The leader decides on the proposal of another; facts, rules and answers are kept with the decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao import law
from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models.cases import Case, Decision
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import decisions
from dabiao.creation.services.cases.auditing import ACCEPTED, FORMALITY, gate, refusing
from dabiao.creation.states import cases as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.standing import services as standing
from dabiao.standing.services import Told


@dataclass(frozen=True, slots=True)
class CaseAccepted:
    """News: the case enters the review; limits and rulebook run from this day."""

    case: int
    unit: int
    number: str
    day: str


@dataclass(frozen=True, slots=True)
class CaseRefused:
    """News: the case is refused at acceptance; that starts no bar."""

    case: int
    unit: int
    number: str


def decide(*, case: Case, version: int, by: Actor, at: datetime) -> Case:
    """Agree to what was proposed. Everything is asked again on this day: what was met may be so no more."""
    decision = decisions.pending(case)
    permissions.may_decide(by, case, decision).or_refuse()
    assert decision is not None  # noqa: S101  the permission asked
    asked = queries.asked(case, day_of(at))
    if decision.outcome == ACCEPTED:
        gate(asked)
        return _accept(case, decision, asked, version=version, by=by, at=at)
    formal = [ground for ground in decision.grounds if ground in FORMALITY]
    decision.grounds = refusing(asked, formal)
    return _refuse(case, decision, asked, version=version, by=by, at=at)


def _accept(
    case: Case, decision: Decision, asked: queries.Asked, *, version: int, by: Actor, at: datetime
) -> Case:
    with journal.writing(permissions.DECIDE, by=by, at=at, on=case) as w:
        w.move(case, states.ACCEPT)
        w.change(case, version=version, decided_at=at, accepted_on=day_of(at))
        w.change(decision, **_kept(decision, asked, by, at))
        outbox.announce(CaseAccepted(case.pk, case.unit_id, case.number, day_of(at).isoformat()), at)
    return case


def _refuse(
    case: Case, decision: Decision, asked: queries.Asked, *, version: int, by: Actor, at: datetime
) -> Case:
    told = Told(
        "refused_at_acceptance", day_of(at), decision.words[:300], f"申报件 {case.spoken}", number=case.number
    )
    with transaction.atomic():
        with journal.writing(permissions.DECIDE, by=by, at=at, on=case) as w:
            w.move(case, states.REFUSE)
            w.change(case, version=version, decided_at=at)
            w.change(decision, **_kept(decision, asked, by, at))
            outbox.announce(CaseRefused(case.pk, case.unit_id, case.number), at)
        standing.record(told=told, unit=case.unit, by=by, at=at)
    return case


def _kept(decision: Decision, asked: queries.Asked, by: Actor, at: datetime) -> dict[str, Any]:
    """Facts, rules, answers and findings: what the decision recomputes from, whatever changes later."""
    meaning = [law.on(asked.day)[name].plain() for name in ("acceptance.meaning", "rulebook.day")]
    return {
        "decided_by_id": by.account,
        "decided_at": at,
        "day": asked.day,
        "grounds": decision.grounds,
        "facts": {**asked.about.plain(), "meaning": meaning},
        "rules": [rule.plain() for rule in asked.rules.values()],
        "answers": [answer.plain() for answer in asked.answers],
        "findings": [finding.plain() for finding in asked.findings],
    }


def send_back(*, case: Case, reason: str, version: int, by: Actor, at: datetime) -> Case:
    """Back to the audit with reasons; the opinion has to be given anew."""
    decision = decisions.pending(case)
    permissions.may_decide(by, case, decision).or_refuse()
    assert decision is not None  # noqa: S101  the permission asked
    if not reason.strip():
        raise Invalid("请写明退回理由。", {"reason": "请写明需要重新审核什么。"})
    with journal.writing(permissions.RETURN, by=by, at=at, on=case, note={"reason": reason.strip()}) as w:
        w.move(case, states.SEND_BACK)
        w.change(case, version=version)
        w.change(decision, sent_back=reason.strip()[:300])
    return case
