"""Cases on the stage: one of each unit in each state, with the papers its state needs.

A unit has one open case at a time; here it has all of them: furnished.py lifts what says so.
"""

from datetime import UTC, date, datetime
from typing import Any

from addresses.stage import OWNERS, Stage
from dabiao.creation.models import Case, CaseSite, Correction, Decision, SelfAssessment
from dabiao.creation.models.cycles import Cycle
from dabiao.creation.queries import responsible
from dabiao.creation.rules.conditions import Circumstances, ask, in_force
from dabiao.creation.states.cases import CaseState
from dabiao.organisations.models import Site
from dabiao.standards.models import Edition
from world import AT

SUBMITTED = date(2026, 3, 30)
DECIDED = datetime(2026, 3, 31, 2, tzinfo=UTC)
PEOPLE = {
    "unit": ("officer", "principal"),
    "neighbour": ("neighbour_officer", "neighbour_principal"),
    "other_unit": ("stranger_officer", "stranger_principal"),
}
ACCEPTED = ("accepted", "attained", "failed", "closed")
DECIDERS = ("refused", *ACCEPTED)
RECEIVED = ("received", "proposed", *DECIDERS)


def furnish(stage: Stage) -> None:
    for number, owner in enumerate(OWNERS):
        for place, state in enumerate(CaseState):
            case = _case(stage, owner, state, f"DB2026{number}{place:04d}")
            stage.put("case", state.value, owner, {"key": case.pk, "version": 1, "number": case.spoken})


def _case(stage: Stage, owner: str, state: CaseState, number: str) -> Case:
    unit = stage.world.units[owner]
    case = Case.objects.create(
        number=number,
        cycle=Cycle.objects.filter(unit=unit).earliest("id"),
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        locality_id=unit.locality_id,
        department=responsible.department(unit, "level_3", SUBMITTED),
        organizing=stage.world.bodies["organizing"],
        level="level_3",
        edition=Edition.objects.earliest("id"),
        edition_reason={"text": "本行业适用"},
        state=state,
        started_at=AT,
        **_more(stage, owner, state),
    )
    CaseSite.objects.create(case=case, site=Site.objects.filter(unit=unit).earliest("id"))
    _papers(stage, case, state)
    return case


def _more(stage: Stage, owner: str, state: CaseState) -> dict[str, Any]:
    """Stamps of what has been done in the state."""
    if state in {CaseState.DRAFT, CaseState.DISCARDED}:
        return {}
    told: dict[str, Any] = {
        "submitted_at": DECIDED,
        "submitted_on": SUBMITTED,
        "submitted_by": stage.world.accounts[PEOPLE[owner][1]],
        "assessment": SelfAssessment.objects.filter(unit=stage.world.units[owner], state="handed_in").first(),
    }
    if state in RECEIVED:
        told |= {"received_on": SUBMITTED, "receipt": "express"}
    if state in DECIDERS:
        told |= {"decided_at": DECIDED}
    return told | ({"accepted_on": DECIDED.date()} if state in ACCEPTED else {})


def _papers(stage: Stage, case: Case, state: CaseState) -> None:
    people = stage.world.accounts
    if state == CaseState.CORRECTING:
        items = [{"paper": "材料", "words": "补交培训记录"}]
        told = {"asked_at": DECIDED, "asked_on": SUBMITTED, "due": date(2026, 4, 14), "audit_begun": False}
        Correction.objects.create(case=case, items=items, asked_by=people["organizer"], **told)
    if state in {CaseState.PROPOSED, *DECIDERS}:
        kept: dict[str, Any] = {}
        if state in DECIDERS:
            kept = {"decided_by": people["organizer_lead"], "decided_at": DECIDED, "day": DECIDED.date()}
            kept |= _rules()
        Decision.objects.create(
            case=case,
            outcome="accepted" if state in ACCEPTED else "refused",
            grounds=[] if state in ACCEPTED else ["formality"],
            words="审核意见",
            proposed_by=people["organizer"],
            proposed_at=DECIDED,
            **kept,
        )


def _rules() -> dict[str, Any]:
    rules = in_force(DECIDED.date())
    about = Circumstances("level_3")
    answers = ask(about, rules, DECIDED.date())
    return {
        "facts": about.plain(),
        "rules": [rule.plain() for rule in rules.values()],
        "answers": [answer.plain() for answer in answers],
    }
