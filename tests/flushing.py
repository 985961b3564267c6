"""The one path, for tests only, on which the database's triggers are lifted and put back.

Tests that flush (live server, transactional ones) need it, and tests that tamper. Production has none:
tests/base/test_triggers.py shows that.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal""",
}


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers inside, with them again afterwards."""
    statements = lift()
    try:
        yield
    finally:
        restore(statements)


def lift() -> list[str]:
    """Drop all triggers; gives the statements that create them."""
    _settle()
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        found = cursor.fetchall()
        for table, name, _ in found:
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
    return [statement for _, _, statement in found]


def restore(statements: list[str]) -> None:
    _settle()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install() -> None:
    """Let Django's transactional tests flush; called once, by tests/conftest.py."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = teardown


def _settle() -> None:
    """PostgreSQL changes no table that has deferred checks pending."""
    if connection.in_atomic_block:
        connection.check_constraints()
