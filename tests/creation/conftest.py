"""A unit ready to apply."""

import pytest

from creation.applying import Applicant
from editions import published
from world import World


@pytest.fixture
def applicant(world: World) -> Applicant:
    published(world)
    return Applicant(world).prepared()
