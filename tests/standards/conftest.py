"""The owner department of a standard, and an edition it has published."""

import pytest

import snapshots
from dabiao.standards.models import Edition
from standards.desk import Desk
from world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, world.bodies["industry_city"], world.actor("industry_city"))


@pytest.fixture
def edition(desk: Desk) -> Edition:
    """A published edition in force on DAY."""
    return snapshots.laid(Desk.published, desk)
