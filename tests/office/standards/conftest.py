"""Pages are tried on the day of the small world, whatever the machine's clock says."""

import pytest

import snapshots
from dabiao.base import clock
from dabiao.standards.models import Edition
from standards.desk import Desk
from world import AT, World


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, world.bodies["industry_city"], world.actor("industry_city"))


@pytest.fixture
def edition(desk: Desk) -> Edition:
    """A published edition in force on the day."""
    return snapshots.laid(Desk.published, desk)
