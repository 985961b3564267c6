"""One name at both firms: it blocks until a person at the organizing unit says that they are two."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from creation.applying import nothing_changed
from dabiao.base import calendars
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews.models import Conflict, Namesake, Review, ServiceContract
from dabiao.reviews.queries import namesakes as queries
from dabiao.reviews.queries import rectifications, separation
from dabiao.reviews.queries.reviews import INITIAL
from dabiao.reviews.services import namesakes
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import (
    accepted,
    begun,
    confirmed,
    consulting_told,
    engaged,
    entered,
    qualify,
    review_told,
)
from reviews.engaging import notified as told_of
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.obligation("Q3-separation")]
LATER = datetime(2026, 4, 1, 2, tzinfo=UTC)
WHY = "核对身份证件，两人出生年月不同"
STAFF = (("示例reviewer", ""),)


def advice(world: World, at: datetime = LATER, **more: Any) -> ServiceContract:
    told = consulting_told(world, body=None, firm="示例咨询", legal_person="示例乙", staff=STAFF, **more)
    return entered(world, told, at=at)


def judged(world: World, contract: ServiceContract, of: ServiceContract, **more: Any) -> Namesake:
    said = {"advice": of.pk, "name": "示例reviewer", "same": False, "why": WHY, "at": LATER, **more}
    return namesakes.judge(contract=contract, by=said.pop("by", world.actor("organizer")), **said)


def test_a_review_contract_waits_until_it_is_said(world: World) -> None:
    accepted(world)
    of = advice(world)
    row = entered(world, review_told(world, signed_on=LATER.date()), at=LATER)
    [asked] = queries.waiting([world.bodies["organizing"].pk])
    assert (asked.name, asked.advice, asked.reviewing) == ("示例reviewer", of, row)
    with pytest.raises(Refused, match="是否同一人"):
        confirmed(world, row, at=LATER)
    judged(world, row, of)
    confirmed(world, row, at=LATER)
    assert Review.objects.get().state == ReviewState.ENGAGED
    assert not queries.waiting([world.bodies["organizing"].pk])
    assert not compare().findings.listed


def test_only_the_organizing_unit_says_it_with_a_reason_of_what_is_there(world: World) -> None:
    accepted(world)
    of = advice(world)
    row = entered(world, review_told(world, signed_on=LATER.date()), at=LATER)
    before = JournalEntry.objects.count()
    for who in ("officer", "review_admin", "organizer_lead", "industry_city", "locality"):
        with pytest.raises(Refused):
            judged(world, row, of, by=world.actor(who))
    with pytest.raises(Invalid):
        judged(world, row, of, why="  ")
    with pytest.raises(OutOfTurn):
        judged(world, row, of, name="示例另一人")
    with pytest.raises(OutOfTurn):
        judged(world, row, row)
    nothing_changed(before)


def test_a_review_that_a_namesake_stopped_goes_on_and_its_limit_stood_still(world: World) -> None:
    review = told_of(world)
    of = advice(world)
    review.refresh_from_db()
    assert (review.state, review.stopped_from) == (ReviewState.STOPPED, ReviewState.ENGAGED)
    later = datetime(2026, 4, 20, 2, tzinfo=UTC)
    contract = ServiceContract.objects.get(case=review.case)
    judged(world, contract, of, at=later)
    review.refresh_from_db()
    assert (review.state, review.stopped_from) == (ReviewState.ENGAGED, "")
    assert Conflict.objects.get().released_on == later.date()
    assert separation.conflicts(review, later.date()) == ()
    clock = rectifications.clock(review, later.date(), calendars.calendar())
    assert clock is not None
    assert clock.name == INITIAL
    assert clock.state.due > date(2026, 4, 20)
    qualify(world)
    assert begun(world, review, at=later).lead == world.accounts["reviewer"]
    assert not compare().findings.listed


def test_what_else_stops_it_keeps_it_stopped(world: World) -> None:
    review = engaged(world)
    of = advice(world)
    entered(world, consulting_told(world), at=LATER)
    judged(world, ServiceContract.objects.get(case=review.case), of)
    assert Review.objects.get().state == ReviewState.STOPPED


def test_it_may_be_said_anew_that_they_are_one(world: World) -> None:
    review = engaged(world)
    of, contract = advice(world), ServiceContract.objects.get(case=review.case)
    judged(world, contract, of)
    assert Review.objects.get().state == ReviewState.ENGAGED
    judged(world, contract, of, same=True, why="社会保险记录显示为同一人")
    assert Review.objects.get().state == ReviewState.STOPPED
    assert [row.released_on for row in Conflict.objects.order_by("id")] == [LATER.date(), None]
    assert Namesake.objects.get().same is True
