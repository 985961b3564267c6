"""What the tests of work pages share: a standard in force, and a clock that stands where the story is."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from pytest_django import Settings

import snapshots
from dabiao.base import clock as product
from editions import published
from office.story import Office
from world import AT, World


@pytest.fixture
def clock(settings: Settings) -> Callable[[datetime], None]:
    """Set the product's clock to within half an hour of a moment."""

    def stand_at(moment: datetime) -> None:
        settings.DABIAO_CLOCK = ""
        hours = round((moment - product.now()).total_seconds() / 3600)
        settings.DABIAO_CLOCK = f"{hours}h"

    stand_at(AT.replace(hour=4))  # noon in Shanghai
    return stand_at


@pytest.fixture
def office(world: World, signed_in: Callable[..., object], clock: Callable[[datetime], None]) -> Office:
    """The small world at work, with one standard for every industry in force."""
    cache.clear()
    snapshots.laid(published, world)
    return Office(world, signed_in, clock)
