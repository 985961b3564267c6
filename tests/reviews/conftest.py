"""A review whose gate is passed."""

import pytest

import snapshots
from reviews.placing import Placed, placed
from world import build


def from_nothing() -> Placed:
    """Laid with its world: what a unit does before it applies changes rows of the world."""
    return placed(build())


@pytest.fixture
def cleared(db: None) -> Placed:
    return snapshots.laid(from_nothing)
