"""A review being held, and devices of its team."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client

from dabiao.base import clock
from field.bridge import Bridge, built
from field.device import Device
from reviews.placing import OPENED, Placed, began, placed
from sheets import photographs
from world import World

NOW = OPENED + timedelta(hours=5)


@pytest.fixture
def cleared(world: World) -> Placed:
    return placed(world)


@pytest.fixture
def planned(cleared: Placed) -> Placed:
    """Everybody is ready; nobody has held the opening meeting."""
    cleared.planned()
    cleared.accepted()
    return cleared


@pytest.fixture
def held(cleared: Placed) -> Placed:
    """The opening meeting was held."""
    return began(cleared)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    for each in caches.all():
        each.clear()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def device(cleared: Placed) -> Callable[[str], Device]:
    def of(who: str) -> Device:
        client, account = Client(), cleared.account(who)
        client.force_login(account, backend="dabiao.people.sign_in.Backend")
        return Device(client, account, OPENED)

    return of


@pytest.fixture
def visit(held: Placed) -> str:
    return f"review-{held.key}"


@pytest.fixture
def scored(visit: str, device: Callable[[str], Device]) -> Device:
    """Everything recorded by the leader's device, with a picture on every line."""
    pad = device("reviewer")
    picture = pad.send(photographs.jpeg())
    lines = [each["item"]["key"] for each in pad.packet(visit)["book"]["lines"]]
    pad.outcomes(*[pad.record(visit, each) for each in lines])
    pad.outcomes(*[pad.attach(visit, each, picture) for each in lines])
    return pad


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("bridge"), "child")


@pytest.fixture
def bridge(cleared: Placed, script: Path, monkeypatch: pytest.MonkeyPatch) -> Bridge:
    for each in caches.all():
        each.clear()
    clients: dict[int | None, Client] = {None: Client()}
    for who in ("reviewer", "second"):
        account, client = cleared.account(who), Client()
        client.force_login(account, backend="dabiao.people.sign_in.Backend")
        clients[account.pk] = client
    return Bridge(script, clients, monkeypatch)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], datetime]:
    """Sets the clock of the server."""

    def to(moment: datetime) -> datetime:
        for each in caches.all():
            each.clear()
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return to
