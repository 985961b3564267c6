"""Reading the whole database as of one moment, without keeping writers waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

ROWS = 2000


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment. Inside a transaction already open it adds nothing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _deferred():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Django's own transactions are immediate: they would hold the one write lock for as long as we read."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def stream(sql: str, params: tuple[str | int, ...] = (), size: int = ROWS) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in blocks, held on the database's side until wanted."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(size):
            yield rows
