"""The city shows every state that cases have reached so far, and what people have to do in each."""

from collections import Counter

import pytest

from dabiao import draw
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal import signing
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.demo.city import City
from dabiao.grading.documents import statements
from dabiao.grading.models import Bulletin, Certificate, Copy, Grading, Objection, Opinion, Recheck, Ruling
from dabiao.grading.states.gradings import GradingState
from dabiao.hazards.models import Handover
from dabiao.kernel.limits import LimitColour
from dabiao.organisations.models import Recognition
from dabiao.reviews.models import (
    Check,
    Conflict,
    ContractKind,
    Extension,
    FollowUp,
    InitialVisit,
    Member,
    Notice,
    Overdue,
    Remark,
    Report,
    Review,
    Revisit,
    ServiceContract,
)
from dabiao.reviews.queries import followups, rectifications, reports
from dabiao.reviews.queries import reviews as clocks
from dabiao.reviews.queries.plans import draws
from dabiao.reviews.states.contracts import ContractState
from dabiao.reviews.states.reviews import ReviewState
from dabiao.supervision.models import Verification, VerificationDraw
from demo.conftest import AT

pytestmark = pytest.mark.django_db
DAY = day_of(AT)


def test_reviews_are_in_every_state(told: City) -> None:
    assert set(Review.objects.values_list("state", flat=True)) == set(ReviewState)


def test_gradings_are_in_every_state(told: City) -> None:
    assert set(Grading.objects.values_list("state", flat=True)) == set(GradingState)


def test_contracts_of_three_kinds_one_waiting_one_late_with_its_conflict(told: City) -> None:
    rows = ServiceContract.objects.all()
    assert set(rows.values_list("kind", flat=True)) == set(ContractKind.values)
    assert rows.filter(kind=ContractKind.REVIEW, state=ContractState.ENTERED).exists()
    late = rows.filter(late=True)
    assert late.exists()
    assert set(Conflict.objects.values_list("contract", flat=True)) == set(late.values_list("pk", flat=True))
    assert Conflict.objects.filter(review__state=ReviewState.STOPPED).exists()


def test_somebody_engages_a_review_unit_hardly_in_time(told: City) -> None:
    bare = Case.objects.filter(state=CaseState.ACCEPTED, reviews=None).exclude(accepted_on=None)
    found = [clocks.contract_clock(case, DAY, calendars.calendar()) for case in bare]
    assert LimitColour.AMBER in {each.state.colour for each in found if each}


def test_departments_are_told_and_some_say_that_they_know(told: City) -> None:
    told_ = Notice.objects.all()
    assert told_.exclude(acknowledged_at=None).exists()
    assert told_.filter(acknowledged_at=None).exists()


def test_initial_visits_pass_and_hold_and_what_is_grave_is_handed_over(told: City) -> None:
    assert {"clear", "hold", ""} == set(InitialVisit.objects.values_list("outcome", flat=True))
    handed = Handover.objects.all()
    assert set(handed.values_list("kind", flat=True)) == {"report", "enforcement"}
    assert handed.exclude(answered_at=None).exists()
    assert handed.filter(acknowledged_at=None).exists()


def test_an_expert_is_being_drawn_and_a_team_being_asked(told: City) -> None:
    planning = Review.objects.filter(state=ReviewState.CLEARED)
    assert any(row.words and not row.drawn_at for review in planning for row in draws(review))
    asked = Member.objects.filter(plan__review__state=ReviewState.PLANNED)
    assert asked.filter(accepted_at=None).exists()
    assert asked.exclude(accepted_at=None).exists()


def test_authorities_follow_a_review_and_wait_for_an_answer(told: City) -> None:
    rows = Remark.objects.filter(review__state=ReviewState.REVIEWING)
    assert Counter(rows.values_list("kind", flat=True)) == {"attend": 1, "remark": 1}


def test_rectifications_are_green_amber_red_extended_and_closed(told: City) -> None:
    running = Review.objects.filter(state=ReviewState.RECTIFYING)
    found = [rectifications.clock(row, DAY, calendars.calendar()) for row in running]
    assert {each.state.colour for each in found if each} == set(LimitColour)
    assert Extension.objects.filter(granted=True, review__in=running).exists()
    closed = Review.objects.filter(state=ReviewState.CLOSED, ended_why__startswith="整改超过期限")
    assert closed.exists()
    assert {row.case.state for row in closed} == {CaseState.CLOSED}


def test_the_team_comes_back_to_see_what_was_put_right(told: City) -> None:
    rows = Check.objects.select_related("sheet", "review")
    coming, done = (rows.get(state=state) for state in ("open", "concluded"))
    assert (coming.sheet.state, coming.review.state) == ("open", ReviewState.CONFIRMING)
    assert coming.visit_on >= DAY
    assert (done.sheet.state, done.review.state) == ("closed", ReviewState.WRITING)
    assert all(each.on_site.visit == done for each in rectifications.findings(done.review))


def test_follow_ups_are_green_red_under_way_and_done(told: City) -> None:
    """None is owed that nobody announced; the overdue one was reported up."""
    clocks_ = [followups.clock(row, DAY, calendars.calendar()) for row in followups.owed()]
    colours = Counter(each.state.colour for each in clocks_ if each)
    assert colours[LimitColour.GREEN] >= 2
    assert colours[LimitColour.RED] == 1
    assert Overdue.objects.filter(limit=followups.LIMIT).count() == 1
    assert sorted(Revisit.objects.values_list("state", flat=True)) == ["concluded", "open"]
    assert FollowUp.objects.count() == Certificate.objects.count()


def test_verifications_are_done_under_way_and_waiting_for_a_word(told: City) -> None:
    done, coming = (Verification.objects.get(state=state) for state in ("verified", "drawn"))
    assert (done.level, done.outcome) == ("level_2", "rectify")
    visit = coming.visits.select_related("sheet").get()
    assert (visit.state, visit.sheet.state, visit.lead.login) == ("open", "open", "industry_district_deputy")
    assert visit.visit_on >= DAY
    assert VerificationDraw.objects.get(drawn_at=None).words
    drawn = VerificationDraw.objects.exclude(drawn_at=None)
    assert all(draw.differences(draw.read(row.record)) == () for row in drawn)


def test_reports_are_as_they_were_handed_in(told: City) -> None:
    assert all(reports.intact(row) for row in Report.objects.select_related("sheet__rulebook"))
    assert not Report.objects.filter(grading=None).exists()


def test_a_recheck_is_intensified_and_one_saw_things_differently(told: City) -> None:
    assert any(row.extras for row in Recheck.objects.all())
    assert any(row.comparison for row in Recheck.objects.exclude(finished_at=None))


def test_an_opinion_is_asked_and_one_has_gone_up(told: City) -> None:
    asked = Opinion.objects.filter(given_at=None, grading__state=GradingState.CONSULTING)
    assert asked.exclude(above=None).exists()
    assert Opinion.objects.filter(agrees=False).exists()


def test_objections_are_open_unfounded_and_upheld(told: City) -> None:
    found = set(Objection.objects.values_list("upheld", flat=True))
    assert found == {None, False, True}
    assert Objection.objects.filter(decided_at=None, grading__state=GradingState.PUBLICISED).exists()


def test_certificates_of_both_departments_are_known_and_one_has_run_out(told: City) -> None:
    rows = Certificate.objects.all()
    assert {row.level for row in rows} >= {"level_2", "level_3", "small_micro"}
    assert {row.last_on < DAY for row in rows} == {True, False}
    assert len({row.issued_on.year for row in rows}) >= 3
    assert Bulletin.objects.filter(decided_at=None, dropped="").exists()
    assert Copy.objects.filter(acknowledged_at=None).exists()
    assert Copy.objects.exclude(acknowledged_at=None).exists()
    key = signing.signing_key().public_key()
    assert {statements.read(row.statement, key).number for row in rows} == {row.number for row in rows}


def test_nobody_decides_what_they_proposed(told: City) -> None:
    for row in Ruling.objects.exclude(decided_by=None):
        assert row.proposed_by_id != row.decided_by_id


def test_recognitions_follow_one_another(told: City) -> None:
    rows = Recognition.objects.filter(level="level_2", body__code="review1").order_by("since")
    assert [row.until for row in rows][:-1] == [row.since for row in rows][1:]
    assert rows.count() >= 2
