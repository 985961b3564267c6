"""The follow-up visit: its sheet looks at every finding again and at every veto; what comes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

import snapshots
from dabiao.base.journal.replay import compare
from dabiao.hazards.models import Handover, Hazard
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.people.models import Qualification
from dabiao.people.services.qualifications import suspend
from dabiao.reviews import tasks
from dabiao.reviews.models import Finding, FollowUp, Revisit, Revisited
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.services import revisiting
from dabiao.reviews.states.followups import FollowUpState, RevisitState
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing
from dabiao.sheets.services.closing import gaps
from dabiao.sheets.states import SheetState
from reviews.placing import Placed
from reviews.revisiting import (
    ENDED,
    SET,
    THERE,
    VISIT,
    again,
    arranged,
    attained,
    concluded,
    followed,
    going,
    looked,
    owed,
    refused,
    signed,
)

VETO = "2.1.2"


@pytest.fixture
def done(db: None) -> Placed:
    return snapshots.laid(attained)


def lines(visit: Revisit) -> list[str]:
    """Items; the hard refusals, vetoes without an item, stand on every sheet besides."""
    keys = [each.key for each in sheets.rulebook(visit.sheet).lines()]
    assert any(each.startswith("hard:") for each in keys)
    return [each for each in keys if ":" not in each]


def test_its_sheet_has_the_findings_and_the_vetoes_by_the_rules_of_the_day_it_is_opened(done: Placed) -> None:
    visit = arranged(done)
    assert lines(visit) == ["1.2.1", VETO, "2.1.3"]
    assert (visit.sheet.occasion, visit.turn, visit.state) == ("follow_up_visit", 1, RevisitState.OPEN)
    assert visit.sheet.rulebook.day == SET.date()
    assert done.review.rulebook.day != SET.date()
    assert [(each.line, each.outcome) for each in queries.covers(visit)] == [("1.2.1", ""), ("2.1.3", "")]
    assert visit.left_out == []
    assert not compare().findings.listed


def test_where_nothing_was_found_the_vetoes_and_the_focus_are_looked_at(done: Placed) -> None:
    Finding.objects.all().delete()
    visit = arranged(done)
    assert lines(visit) == [VETO]
    assert (queries.covers(visit), visit.left_out) == ([], [])


def test_a_finding_without_an_item_of_today_is_named(done: Placed) -> None:
    """A person wrote it down, or the edition in force today has no such item."""
    row = Finding.objects.select_related("hazard").earliest("id")
    Hazard.objects.filter(pk=row.hazard_id).update(standard_item="")
    visit = arranged(done)
    assert lines(visit) == [VETO, "2.1.3"]
    assert visit.left_out == [{"number": row.hazard.number, "text": row.hazard.text}]


@pytest.mark.obligation("Q4-words-images")
def test_every_item_carries_words_and_a_picture(done: Placed) -> None:
    visit = arranged(done)
    looked(done, visit)
    assert gaps(visit.sheet) == []
    visit.sheet.pictures.filter(line="1.2.1").delete()
    visit.sheet.answers.filter(line="2.1.3").update(words="")
    assert [(each.line, each.kind.value) for each in gaps(visit.sheet)] == [
        ("1.2.1", "picture"),
        ("2.1.3", "words"),
    ]


@pytest.mark.obligation("Q4-follow-up", "Q4-both-sign")
def test_it_is_concluded_once_both_sides_have_signed_and_moves_neither_review_nor_unit(done: Placed) -> None:
    visit = looked(done, arranged(done))
    refused(OutOfTurn, lambda: concluded(done, visit), "还没有签字关闭")
    revisiting.close(visit=again(visit), remark="", by=done.actor("second"), at=THERE)
    refused(OutOfTurn, lambda: concluded(done, visit), "还缺签字：企业")
    closing.sign_sheet(sheet=visit.sheet_id, side="unit", by=done.actor("officer"), at=THERE)
    before, found = done.review, Hazard.objects.count()
    ended = concluded(done, visit)
    assert (ended.state, ended.words, ended.ended_on) == (
        RevisitState.CONCLUDED,
        "整改保持，管理没有放松。",
        ENDED.date(),
    )
    assert set(Revisited.objects.values_list("outcome", "words")) == {
        ("kept", "1.2.1 护罩完好"),
        ("kept", "2.1.3 护罩完好"),
    }
    assert (done.review.state, done.review.version) == (before.state, before.version)
    assert Hazard.objects.count() == found
    assert not compare().findings.listed


def test_what_loses_points_again_becomes_a_hazard_of_the_unit(done: Placed) -> None:
    visit = followed(done, "2.1.3")
    (hazard,) = queries.hazards_of(done.review)
    assert (hazard.origin, hazard.origin_key, hazard.major) == ("follow_up_visit", visit.pk, False)
    assert (hazard.confirmer, hazard.limit) == (done.review.body, date(2026, 10, 9))
    assert "护罩又被拆除" in hazard.text
    assert hazard.recurs is not None
    assert dict(Revisited.objects.values_list("line", "outcome")) == {"1.2.1": "kept", "2.1.3": "again"}
    assert not Handover.objects.exists()
    assert owed(done).state == FollowUpState.MET, "a record: it was visited, whatever was found"
    assert not compare().findings.listed


@pytest.mark.obligation("U10-major-hazard")
def test_a_major_one_is_reported_and_goes_to_enforcement_by_time(done: Placed) -> None:
    """A veto not satisfied is major by itself, another by the word of the lead."""
    visit = signed(done, looked(done, arranged(done), "1.2.1", VETO, "2.1.3"))
    refused(Invalid, lambda: concluded(done, visit, "1.1.1"), "重大隐患")
    concluded(done, visit, "1.2.1")
    found = {each.standard_item.rpartition("#")[2]: each for each in queries.hazards_of(done.review)}
    assert {key: each.major for key, each in found.items()} == {"1.2.1": True, VETO: True, "2.1.3": False}
    assert {found[key].limit for key in ("1.2.1", VETO)} == {date(2026, 9, 9)}
    told = Handover.objects.filter(kind="report")
    assert {each.hazard_id for each in told} == {found["1.2.1"].pk, found[VETO].pk}
    assert {(each.sender, each.to.pk) for each in told} == {
        (done.review.body, done.world.bodies["industry_east"].pk)
    }
    late = datetime(2026, 9, 10, 2, tzinfo=UTC)
    assert (tasks.tick(late), tasks.tick(late)) == (2, 0)
    sent = Handover.objects.filter(kind="enforcement")
    assert {"回访发现的问题未在" in each.words for each in sent} == {True}
    assert not compare().findings.listed


@pytest.mark.parametrize("who", ["officer", "second", "organizer", "organizer_lead", "industry_city"])
def test_the_administrator_or_the_leader_arranges_it(done: Placed, who: str) -> None:
    told = going(done)
    refused(
        Refused,
        lambda: revisiting.arrange(review=done.review, told=told, by=done.actor(who), at=SET),
        "评审单位管理员",
    )
    assert arranged(done, "reviewer").turn == 1


def test_not_before_the_announcement_and_one_at_a_time(done: Placed) -> None:
    arranged(done)
    refused(OutOfTurn, lambda: arranged(done), "已经安排了一次")
    Revisited.objects.all().delete()
    Revisit.objects.all().delete()
    FollowUp.objects.all().delete()
    refused(OutOfTurn, lambda: arranged(done), "公告定级之后")


def test_more_visits_than_those_owed_may_be_made(done: Placed) -> None:
    followed(done)
    assert arranged(done).turn == 2


@pytest.mark.parametrize("who", ["reviewer", "officer", "review_admin"])
def test_only_its_lead_closes_and_concludes_it(done: Placed, who: str) -> None:
    visit, by = looked(done, arranged(done)), done.actor(who)
    refused(Refused, lambda: revisiting.close(visit=again(visit), remark="", by=by, at=THERE), "牵头评审员")
    signed(done, visit)
    refused(Refused, lambda: concluded(done, visit, who=who), "牵头评审员")


def test_it_is_called_off_with_a_reason_and_its_sheet_abandoned(done: Placed) -> None:
    visit = looked(done, arranged(done))
    by = done.actor("officer")
    refused(Refused, lambda: revisiting.call_off(visit=again(visit), reason="示例", by=by, at=SET), "牵头")
    by = done.actor("review_admin")
    refused(Invalid, lambda: revisiting.call_off(visit=again(visit), reason=" ", by=by, at=SET), "取消的原因")
    revisiting.call_off(visit=again(visit), reason="企业停产", by=by, at=SET)
    assert again(visit).state == RevisitState.CALLED_OFF
    assert Sheet.objects.get(pk=visit.sheet_id).state == SheetState.ABANDONED
    refused(OutOfTurn, lambda: concluded(done, visit), "已经作出结论或者取消")
    refused(OutOfTurn, lambda: looked(done, visit), "评分表已作废")
    assert owed(done).state == FollowUpState.OWED
    assert arranged(done).turn == 2
    assert not compare().findings.listed


def test_it_is_set_for_a_day_to_come_of_reviewers_of_the_review_unit(done: Placed) -> None:
    refused(Invalid, lambda: arranged(done, day=SET.date() - timedelta(days=1)), "核对日期")
    refused(Invalid, lambda: arranged(done, others=[done.account("officer")]), "不是本评审单位的评审员")
    refused(Invalid, lambda: arranged(done, lead=done.account("expert")), "不是本评审单位的评审员")


def test_it_is_closed_on_the_day_or_later(done: Placed) -> None:
    visit = looked(done, arranged(done, day=VISIT + timedelta(days=3)))
    by = done.actor("second")
    refused(OutOfTurn, lambda: revisiting.close(visit=again(visit), remark="", by=by, at=THERE), "到场之后")


@pytest.mark.obligation("Q5-recognition")
def test_qualification_is_asked_of_the_visit_day(done: Placed) -> None:
    visit = looked(done, arranged(done))
    row = Qualification.objects.get(account=done.second, kind="reviewer")
    told = {"since": VISIT, "until": None, "reason": "示例", "version": row.version}
    suspend(row=row, by=done.actor("organizer_lead"), at=SET, **told)
    by = done.actor("second")
    refused(Refused, lambda: revisiting.close(visit=again(visit), remark="", by=by, at=THERE), "示例second")
    revisiting.call_off(visit=again(visit), reason="资格暂停", by=by, at=THERE)
    refused(Invalid, lambda: arranged(done), "示例second")


def test_a_conclusion_is_in_words(done: Placed) -> None:
    visit = signed(done, looked(done, arranged(done)))
    told = {"words": " ", "majors": (), "by": done.actor("second"), "at": ENDED}
    refused(Invalid, lambda: revisiting.conclude(visit=again(visit), **told), "回访结论")
