"""What the re-check comes to: passed, sent back to one step, refused; a veto never passes."""

import pytest

from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.grading.models import Opinion, Ruling
from dabiao.grading.queries import found
from dabiao.grading.queries import gradings as queries
from dabiao.grading.services import judging
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Conflict, Invalid, OutOfTurn, Refused
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.reviews.models import Review
from dabiao.reviews.states.reviews import ReviewState
from dabiao.standing import services as standing
from dabiao.standing.models import Fact
from dabiao.standing.services import Told
from grading.reported import JUDGED, REPORTED, VETOED, VISITED, Stage, report
from world import SINCE


def test_passed_the_opinions_are_asked(stage: Stage) -> None:
    grading = stage.passed()
    assert grading.state == GradingState.CONSULTING
    asked = Opinion.objects.filter(about="attainment").order_by("giver")
    assert [row.giver for row in asked] == ["industry_district", "locality"]
    ruling = Ruling.objects.get()
    assert found.recomputed(ruling)
    assert not compare().findings.listed


@pytest.mark.parametrize("outcome", ["pass", "back_to_review", "back_to_rectify", "back_to_write"])
def test_a_veto_found_at_the_recheck_never_passes(stage: Stage, outcome: str) -> None:
    stage.rechecked(item_2_1_2=VETOED)
    stage.opinion("recheck", "industry_district", at=JUDGED)
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="否决项"):
        stage.judged(outcome)
    assert JournalEntry.objects.count() == before


def test_a_veto_refuses_in_writing_and_the_bar_runs(stage: Stage) -> None:
    stage.rechecked(item_2_1_2=VETOED)
    stage.judged("refuse")
    assert stage.decided().state == GradingState.REFUSED
    assert Case.objects.get().state == CaseState.FAILED
    assert Fact.objects.get(kind="grading_refused_notice").number == stage.grading.number
    assert "否决项" in Ruling.objects.get().grounds[0]["text"]


@pytest.mark.obligation("U2-hard-refusals")
def test_a_hard_refusal_refuses_at_the_recheck(stage: Stage) -> None:
    stage.rechecked()
    stage.opinion("recheck", "industry_district", at=JUDGED)
    told = Told("hard_refusal", VISITED.date(), "检查发现", "示例检查记录", which="emergency_plan")
    standing.record(
        told=told, unit=stage.world.units["unit"], by=stage.actor("enforcement", JUDGED), at=JUDGED
    )
    with pytest.raises(Refused) as caught:
        stage.judged()
    assert caught.value.clause == "uplift/2"
    stage.judged("refuse")
    assert stage.decided().state == GradingState.REFUSED


@pytest.mark.obligation("Q2-district-joins")
def test_without_the_districts_opinion_it_does_not_pass_and_is_not_refused_either(stage: Stage) -> None:
    stage.rechecked()
    with pytest.raises(Refused, match="还没有对现场复核提出意见"):
        stage.judged()
    with pytest.raises(Refused, match="没有不予通过的理由"):
        stage.judged("refuse")
    stage.opinion("recheck", "industry_district", at=JUDGED)
    assert stage.judged().outcome == "pass"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("back_to_review", ReviewState.CLEARED),
        ("back_to_rectify", ReviewState.RECTIFYING),
        ("back_to_write", ReviewState.WRITING),
    ],
)
def test_sent_back_it_goes_to_exactly_one_step_and_comes_again(
    stage: Stage, outcome: str, state: ReviewState
) -> None:
    stage.rechecked()
    stage.judged(outcome)
    first = stage.decided()
    assert (first.state, stage.review.state) == (GradingState.SENT_BACK, state)
    assert Case.objects.get().state == CaseState.ACCEPTED
    Review.objects.update(state=ReviewState.REPORTED)
    report(stage.review, first.report.sheet, stage.world.accounts["reviewer"].pk, JUDGED, 2).save()
    second = stage.received(JUDGED)
    assert second.pk != first.pk
    assert second.state == GradingState.RECEIVED, "nothing of the earlier one counts any more"


def test_what_a_colleague_has_just_decided_is_not_decided_again(stage: Stage) -> None:
    """The page was read before, and is told so in words."""
    stage.rechecked()
    stage.opinion("recheck", "industry_district", at=JUDGED)
    stage.judged()
    read, by = stage.grading, stage.actor("organizer_lead", JUDGED)
    judging.decide(grading=stage.grading, version=read.version, by=by, at=JUDGED)
    before = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn, match="请刷新页面"):
        judging.decide(grading=read, version=read.version, by=by, at=JUDGED)
    assert JournalEntry.objects.count() == before


def test_nobody_both_proposes_and_decides(stage: Stage) -> None:
    account, place = stage.world.accounts["organizer"], {"body": stage.world.bodies["organizing"]}
    people.give_posting(account=account, role=Role.ORGANIZER_LEAD, since=SINCE, by=TIME, at=REPORTED, **place)
    stage.rechecked()
    stage.opinion("recheck", "industry_district", at=JUDGED)
    stage.judged()
    grading = stage.grading
    with pytest.raises(Refused, match="另一位人员"):
        judging.decide(
            grading=grading, version=grading.version, by=stage.actor("organizer", JUDGED), at=JUDGED
        )
    for who in ("industry_city", "officer", "review_admin", "locality"):
        with pytest.raises(Refused):
            judging.decide(grading=grading, version=grading.version, by=stage.actor(who), at=JUDGED)
    with pytest.raises(Conflict):
        judging.decide(grading=grading, version=99, by=stage.actor("organizer_lead", JUDGED), at=JUDGED)
    assert stage.grading.state == GradingState.JUDGED


def test_the_leader_sends_the_proposal_back(stage: Stage) -> None:
    stage.rechecked()
    stage.judged("back_to_review")
    grading, by = stage.grading, stage.actor("organizer_lead", JUDGED)
    told = {"grading": grading, "version": grading.version, "by": by, "at": JUDGED}
    with pytest.raises(Invalid):
        judging.send_back(reason=" ", **told)
    judging.send_back(reason="请核对第2.1项", **told)
    assert stage.grading.state == GradingState.RECHECKED
    assert queries.pending(stage.grading) is None


@pytest.mark.obligation("Q1-formality")
def test_a_review_found_to_be_a_formality_is_refused_with_evidence(stage: Stage) -> None:
    stage.rechecked()
    grading, by = stage.grading, stage.actor("organizer", JUDGED)
    opinion = judging.Opinion("refuse", "照片雷同", ["formality"])
    with pytest.raises(Invalid, match="附证据"):
        judging.judge(grading=grading, opinion=opinion, version=grading.version, by=by, at=JUDGED)
    stage.judged("refuse", formal=["formality"])
    assert stage.decided().state == GradingState.REFUSED
    assert Ruling.objects.get().decided_by == stage.world.accounts["organizer_lead"]


def test_once_the_review_is_stopped_nothing_goes_on(stage: Stage) -> None:
    stage.rechecked()
    Review.objects.update(state=ReviewState.STOPPED)
    with pytest.raises(OutOfTurn, match="中止"):
        stage.judged("back_to_review")
    Review.objects.update(state=ReviewState.CLOSED)
    assert stage.received(JUDGED).state == GradingState.CLOSED
