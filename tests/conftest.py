"""What all tests share: the small world, and a client signed in as one of its cast."""

import gc
from collections.abc import Callable

import pytest
from django.test import Client

import flushing
import snapshots
from world import World, build

flushing.install()


def pytest_collection_finish() -> None:
    """Modules and thousands of collected tests stay to the end: no collection need walk them again, which
    takes a fifth of the time of a test that renders pages.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def world(db: None) -> World:
    return snapshots.laid(build)


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """A client signed in as a member of the cast."""

    def as_(who: str) -> Client:
        client = Client()
        client.force_login(world.accounts[who], backend="dabiao.people.sign_in.Backend")
        return client

    return as_
