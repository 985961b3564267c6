"""The initial visit: no visit without notice, nobody unqualified goes, nobody clears a gate that holds."""

from datetime import UTC, date, datetime

import pytest

from creation.applying import nothing_changed
from dabiao.base.files import store
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Handover, Hazard
from dabiao.hazards.services import handovers
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.organisations.models import Recognition
from dabiao.organisations.services import recognitions
from dabiao.people.models import Qualification
from dabiao.people.services import qualifications
from dabiao.reviews import tasks
from dabiao.reviews.models import InitialVisit, Review
from dabiao.reviews.queries import visits as queries
from dabiao.reviews.services.visiting import Serious
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets import queries as sheets
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from reviews.engaging import (
    VISITED,
    begun,
    cleared,
    closed,
    consulting_told,
    engaged,
    entered,
    filled,
    qualify,
    visiting,
)
from reviews.engaging import notified as told_of
from sheets import photographs
from world import World

pytestmark = pytest.mark.django_db
VETO = "2.1.2"
AGAIN = datetime(2026, 4, 1, 2, tzinfo=UTC)
OVERDUE = datetime(2026, 4, 3, 2, tzinfo=UTC)  # three working days after 30 March end on 2 April


@pytest.mark.obligation("U8-contract-notice")
def test_no_visit_begins_before_the_departments_are_told(world: World) -> None:
    review = engaged(world)
    qualify(world)
    before = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn) as refused:
        begun(world, review)
    assert refused.value.clause == "uplift/8"
    nothing_changed(before)


@pytest.mark.obligation("U10-initial-visit")
def test_the_gate_is_passed_on_site_by_qualified_reviewers(world: World) -> None:
    visit = visiting(world)
    assert visit.visitors == [
        {"account": world.accounts["reviewer"].pk, "name": "示例reviewer", "number": "示例评reviewer"}
    ]
    assert VETO in sheets.rulebook(visit.sheet).by_key
    assert "1.1.1" not in sheets.rulebook(visit.sheet).by_key, "only vetoes and high-risk areas"
    with pytest.raises(Invalid):
        closed(world, visit, "clear")  # nothing is answered yet
    filled(world, visit)
    with pytest.raises(Invalid):
        closed(world, visit, "hold")  # nothing holds it
    closed(world, visit, "clear")
    review = Review.objects.get()
    assert (review.state, review.cleared_on) == (ReviewState.CLEARED, VISITED.date())
    assert Announcement.objects.get(name="VisitClosed").payload["outcome"] == "clear"
    assert not Hazard.objects.exists()
    assert not compare().findings.listed


def test_who_may_not_go_is_said(world: World) -> None:
    review = told_of(world)
    before = JournalEntry.objects.count()
    with pytest.raises(Invalid) as unfiled:
        begun(world, review)
    assert "没有建档的资格" in unfiled.value.fields["visitors"]
    with pytest.raises(Invalid):
        begun(world, review, lead=world.accounts["expert"])
    with pytest.raises(Invalid):
        begun(world, review, visit_on=date(2026, 3, 29))
    nothing_changed(before)
    qualify(world, until=date(2026, 4, 10))
    with pytest.raises(Invalid):
        begun(world, review, visit_on=date(2026, 4, 10))
    begun(world, review, visit_on=date(2026, 4, 9))


@pytest.mark.obligation("Q5-recognition")
def test_recognition_is_checked_on_the_visit_day_and_again_at_closing(world: World) -> None:
    visit = visiting(world)
    filled(world, visit)
    row = Recognition.objects.get()
    by = world.actor("bureau_city")
    recognitions.lapse(recognition=row, until=VISITED.date(), reason="退出", by=by, at=VISITED)
    with pytest.raises(Refused) as refused:
        closed(world, visit, "clear")
    assert refused.value.clause == "quality-2015/5"
    assert Review.objects.get().state == ReviewState.VISITING


def test_a_qualification_withdrawn_by_the_visit_day_closes_nothing(world: World) -> None:
    visit = visiting(world)
    filled(world, visit)
    by, day = world.actor("organizer_lead"), VISITED.date()
    qualifications.withdraw(
        row=Qualification.objects.get(), since=day, reason="示例", version=1, by=by, at=VISITED
    )
    with pytest.raises(Refused):
        closed(world, visit, "clear")


def test_nobody_else_begins_or_closes(world: World) -> None:
    visit = visiting(world)
    filled(world, visit)
    before = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn):
        begun(world, visit.review)
    visit.lead = world.accounts["review_admin"]
    with pytest.raises(Refused):
        closed(world, visit, "clear")
    nothing_changed(before)


@pytest.mark.obligation("U10-initial-visit")
@pytest.mark.obligation("U2-hard-refusals")
def test_nobody_clears_against_a_veto_a_refusal_or_a_major_hazard(world: World) -> None:
    visit = visiting(world)
    filled(world, visit, wrong=(VETO,))
    before = JournalEntry.objects.count()
    with pytest.raises(Refused):
        closed(world, visit, "clear")
    nothing_changed(before)
    told = Told("hard_refusal", VISITED.date(), "未开展排查治理", "示例认定书", which="hazard_screening")
    standing.record(told=told, unit=world.units["unit"], by=world.actor("industry_district"), at=VISITED)
    facts = queries.facts(visit.review, visit.sheet, ("配电室积水",), VISITED.date())
    assert len(facts.vetoes) == 1
    assert len(facts.refusals) == 1


@pytest.mark.obligation("U10-major-hazard")
@pytest.mark.obligation("U12-feedback")
def test_what_holds_the_gate_is_put_right_at_once_reported_and_looked_at_again(world: World) -> None:
    visit = visiting(world)
    filled(world, visit, wrong=(VETO,))
    closed(world, visit, "hold", Serious("配电室积水", category="electricity"))
    review = Review.objects.get()
    assert review.state == ReviewState.HELD
    assert {each["clause"] for each in InitialVisit.objects.get().reasons} == {"uplift/10"}
    found = list(Hazard.objects.order_by("id"))
    assert [(each.major, each.limit, each.confirmer) for each in found] == [
        (False, date(2026, 4, 2), review.body),
        (True, date(2026, 4, 2), review.body),
    ]
    assert set(Handover.objects.values_list("to", "kind")) == {(world.bodies["industry_east"].pk, "report")}
    with pytest.raises(OutOfTurn):
        begun(world, review, at=AGAIN)
    for hazard in found:
        put_right(world, hazard)
    assert tasks.tick(OVERDUE) == 0
    second = begun(world, review, at=AGAIN)
    assert second.turn == 2
    assert queries.held_spans(review) == ((VISITED.date(), AGAIN.date()),)
    filled(world, second, at=AGAIN)
    closed(world, second, "clear", at=AGAIN)
    assert Review.objects.get().state == ReviewState.CLEARED
    assert not compare().findings.listed


def put_right(world: World, hazard: Hazard) -> None:
    officer, reviewer = world.actor("officer"), world.actor("reviewer")
    told = dict.fromkeys(("cause", "corrective", "preventive", "responsible"), "示例")
    hazards.plan(hazard=hazard, **told, due=AGAIN.date(), version=1, by=officer, at=VISITED)
    taken = [store.take_in([photographs.jpeg((64, 48))])]
    hazards.report_done(hazard=hazard, words="已整改", taken=taken, by=officer, at=VISITED)
    with pytest.raises(Refused):
        hazards.confirm(hazard=hazard, by=world.actor("principal"), at=VISITED)
    hazards.confirm(hazard=hazard, by=reviewer, at=VISITED)


@pytest.mark.obligation("U10-major-hazard")
@pytest.mark.obligation("U12-feedback")
def test_what_is_not_put_right_in_time_goes_to_enforcement_and_the_answer_comes_back(world: World) -> None:
    visit = visiting(world)
    filled(world, visit)
    closed(world, visit, "hold", Serious("违规动火"))
    assert tasks.tick(AGAIN) == 0
    assert tasks.tick(OVERDUE) == 1
    assert tasks.tick(OVERDUE) == 0
    row = Handover.objects.get(kind="enforcement")
    assert (row.to, row.sender) == (world.bodies["enforcement_east"], visit.review.body)
    handovers.answer(
        handover=row, words="已立案", version=row.version, by=world.actor("enforcement"), at=OVERDUE
    )
    assert Handover.objects.visible_to(world.actor("review_admin")).filter(answer="已立案").exists()


@pytest.mark.obligation("Q3-separation")
def test_a_conflict_found_meanwhile_lets_nobody_go(world: World) -> None:
    review = told_of(world)
    qualify(world)
    entered(world, consulting_told(world, kind="training"), at=VISITED)  # nobody has judged it
    with pytest.raises(Refused) as refused:
        begun(world, review)
    assert refused.value.clause == "quality-2015/3"


def test_a_cleared_review_is_visible_to_its_team(world: World) -> None:
    review = cleared(world)
    assert Review.objects.visible_to(world.actor("reviewer")).get() == review
