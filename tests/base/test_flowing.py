"""What flows to the database without being waited for: in order, seen by what is asked next, never lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dabiao.base import statements
from dabiao.base.journal import loading
from dabiao.kernel.errors import Absent
from dabiao.organisations.models import Site
from dabiao.people.models import Account
from world import World

pytestmark = pytest.mark.django_db
NAME = "SELECT name FROM people_account WHERE id = %s"
RENAME = "UPDATE people_account SET name = %s WHERE id = %s"


@pytest.fixture
def key(world: World) -> int:
    return int(world.accounts["officer"].pk)


def named(key: int) -> str:
    [(name,)] = statements.rows(NAME, key)
    return str(name)


def test_what_is_asked_sees_what_was_sent_before_and_counts_are_told(key: int) -> None:
    with transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        assert named(key) == "甲"
        assert statements.touched(RENAME, "乙", key) == 1
        assert statements.touched(RENAME, "丙", 0) == 0
        told = statements.together((NAME, [key]), (f"{RENAME} RETURNING 1", ["丁", key]), (NAME, [key]))
        assert [told[0], told[2]] == [[("乙",)], [("丁",)]]
        with statements.flowing():  # within another it is the same
            statements.written(RENAME, "戊", key)
    assert (named(key), Account.objects.get(pk=key).name) == ("戊", "戊")


def test_what_goes_wrong_is_told_at_the_end_at_the_latest(key: int) -> None:
    with pytest.raises(DatabaseError):
        _wrong(key)
    assert named(key) != "甲"


def _wrong(key: int) -> None:
    with transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        statements.written("UPDATE people_account SET no_such_column = 1")


def test_rows_are_copied_and_counted_while_nothing_flows(world: World, key: int) -> None:
    with transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        [site] = loading.reserve(Site, 1)
        row = (site, world.units["unit"].pk, "另一处", "另一处")
        loading.insert("organisations_site", ("id", "unit_id", "name", "address"), [row])
        with statements.still():
            assert Site.objects.filter(pk=site).delete()[0] == 1
        assert named(key) == "甲"


@pytest.mark.parametrize(
    ("undone", "forgotten"), [(statements.apart, False), (transaction.atomic, True)], ids=["apart", "atomic"]
)
def test_what_is_undone_apart_keeps_the_driver_s_prepared_statements(
    key: int, undone: Callable[[], AbstractContextManager[None]], forgotten: bool
) -> None:
    """The net, and what happens without it where there is a driver that forgets."""
    before, wrong = named(key), False
    try:
        with transaction.atomic(), statements.flowing():
            _undone_twice(key, undone)
            assert named(key) == before
    except DatabaseError:
        wrong = True
    assert wrong == (forgotten and connection.vendor == "postgresql")


def _undone_twice(key: int, undone: Callable[[], AbstractContextManager[None]]) -> None:
    for n in range(2):
        with pytest.raises(Absent):
            _renamed(key, undone)
        for _ in range(3):  # prepared first, then asked by the name it was given
            statements.rows(f"{NAME} AND {n} = {n}", key)


def _renamed(key: int, undone: Callable[[], AbstractContextManager[None]]) -> None:
    with undone():
        statements.written(RENAME, "甲", key)
        raise Absent


def test_whoever_listens_hears_every_statement(key: int) -> None:
    with CaptureQueriesContext(connection) as heard, transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        statements.written(RENAME, "乙", key)
    assert sum("people_account" in each["sql"] for each in heard.captured_queries) == 2
