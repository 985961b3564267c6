"""What the pages of a case show, from the models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.urls import reverse

from dabiao.base import calendars, clock
from dabiao.creation.models import Case, Decision
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import decisions
from dabiao.creation.rules.completeness import Paper, missing
from dabiao.creation.rules.conditions import Answer, Outcome
from dabiao.creation.rules.conditions.refusals import LIFTED_BY_FINDER
from dabiao.creation.rules.settling import Settled
from dabiao.creation.services.cases.auditing import FORMALITY
from dabiao.creation.states.cases import ENDED, TITLES, CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.permit import Permit, too_early
from dabiao.look.shapes import LimitShown
from dabiao.office.cases import engaged, forms, journey
from dabiao.office.limits import shown as limit_shown
from dabiao.reviews.queries import reviews

LEVELS = dict(forms.LEVELS) | {"level_1": "一级"}
BADGES = {
    CaseState.DRAFT: "badge-outline",
    CaseState.CORRECTING: "badge-warn",
    CaseState.ACCEPTED: "badge-good",
    CaseState.ATTAINED: "badge-good",
    **dict.fromkeys((CaseState.REFUSED, CaseState.FAILED), "badge-veto"),
    **dict.fromkeys((CaseState.WITHDRAWN, CaseState.DISCARDED, CaseState.CLOSED), "badge-outline"),
}
RECEIPTS = {
    "express": "评审组织单位接收",
    "deemed": "逾期未告知补正，视为收到",
    "completed": "补正完成",
    "lapsed": "补正期满",
}
# What a leader decided can be opened from then on, whatever comes of the case.
DECIDED = frozenset(
    {CaseState.ACCEPTED, CaseState.REFUSED, CaseState.ATTAINED, CaseState.FAILED, CaseState.CLOSED}
)
BARRED = too_early("有不能提交的情形，见上方说明。")
# Where the unit puts right what is not met: the kind of fact to record.
KINDS = {
    "conditions.licences": "licence",
    "conditions.safety_body": "safety_body",
    "conditions.certified:principal": "certificate_principal",
    "conditions.certified:safety_officer": "certificate_safety_officer",
    "conditions.certified:special_operator": "certificate_special_operator",
    "refusals.hard:hazard_screening": "hazard_screening",
    "refusals.hard:risk_control": "risk_control",
    "refusals.hard:emergency_plan": "emergency_plan",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as a page shows it: fact, source, rule, clause, what it comes to, and where to go."""

    settled: Settled
    place: int
    statement: str = ""
    url: str = ""
    form: Any = None

    @property
    def met(self) -> bool | None:
        return {Outcome.MET: True, Outcome.UNMET: False}.get(self.settled.outcome)


@dataclass(frozen=True, slots=True)
class State:
    title: str
    badge: str


def state_of(case: Case) -> State:
    state = CaseState(case.state)
    return State(TITLES[state], BADGES.get(state, "badge-brand"))


def limit_of(case: Case, day: date, calendar: Calendar) -> LimitShown | None:
    """The limit that runs, as a light with words; no query."""
    running = queries.clock(case, day, calendar)
    return limit_shown(running.state, running.clause) if running else None


def limits_of(cases: Sequence[Case], day: date, calendar: Calendar) -> list[LimitShown | None]:
    """Of each case the limit that runs: of its papers, or of the contract it has still to sign."""
    signing = reviews.contract_clocks(cases, day, calendar)
    found = [signing.get(each.pk) or queries.clock(each, day, calendar) for each in cases]
    return [limit_shown(each.state, each.clause) if each else None for each in found]


def conditions(case: Case, settled: tuple[Settled, ...], *, own: bool) -> list[Condition]:
    """In the order in which they are asked; the unit finds where to put right what is not met."""
    return [
        Condition(
            each,
            place,
            case.statements.get(each.answer.condition, ""),
            _where(each.answer) if own and each.outcome is not Outcome.MET else "",
        )
        for place, each in enumerate(settled, 1)
    ]


def _where(answer: Answer) -> str:
    """What a body has found the unit cannot record away."""
    kind = "" if answer.advice == LIFTED_BY_FINDER else KINDS.get(answer.condition)
    return f"{reverse('office:standing_new')}?{urlencode({'kind': kind})}" if kind else ""


def context(actor: Actor, case: Case) -> dict[str, Any]:
    """Everything for the page; a constant number of queries."""
    day, calendar = clock.today(), calendars.calendar()
    prefetch_related_objects([case], "covered__site")
    decided = decisions.of_case(case)
    ended = case.state in ENDED or case.state == CaseState.ACCEPTED
    asked = None if ended else queries.asked(case, day)
    own = case.unit_id in actor.units
    papers = queries.completeness(case, asked) if asked else ()
    settled = asked.settled if asked else decisions.settled(decided[0]) if decided else ()
    limit = limit_of(case, day, calendar)
    reviewed = engaged.context(actor, case, day, calendar)
    barring = queries.barring(asked) if asked and case.state == CaseState.DRAFT else []
    return {
        "case": case,
        "state": state_of(case),
        "level": LEVELS.get(case.level, case.level),
        "limit": limit,
        "steps": [*journey.steps(case, decided, limit), *reviewed.get("after", ())],
        "conditions": conditions(case, settled, own=own and not ended),
        "tally": tally(settled),
        "papers": papers,
        "barring": barring,
        "correction": queries.correction_of(case),
        "decisions": decided,
        "opened": case.state in DECIDED,
        "pending": next((each for each in decided if not each.decided_at and not each.sent_back), None),
        "grounds": grounds(decided[0], settled) if decided else [],
        "sites": [each.site for each in case.covered.all()],
        "receipt": RECEIPTS.get(case.receipt, ""),
        "own": own,
        **permits(actor, case, decided),
        "may_submit": submitting(permissions.may_submit(actor, case), barring),
        **bound(case, papers),
        **reviewed,
    }


def submitting(permit: Permit, barring: Sequence[Answer]) -> Permit:
    return permit.and_then(lambda: BARRED) if barring else permit


def tally(settled: tuple[Settled, ...]) -> dict[str, int]:
    return {outcome.value: sum(each.outcome is outcome for each in settled) for outcome in Outcome}


def grounds(decision: Decision, settled: tuple[Settled, ...]) -> list[tuple[str, str]]:
    """(reason in words, clause) of a refusal, one by one."""
    by_name = {each.answer.condition: each for each in settled}
    found = []
    for ground in decision.grounds:
        if ground in FORMALITY:
            found.append((FORMALITY[ground], "quality-2015/1"))
        elif ground in by_name:
            each = by_name[ground]
            found.append((f"{each.answer.title}：{each.reason}", each.answer.clause))
    return found


def permits(actor: Actor, case: Case, decided: list[Decision]) -> dict[str, Any]:
    pending = next((each for each in decided if not each.decided_at and not each.sent_back), None)
    return {
        "may_change": permissions.may_change(actor, case),
        "may_withdraw": permissions.may_withdraw(actor, case),
        "may_complete": permissions.may_complete(actor, case),
        "may_receive": permissions.may_receive(actor, case),
        "may_ask_correction": permissions.may_ask_correction(actor, case),
        "may_audit": permissions.may_audit(actor, case),
        "may_decide": permissions.may_decide(actor, case, pending),
    }


def bound(case: Case, papers: Sequence[Paper]) -> dict[str, Any]:
    """Forms as they are before anybody has filled them."""
    version = {"version": case.version}
    lacking = missing(papers)
    return {
        "version_form": forms.VersionForm(initial=version),
        "withdraw_form": forms.WithdrawForm(initial=version),
        "complete_form": forms.CompleteForm(initial=version),
        "correct_form": forms.CorrectForm(
            papers=lacking, initial={**version, "papers": [each.id for each in lacking]}
        ),
        "decide_form": forms.DecideForm(initial=version),
    }
