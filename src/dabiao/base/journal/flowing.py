"""Rows as they flow out of the database, texts left as the bytes they are: half the cost of reading."""

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
    """Blocks of rows; texts are bytes. Take them all: an answer broken off spoils PostgreSQL's snapshot."""
    return _of_sqlite(sql) if connection.vendor == "sqlite" else _of_postgresql(sql)


def _of_sqlite(sql: str) -> Iterator[Rows]:
    driver = connection.connection
    before, driver.text_factory = driver.text_factory, bytes
    try:
        cursor = driver.execute(sql)
        while rows := cursor.fetchmany(ROWS):
            yield rows
    finally:
        driver.text_factory = before


def _of_postgresql(sql: str) -> Iterator[Rows]:
    """While we look at a block the server already makes the next ones."""
    psycopg: Any = cast("Any", connection).Database  # imported where it is used and nowhere else
    with _along_the_index(), psycopg.Cursor(connection.connection) as cursor:
        raw = cursor.adapters.get_loader(cursor.adapters.types["bytea"].oid, _BINARY)
        for name in ("text", "varchar"):
            cursor.adapters.register_loader(name, raw)
        rows = cursor.stream(sql, binary=True, size=ROWS if psycopg.pq.version() >= _MANY_AT_ONCE else 1)
        while block := list(islice(rows, ROWS)):
            yield block


@contextmanager
def _along_the_index() -> Iterator[None]:
    """Sorting would put down the whole journal before the first row comes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_sort'), set_config('enable_sort', 'off', true)")
        before, _ = cursor.fetchone()
        yield
        cursor.execute("SELECT set_config('enable_sort', %s, true)", [before])
