"""Publicity: two people, conditions asked again on the day, on the public site for its period; refusals."""

from datetime import date

import pytest

from dabiao.base import calendars
from dabiao.base.files import store
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry, PublicRecord
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.grading.models import Grading, Ruling
from dabiao.grading.queries import found
from dabiao.grading.services import publicity, refusing
from dabiao.grading.services.refusing import Doubt
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.days import Calendar, spelled
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.standing import services as standing
from dabiao.standing.models import Fact
from dabiao.standing.services import Told
from grading.reported import ENDS, PUBLISHED, Stage
from sheets import photographs


def hard(stage: Stage) -> None:
    told = Told("hard_refusal", PUBLISHED.date(), "检查发现", "示例检查记录", which="emergency_plan")
    by = stage.actor("enforcement", PUBLISHED)
    standing.record(told=told, unit=stage.world.units["unit"], by=by, at=PUBLISHED)


def test_it_is_before_the_public_for_seven_working_days(stage: Stage) -> None:
    grading = stage.publicised()
    assert (grading.publicised_on, grading.publicity_ends) == (PUBLISHED.date(), ENDS)
    record = PublicRecord.objects.get(kind="publicity")
    assert record.payload["unit"] == grading.unit.name
    assert record.payload["provisional"] is False
    assert "暂定" not in record.payload["text"]
    assert record.payload["review_unit"] == stage.world.bodies["review_unit"].name
    ruling = Ruling.objects.get(matter="publicity")
    assert [each.plain() for each in found.recomputed(ruling)] == ruling.answers
    assert not compare().findings.listed


def test_an_end_in_a_year_without_a_calendar_is_provisional_before_the_public_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.consulted()
    stage.proposed()
    monkeypatch.setattr(calendars, "calendar", lambda: Calendar({}))
    stage.published()
    payload = PublicRecord.objects.get(kind="publicity").payload
    assert payload["provisional"] is True
    ends = spelled(date.fromisoformat(payload["ends"]))
    assert f"至{ends}（暂定，当年工作日历尚未录入）止" in payload["text"]


def test_nobody_both_proposes_and_decides(stage: Stage) -> None:
    stage.consulted()
    stage.proposed()
    before = JournalEntry.objects.count()
    for who in ("industry_city", "industry_district", "other_industry_city", "organizer_lead", "officer"):
        with pytest.raises(Refused):
            stage.published(who=who)
    assert JournalEntry.objects.count() == before


@pytest.mark.obligation("U2-hard-refusals")
def test_hard_refusals_are_asked_again_on_the_day_of_publicity(stage: Stage) -> None:
    stage.consulted()
    stage.proposed()
    hard(stage)
    with pytest.raises(Refused) as caught:
        stage.published()
    assert caught.value.clause == "uplift/2"
    assert not PublicRecord.objects.filter(kind="publicity").exists()


@pytest.mark.obligation("Q2-threshold")
def test_level_2_is_publicised_by_the_city_and_only_with_the_stricter_entry(stage: Stage) -> None:
    stage.consulted()
    sheet = stage.grading.case.assessment.sheet
    assert stage.grading.department == stage.world.bodies["industry_city"]
    type(sheet).objects.filter(pk=sheet.pk).update(result={**(sheet.result or {}), "score": "79.9"})
    with pytest.raises(Refused) as caught:
        stage.proposed()
    assert caught.value.clause == "house/level-2-entry"


def test_a_proposal_goes_back_with_reasons(stage: Stage) -> None:
    stage.consulted()
    stage.proposed()
    grading, by = stage.grading, stage.actor("second_city", PUBLISHED)
    told = {"grading": grading, "version": grading.version, "by": by, "at": PUBLISHED}
    with pytest.raises(Invalid):
        publicity.recall(reason="", **told)
    publicity.recall(reason="请补充", **told)
    assert stage.grading.state == GradingState.CONSULTING
    stage.proposed()
    assert stage.published().state == GradingState.PUBLICISED


def doubted(stage: Stage, **more: object) -> Grading:
    grading, by = stage.grading, stage.actor("industry_city", PUBLISHED)
    told = {"grading": grading, "version": grading.version, "by": by, "at": PUBLISHED}
    refusing.propose(doubt=Doubt("应急预案没有编制"), **told, **more)
    return stage.grading


def refused(stage: Stage, who: str = "second_city") -> Grading:
    grading, by = stage.grading, stage.actor(who, PUBLISHED)
    return refusing.decide(grading=grading, version=grading.version, by=by, at=PUBLISHED)


@pytest.mark.obligation("U2-hard-refusals")
def test_refused_after_publicity_in_writing_with_reasons(stage: Stage) -> None:
    stage.publicised()
    hard(stage)
    doubted(stage)
    with pytest.raises(Refused):
        refused(stage, "industry_city")
    assert refused(stage).state == GradingState.REFUSED
    assert Case.objects.get().state == CaseState.FAILED
    assert Fact.objects.get(kind="grading_refused_notice").since == PUBLISHED.date()
    ruling = Ruling.objects.get(matter="refusal")
    assert ruling.grounds[0]["clause"] == "uplift/2"
    record = PublicRecord.objects.get(kind="publicity")
    assert (record.until, record.payload["outcome"]) == (PUBLISHED.date(), "经核实不予定级")
    assert not compare().findings.listed


def test_without_a_ground_nothing_is_refused(stage: Stage) -> None:
    stage.publicised()
    with pytest.raises(Invalid, match="没有不予定级的理由"):
        doubted(stage)
    assert stage.grading.state == GradingState.PUBLICISED


@pytest.mark.obligation("Q1-formality")
def test_formality_refuses_with_evidence(stage: Stage) -> None:
    stage.publicised()
    grading, by = stage.grading, stage.actor("industry_city", PUBLISHED)
    told = {"grading": grading, "version": grading.version, "by": by, "at": PUBLISHED}
    doubt = Doubt("自评记录雷同", ["formality"])
    with pytest.raises(Invalid, match="附证据"):
        refusing.propose(doubt=doubt, **told)
    refusing.propose(doubt=doubt, taken=store.take_in([photographs.pdf()]), **told)
    assert refused(stage).state == GradingState.REFUSED


def test_a_refusal_sent_back_begins_with_publicity_anew(stage: Stage) -> None:
    stage.publicised()
    hard(stage)
    grading = doubted(stage)
    by = stage.actor("second_city", PUBLISHED)
    refusing.send_back(grading=grading, reason="再核实", version=grading.version, by=by, at=PUBLISHED)
    assert stage.grading.state == GradingState.CONSULTING
    assert PublicRecord.objects.get(kind="publicity").until == PUBLISHED.date()


def test_what_the_facts_leave_open_a_person_of_the_department_settles(stage: Stage) -> None:
    stage.consulted()
    fact = Fact.objects.get(kind="campaign", which="dust_explosion")
    standing.lift(
        fact=fact,
        until=PUBLISHED.date(),
        reason="复发",
        version=fact.version,
        by=stage.actor("industry_district"),
        at=PUBLISHED,
    )
    Case.objects.get().findings.all().delete()
    with pytest.raises(Invalid, match="没有核实"):
        stage.proposed()
    told = {"grading": stage.grading, "condition": "refusals.hard:campaigns", "words": "重新验收合格"}
    by = stage.actor("industry_city", PUBLISHED)
    publicity.judge_condition(met=True, by=by, at=PUBLISHED, **told)
    assert stage.proposed().outcome == "pass"
    with pytest.raises(Refused):
        publicity.judge_condition(met=True, by=stage.actor("officer"), at=PUBLISHED, **told)


def test_out_of_turn_nothing_happens(stage: Stage) -> None:
    stage.passed()
    with pytest.raises(OutOfTurn):
        stage.published()
    with pytest.raises(OutOfTurn):
        refused(stage)
