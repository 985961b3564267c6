"""Rows as they flow out of the database, texts left as the bytes they are: half the cost of reading.

Everything is asked by the connection of the thread that calls; the rows may be taken by another thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, cast

from django.db import connection

ROWS = 64  # more no longer fit into the processor's own memory
_BINARY = 1
_MANY_AT_ONCE = 170000  # libpq from 17 on hands out more than a row at once

Rows = list[tuple[Any, ...]]


def flow(sql: str) -> Iterator[Rows]:
    """Blocks of rows; texts are bytes. Take all: an answer broken off spoils PostgreSQL's snapshot."""
    if connection.vendor == "sqlite":
        return _of_sqlite(connection.connection, sql)
    psycopg: Any = cast("Any", connection).Database  # imported where it is used and nowhere else
    return _of_postgresql(psycopg, connection.connection, sql)


@contextmanager
def as_bytes(driver: Any) -> Iterator[None]:
    """SQLite's own connection gives each text as the bytes it is."""
    before, driver.text_factory = driver.text_factory, bytes
    try:
        yield
    finally:
        driver.text_factory = before


def _of_sqlite(driver: Any, sql: str) -> Iterator[Rows]:
    with as_bytes(driver):
        cursor = driver.execute(sql)
        while rows := cursor.fetchmany(ROWS):
            yield rows


def _of_postgresql(psycopg: Any, driver: Any, sql: str) -> Iterator[Rows]:
    """While we look at a block the server already makes the next ones."""
    with _along_the_index(driver), psycopg.Cursor(driver) as cursor:
        raw = cursor.adapters.get_loader(cursor.adapters.types["bytea"].oid, _BINARY)
        for name in ("text", "varchar"):
            cursor.adapters.register_loader(name, raw)
        rows = cursor.stream(sql, binary=True, size=ROWS if psycopg.pq.version() >= _MANY_AT_ONCE else 1)
        while block := list(islice(rows, ROWS)):
            yield block


@contextmanager
def _along_the_index(driver: Any) -> Iterator[None]:
    """Sorting would put down the whole journal before the first row comes."""
    found = driver.execute("SELECT current_setting('enable_sort'), set_config('enable_sort', 'off', true)")
    before, _ = found.fetchone()
    yield
    driver.execute("SELECT set_config('enable_sort', %s, true)", [before])
