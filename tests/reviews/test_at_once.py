"""Contracts signed and reviews closed twice at the same moment, each on a connection of its own: one goes
through, the other is answered in words; and where what keeps them apart is cut, it shows."""

import pytest

import racing
from dabiao.reviews.models import Review, ServiceContract
from dabiao.reviews.states.reviews import ReviewState
from reviews.conftest import from_nothing
from reviews.engaging import accepted, confirmed, entered, review_told
from reviews.placing import Placed, with_findings
from reviews.test_rectifications import close
from world import World, build


def before_contract() -> World:
    world = racing.laid(build)
    accepted(world)
    return world


def sign(world: World) -> ServiceContract:
    return entered(world, review_told(world))


def contracts() -> int:
    return ServiceContract.objects.filter(kind="review").count()


@pytest.mark.obligation("Q3-separation")
def test_of_two_review_contracts_entered_at_once_one_stands(ground: racing.Ground) -> None:
    world = ground.ask(before_contract)
    told = ground.race(lambda: sign(world), lambda: sign(world))
    assert racing.fair(told), told
    assert ground.ask(contracts) == 1


def test_without_the_lock_two_would_be_entered(
    ground: racing.Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = ground.ask(before_contract)
    racing.without_locks(monkeypatch)
    assert not racing.fair(ground.race(lambda: sign(world), lambda: sign(world)))


def confirm(world: World) -> ServiceContract:
    return confirmed(world, ServiceContract.objects.select_related("case__cycle", "unit", "body").get())


def test_a_contract_confirmed_twice_at_once_opens_one_review(ground: racing.Ground) -> None:
    world = ground.ask(before_contract)
    ground.ask(lambda: sign(world))
    told = ground.race(lambda: confirm(world), lambda: confirm(world))
    assert racing.fair(told), told
    assert ground.ask(Review.objects.count) == 1


def test_without_lock_and_condition_it_would_open_two(
    ground: racing.Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = ground.ask(before_contract)
    ground.ask(lambda: sign(world))
    racing.without_conditions(monkeypatch)
    assert not racing.fair(ground.race(lambda: confirm(world), lambda: confirm(world)))


def overdue() -> Placed:
    return with_findings(racing.laid(from_nothing))


def closed() -> bool:
    return Review.objects.get().state == ReviewState.CLOSED


@pytest.mark.obligation("U11-overdue")
def test_a_review_is_closed_once(ground: racing.Ground) -> None:
    placed = ground.ask(overdue)
    told = ground.race(lambda: close(placed), lambda: close(placed))
    assert racing.fair(told), told
    assert ground.ask(closed)


def test_without_lock_and_condition_it_would_be_closed_twice(
    ground: racing.Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = ground.ask(overdue)
    racing.without_conditions(monkeypatch)
    assert not racing.fair(ground.race(lambda: close(placed), lambda: close(placed)))
