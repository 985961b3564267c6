"""The departments are told of a contract and acknowledge; a case that engages nobody may be closed."""

from datetime import UTC, date, datetime

import pytest

from creation.applying import nothing_changed
from dabiao.base import calendars
from dabiao.base.models import JournalEntry
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.kernel.limits import LimitColour
from dabiao.reviews.models import Notice, Review
from dabiao.reviews.queries import contracts as queries
from dabiao.reviews.queries import reviews
from dabiao.reviews.services import engaging
from reviews.engaging import SIGNED, accepted, engaged
from world import World

pytestmark = pytest.mark.django_db


@pytest.mark.obligation("U8-contract-notice")
def test_department_and_locality_are_told_and_acknowledge(world: World) -> None:
    review = engaged(world)
    assert not queries.notified(review)
    before = JournalEntry.objects.count()
    for who in ("officer", "reviewer", "organizer"):
        with pytest.raises(Refused):
            engaging.notify(review=review, by=world.actor(who), at=SIGNED)
    nothing_changed(before)
    made = engaging.notify(review=review, by=world.actor("review_admin"), at=SIGNED)
    assert [each.to for each in made] == [world.bodies["industry_east"], world.bodies["street_east"]]
    with pytest.raises(OutOfTurn):
        engaging.notify(review=review, by=world.actor("review_admin"), at=SIGNED)
    for notice, who in zip(made, ("industry_district", "locality"), strict=True):
        with pytest.raises(Refused):
            engaging.acknowledge(notice=notice, remark="", by=world.actor("other_locality"), at=SIGNED)
        engaging.acknowledge(notice=notice, remark="已知悉", by=world.actor(who), at=SIGNED)
        with pytest.raises(OutOfTurn):
            engaging.acknowledge(notice=notice, remark="", by=world.actor(who), at=SIGNED)
    assert not Notice.objects.filter(acknowledged_at=None).exists()
    assert Review.objects.visible_to(world.actor("locality")).exists()


@pytest.mark.obligation("U11-time-limits")
def test_a_case_that_engages_nobody_in_time_may_be_closed(world: World) -> None:
    case = accepted(world)
    lead, calendar = world.actor("organizer_lead"), calendars.calendar()
    clock = reviews.contract_clock(case, SIGNED.date(), calendar)
    assert clock is not None
    assert clock.state.due == date(2026, 5, 11), "thirty working days after acceptance on 25 March"
    last, after = datetime(2026, 5, 11, 2, tzinfo=UTC), datetime(2026, 5, 12, 2, tzinfo=UTC)
    amber = reviews.contract_clock(case, last.date(), calendar)
    assert amber is not None
    assert amber.state.colour is LimitColour.AMBER
    before = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn):
        engaging.lapse(case=case, why="逾期", by=lead, at=last)
    with pytest.raises(Refused):
        engaging.lapse(case=case, why="逾期", by=world.actor("organizer"), at=after)
    with pytest.raises(Invalid):
        engaging.lapse(case=case, why="", by=lead, at=after)
    nothing_changed(before)
    engaging.lapse(case=case, why="多次提醒仍未签订", by=lead, at=after)
    assert Case.objects.get().state == CaseState.CLOSED


def test_a_case_under_contract_has_no_such_clock(world: World) -> None:
    review = engaged(world)
    assert reviews.contract_clock(review.case, SIGNED.date(), calendars.calendar()) is None
    assert reviews.engaged([review.case_id]) == {review.case_id: review}
    assert not reviews.unengaged(Case.objects.all()).exists()
    clock = reviews.initial_clock(review, (), SIGNED.date(), calendars.calendar())
    assert clock is not None
    assert clock.state.due == date(2026, 4, 13)
