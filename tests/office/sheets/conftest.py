"""The pages of sheets are tested in March 2026, when the cast is at work."""

import pytest

from dabiao.base import clock
from world import AT


@pytest.fixture(autouse=True)
def march(settings):
    settings.DABIAO_CLOCK = ""
    settings.DABIAO_CLOCK = f"{(AT - clock.now()).days + 1}d"
