"""What all tests share: the small world, and a client signed in as one of its cast."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

import flushing
import racing
import snapshots
from world import World, build

SELDOM = 50_000  # objects more than before

flushing.install()


gc.disable()  # while modules and tests are collected, of which nothing goes: a third of that time


def pytest_collection_finish() -> None:
    """Modules and thousands of collected tests stay to the end: no collection need walk them again, which
    takes a fifth of the time of a test that renders pages. What a test leaves is looked through seldom.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(SELDOM, 20, 50)


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


@pytest.fixture
def untriggered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """No triggers, for tests that tamper. Asked for before `db`: they go around the transaction of the test.

    Once a transaction has changed the schema, SQLite reads all of it anew after every rollback in it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        statements = flushing.lift()
    yield
    with django_db_blocker.unblock(), transaction.atomic():
        flushing.restore(statements)


@pytest.fixture
def race_place(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[str]:
    """Made before the test's own transaction begins."""
    with django_db_blocker.unblock(), racing.place(tmp_path) as name:
        yield name


@pytest.fixture
def ground(race_place: str, db: None) -> Iterator[racing.Ground]:
    """A database where two act at once."""
    with racing.ground(race_place) as made:
        yield made
