"""Everybody acts at random, also who may not, also out of time: what must never be, never is."""

from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dabiao.grading.states.gradings import GradingState
from dabiao.reviews.states.reviews import ReviewState
from machine.acts import ACTS
from machine.machine import BENTS, Bent, Machine

pytestmark = pytest.mark.django_db

SETTINGS = settings(
    max_examples=3,  # of every bent taken
    stateful_step_count=9,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CASES = ("submitted", "received", "proposed", "accepted", "attained", "failed", "closed", "refused")
TURNS, STEPS = 2, 18


def test_no_invariant_breaks_and_every_end_is_reached() -> None:
    """Straight tours in every bent reach every state; at random, everybody does what they like."""
    Machine.seen.clear()
    for bent in BENTS:
        for turn in range(TURNS):
            _tour(bent, Random(f"{bent} {turn}"))
    wanted = {f"case {state}" for state in CASES}
    wanted |= {f"review {state}" for state in ReviewState} | {f"grading {state}" for state in GradingState}
    wanted |= {each.name for each in ACTS.values() if not each.aside}
    assert wanted - Machine.seen.keys() == set()


def _tour(bent: Bent, chance: Random) -> None:
    machine = Machine(bent)
    try:
        machine.tour(chance, STEPS)
    finally:
        machine.teardown()


def test_at_random_nothing_breaks() -> None:
    Machine.seen.clear()
    for bent in BENTS[::4]:
        run_state_machine_as_test(partial(Machine, bent), settings=SETTINGS)
    assert {"refused Refused", "refused OutOfTurn"} <= Machine.seen.keys()
    assert len(Machine.seen.keys() & ACTS.keys()) > len(ACTS) // 4  # the tours reach all of them
