"""Audit and decision: conditions one by one, two people, and decisions that recompute."""

from dataclasses import replace
from datetime import date

import pytest

from creation.applying import (
    APPLIED,
    AUDITED,
    DECIDED,
    LICENSED,
    RECEIVED,
    Applicant,
    at,
    bare,
    fresh,
    nothing_changed,
)
from dabiao.base.files import store
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.creation.models import Case, CaseFinding, Decision
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import decisions
from dabiao.creation.rules.completeness import missing
from dabiao.creation.rules.conditions import Outcome
from dabiao.creation.services.cases import auditing, deciding, receiving, submitting
from dabiao.creation.services.cases.auditing import ACCEPTED, REFUSED, Opinion
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Absent, DabiaoError, Invalid, Refused
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.standing import services as standing
from dabiao.standing.models import Fact
from dabiao.standing.services import Told
from sheets import photographs
from world import SINCE, World


def test_accepted_it_stamps_the_rulebooks_day(applicant: Applicant) -> None:
    case = applicant.decided(applicant.proposed(applicant.received()))
    assert (case.state, case.accepted_on) == (CaseState.ACCEPTED, date(2026, 3, 25))
    decision = Decision.objects.get()
    assert {each["name"] for each in decision.facts["meaning"]} == {"acceptance.meaning", "rulebook.day"}
    assert not compare().findings.listed


@pytest.mark.obligation("U11-gate")
@pytest.mark.parametrize(
    ("without", "clause"),
    [
        ("group", "uplift/17"),
        ("assessors", "uplift/18"),
        ("safety_body", "mem-2021-83/10"),
        ("certificate_principal", "mem-2021-83/10"),
        ("certificate_special_operator", "mem-2021-83/10"),
        ("risk_control", "uplift/2"),
        ("emergency_plan", "uplift/2"),
    ],
)
def test_whoever_does_not_meet_a_condition_does_not_enter_the_review(
    world: World, without: str, clause: str
) -> None:
    applicant = bare(world, without)
    case = applicant.received()
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="不能进入评审") as caught:
        applicant.proposed(case)
    assert caught.value.clause == clause
    nothing_changed(before)
    case = applicant.decided(applicant.proposed(case, REFUSED))
    assert case.state == CaseState.REFUSED


HARD = ["hazard_screening", "campaigns", "risk_control", "emergency_plan", "joint_punishment"]


@pytest.mark.obligation("U2-hard-refusals")
@pytest.mark.parametrize("which", HARD)
def test_each_hard_refusal_refuses_with_its_clause(applicant: Applicant, which: str) -> None:
    told = Told("hard_refusal", date(2026, 3, 19), "检查发现", "示例检查记录", which=which)
    case = applicant.received()
    by = applicant.world.actor("enforcement")
    standing.record(told=told, unit=applicant.unit, by=by, at=RECEIVED)
    with pytest.raises(Refused) as caught:
        applicant.proposed(case)
    assert caught.value.clause == "uplift/2"
    case = applicant.decided(applicant.proposed(case, REFUSED))
    assert Decision.objects.get().grounds == [f"refusals.hard:{which}"]
    fact = Fact.objects.get(kind="refused_at_acceptance")
    assert fact.number == case.number
    assert applicant.submitted(at(date(2026, 3, 26))).state == CaseState.SUBMITTED, "that starts no bar"


@pytest.mark.obligation("U2-hard-refusals")
def test_a_hard_refusal_can_be_put_right_before_the_decision(world: World) -> None:
    applicant = bare(world, "emergency_plan")
    case = applicant.received()
    told = Told("emergency_plan", SINCE, "预案", "示例", counts={"drills": 1})
    taken = store.take_in([photographs.pdf()])
    standing.record(told=told, unit=applicant.unit, taken=taken, by=world.actor("officer"), at=RECEIVED)
    assert applicant.decided(applicant.proposed(case)).state == CaseState.ACCEPTED


def test_entry_to_level_2_is_stricter(world: World) -> None:
    applicant = bare(world)
    case = applicant.received()
    case.assessment.sheet.result["score"] = "79.9"
    sheet = case.assessment.sheet
    type(sheet).objects.filter(pk=sheet.pk).update(result=sheet.result)
    with pytest.raises(Refused) as caught:
        applicant.proposed(case)
    assert caught.value.clause == "house/level-2-entry"


def test_what_the_facts_leave_open_a_person_settles(world: World) -> None:
    applicant = bare(world, "fire")
    case = applicant.received(**{"refusals.hard:campaigns": "消防专项待验收"})
    by, name = world.actor("organizer"), "refusals.hard:campaigns"
    with pytest.raises(Invalid, match="没有核实"):
        applicant.proposed(case)
    told = {"case": case, "condition": name, "by": by, "at": AUDITED}
    with pytest.raises(Invalid):
        auditing.judge(met=True, words=" ", **told)
    auditing.judge(met=True, words="电话核实，验收意见已出", **told)
    assert applicant.decided(applicant.proposed(case)).state == CaseState.ACCEPTED
    assert decisions.settled(Decision.objects.get())[0].answer


def test_a_person_may_find_against_a_fact_but_never_for_the_unit_against_one(world: World) -> None:
    applicant = bare(world, "group")
    case, by = applicant.received(), world.actor("organizer")
    told = {"case": case, "by": by, "at": AUDITED}
    with pytest.raises(Refused, match="事实表明不符合"):
        auditing.judge(condition="conditions.leading_group", met=True, words="口头说有", **told)
    auditing.judge(condition=LICENSED, met=False, words="许可证系伪造", **told)
    auditing.judge(condition=LICENSED, met=False, words="许可证系伪造，已函询发证机关", **told)
    assert CaseFinding.objects.get().version == 2
    applicant.proposed(case, REFUSED)
    assert set(Decision.objects.get().grounds) == {"conditions.leading_group", LICENSED}


@pytest.mark.obligation("Q1-formality")
def test_formality_is_a_ground_of_its_own_with_evidence_and_a_named_decider(applicant: Applicant) -> None:
    case = applicant.received()
    by, world = applicant.world.actor("organizer"), applicant.world
    opinion = Opinion(REFUSED, "自评记录雷同", ["formality"])
    told = {"case": case, "version": case.version, "by": by, "at": AUDITED}
    with pytest.raises(Invalid, match="没有不予受理的理由"):
        auditing.propose(opinion=replace(opinion, grounds=[]), **told)
    with pytest.raises(Invalid, match="附证据"):
        auditing.propose(opinion=opinion, **told)
    taken = store.take_in([photographs.pdf()])
    auditing.propose(opinion=opinion, taken=taken, **told)
    applicant.decided(fresh(case))
    decision = Decision.objects.get()
    assert decision.grounds == ["formality"]
    assert decision.file is not None
    assert decision.decided_by == world.accounts["organizer_lead"]


def test_nobody_both_proposes_and_decides(applicant: Applicant) -> None:
    world = applicant.world
    place = {"body": world.bodies["organizing"]}
    account = world.accounts["organizer"]
    people.give_posting(account=account, role=Role.ORGANIZER_LEAD, since=SINCE, by=TIME, at=RECEIVED, **place)
    case = applicant.proposed(applicant.received())
    with pytest.raises(Refused, match="另一位负责人"):
        deciding.decide(case=case, version=case.version, by=world.actor("organizer"), at=DECIDED)
    assert fresh(case).state == CaseState.PROPOSED


@pytest.mark.parametrize(
    "who", ["organizer", "officer", "principal", "industry_city", "bureau_city", "locality"]
)
def test_only_the_leader_decides(applicant: Applicant, who: str) -> None:
    case = applicant.proposed(applicant.received())
    with pytest.raises(Refused):
        deciding.decide(case=case, version=case.version, by=applicant.world.actor(who), at=DECIDED)


def test_whoever_belonged_to_the_unit_stays_away(applicant: Applicant) -> None:
    world = applicant.world
    posting = {"account": world.accounts["organizer"], "role": Role.UNIT_OFFICER, "unit": applicant.unit}
    given = people.give_posting(since=SINCE, by=TIME, at=APPLIED, **posting)
    people.end_posting(posting=given, until=date(2026, 3, 19), by=TIME, at=APPLIED)
    case = applicant.submitted()
    with pytest.raises(Refused, match="回避"):
        receiving.receive(case=case, version=case.version, by=world.actor("organizer"), at=RECEIVED)


def test_sent_back_the_opinion_is_given_anew(applicant: Applicant) -> None:
    case = applicant.proposed(applicant.received())
    by = applicant.world.actor("organizer_lead")
    with pytest.raises(Invalid):
        deciding.send_back(case=case, reason=" ", version=case.version, by=by, at=DECIDED)
    deciding.send_back(case=case, reason="请核实持证人数", version=case.version, by=by, at=DECIDED)
    assert case.state == CaseState.RECEIVED
    assert decisions.pending(case) is None
    assert applicant.decided(applicant.proposed(case)).state == CaseState.ACCEPTED
    assert Decision.objects.count() == 2


def test_what_was_met_at_the_audit_is_asked_again_at_the_decision(applicant: Applicant) -> None:
    case = applicant.proposed(applicant.received())
    counts = {"deaths": 0, "serious_injuries": 1, "loss_yuan": 0}
    told = Told("accident", date(2026, 3, 24), "冲压伤手", "示例快报", counts=counts)
    by = applicant.world.actor("enforcement")
    standing.record(told=told, unit=applicant.unit, by=by, at=AUDITED)
    with pytest.raises(Refused, match="自申请之日") as caught:
        applicant.decided(case)
    assert caught.value.clause == "house/conditions"
    assert fresh(case).state == CaseState.PROPOSED


def test_a_decision_recomputes_whatever_is_learnt_later(applicant: Applicant) -> None:
    case = applicant.decided(applicant.proposed(applicant.received()))
    told = Told("joint_punishment", SINCE, "示例", "示例通报", number="示例1")
    by = applicant.world.actor("industry_district")
    standing.record(told=told, unit=applicant.unit, by=by, at=DECIDED)
    decision = decisions.of_case(case)[0]
    assert decisions.recomputed(decision) == decisions.answers(decision)
    assert all(each.outcome is Outcome.MET for each in decisions.settled(decision))


@pytest.mark.parametrize("step", ["submitted", "received", "proposed"])
def test_withdrawn_it_opens_the_way_and_starts_no_bar(applicant: Applicant, step: str) -> None:
    case = applicant.submitted() if step == "submitted" else applicant.received()
    case = applicant.proposed(case) if step == "proposed" else case
    by = applicant.world.actor("officer")
    with pytest.raises(Invalid):
        submitting.withdraw(case=case, reason="", version=case.version, by=by, at=DECIDED)
    submitting.withdraw(case=case, reason="改报三级", version=case.version, by=by, at=DECIDED)
    assert Fact.objects.get(kind="withdrawal").words == "改报三级"
    assert applicant.submitted(DECIDED).state == CaseState.SUBMITTED


def test_nothing_is_done_out_of_turn(applicant: Applicant) -> None:
    case, world = applicant.drafted(), applicant.world
    organizer = world.actor("organizer")
    acts = (
        lambda: receiving.receive(case=case, version=1, by=organizer, at=RECEIVED),
        lambda: applicant.correcting(case, RECEIVED),
        lambda: applicant.proposed(case, ACCEPTED),
        lambda: applicant.decided(case),
        lambda: submitting.complete(case=case, words="x", version=1, by=world.actor("officer"), at=RECEIVED),
        lambda: submitting.withdraw(case=case, reason="x", version=1, by=world.actor("officer"), at=RECEIVED),
    )
    before = JournalEntry.objects.count()
    for act in acts:
        with pytest.raises(DabiaoError):
            act()
    nothing_changed(before)


SEES = {
    "draft": {"officer", "principal", "assessor", "colleague"},
    "submitted": {
        *("officer", "principal", "assessor", "colleague", "organizer", "organizer_lead"),
        *("industry_city", "other_industry_city", "bureau_city", "committee_city"),
        *("industry_district", "bureau_district", "committee_district", "locality"),
    },
}


@pytest.mark.obligation("U8-locality-view")
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_who_sees_it(applicant: Applicant, state: str) -> None:
    case = applicant.drafted() if state == "draft" else applicant.submitted()
    world = applicant.world
    found = {who for who in world.accounts if Case.objects.visible_to(world.actor(who)).exists()}
    assert found == SEES[state]
    with pytest.raises(Absent):
        queries.visible(world.actor("other_locality"), case.pk)


def test_the_papers_are_counted_one_by_one(world: World) -> None:
    applicant = bare(world, "emergency_plan", "certificate_principal")
    case = applicant.submitted()
    asked = queries.asked(case, date(2026, 3, 18))
    lacking = {paper.id for paper in missing(queries.completeness(case, asked))}
    assert lacking == {"conditions.certified:principal", "refusals.hard:emergency_plan"}
