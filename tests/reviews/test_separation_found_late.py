"""A conflict that comes to light late stops the review; the leader ends it, another may be engaged."""

from datetime import UTC, date, datetime

import pytest

from creation.applying import nothing_changed
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews.models import Conflict, Review
from dabiao.reviews.queries import separation
from dabiao.reviews.services import contracts, ending
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import consulting_told, engaged, entered, review_told
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.obligation("Q3-separation")]
LATER = datetime(2026, 4, 1, 2, tzinfo=UTC)


@pytest.fixture
def review(world: World) -> Review:
    return engaged(world)


def test_a_consulting_contract_entered_late_stops_the_review(world: World, review: Review) -> None:
    assert separation.conflicts(review, LATER.date()) == ()
    advice = entered(world, consulting_told(world), at=LATER)
    review.refresh_from_db()
    assert review.state == ReviewState.STOPPED
    found = Conflict.objects.get()
    assert (found.kind, found.contract, found.review) == ("same_firm", advice, review)
    assert found.first
    assert advice.spoken in found.second
    assert "quality-2015/3" in found.clauses
    told = Announcement.objects.get(name="ConflictFound")
    assert told.payload["organizing"] == review.organizing_id
    assert len(separation.conflicts(review, LATER.date())) == 1
    assert not compare().findings.listed


def test_what_has_nothing_to_do_with_it_stops_nothing(world: World, review: Review) -> None:
    for more in (
        {"body": None, "firm": "示例咨询有限公司", "legal_person": "示例乙"},
        {"begins_on": date(2025, 1, 1), "ends_on": date(2025, 2, 1), "signed_on": date(2025, 1, 1)},
    ):
        entered(world, consulting_told(world, **more), at=LATER)
    review.refresh_from_db()
    assert review.state == ReviewState.ENGAGED


def test_a_firm_of_the_same_owner_and_a_person_of_both_stop_it_too(world: World, review: Review) -> None:
    staff = (("示例reviewer", ""),)
    told = consulting_told(world, body=None, firm="示例咨询", legal_person=" 示例甲", staff=staff)
    entered(world, told, at=LATER)
    kinds = Conflict.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["same_owner", "same_person"]


def test_a_training_stops_it_once_a_person_says_that_it_was_consulting(world: World, review: Review) -> None:
    row = entered(world, consulting_told(world, kind="training"), at=LATER)
    review.refresh_from_db()
    assert review.state == ReviewState.ENGAGED
    assert separation.conflicts(review, LATER.date()), "until it is judged nothing is assigned or reported"
    by = world.actor("organizer")
    contracts.judge(contract=row, consults=True, why="逐项指导建设", version=1, by=by, at=LATER)
    review.refresh_from_db()
    assert review.state == ReviewState.STOPPED


def test_the_leader_ends_it_and_the_case_stays_accepted(world: World, review: Review) -> None:
    entered(world, consulting_told(world), at=LATER)
    review = Review.objects.get()
    before = JournalEntry.objects.count()
    for who in ("organizer", "review_admin", "officer", "industry_city"):
        with pytest.raises(Refused):
            ending.end(review=review, why="示例", version=review.version, by=world.actor(who), at=LATER)
    lead = world.actor("organizer_lead")
    with pytest.raises(Invalid):
        ending.end(review=review, why=" ", version=review.version, by=lead, at=LATER)
    nothing_changed(before)
    ending.end(review=review, why="核实属实", version=review.version, by=lead, at=LATER)
    assert (review.state, review.ended_why) == (ReviewState.CLOSED, "核实属实")
    assert Case.objects.get().state == CaseState.ACCEPTED
    with pytest.raises(OutOfTurn):
        ending.end(review=review, why="再次", version=review.version, by=lead, at=LATER)
    with pytest.raises(Refused):
        entered(world, review_told(world, signed_on=LATER.date()), at=LATER)


def test_past_reviews_of_the_cycle_are_asked_too(world: World, review: Review) -> None:
    Review.objects.update(state=ReviewState.CLOSED, ended_at=LATER)
    entered(world, consulting_told(world), at=LATER)
    assert Review.objects.get().state == ReviewState.CLOSED
    assert Conflict.objects.count() == 1
    assert Announcement.objects.get(name="ConflictFound").payload["stopped"] is False


def test_a_person_of_a_firm_that_advises_may_not_review(world: World, review: Review) -> None:
    day, staff = LATER.date(), (("示例reviewer", ""),)
    told = consulting_told(world, body=None, firm="示例咨询", legal_person="示例expert", staff=staff)
    assert separation.conflicts_of(world.accounts["reviewer"], review, day) == ()
    entered(world, told, at=LATER)

    def kinds(who: str) -> list[str]:
        return [each.kind for each in separation.conflicts_of(world.accounts[who], review, day)]

    assert (kinds("reviewer"), kinds("expert"), kinds("review_admin")) == (
        ["same_person"],
        ["same_owner"],
        [],
    )
