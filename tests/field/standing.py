"""What stands, all of it: every row of every table, and every byte under the data folder; and undoing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.management.color import no_style
from django.db import connection, transaction

from dabiao.base import statements

Rows = dict[str, Any]  # table -> its rows, or their text
Bytes = dict[Path, bytes]


def rows() -> Rows:
    return _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()


def _on_sqlite() -> Rows:
    with connection.cursor() as cursor:
        return {table: cursor.execute(f'SELECT * FROM "{table}"').fetchall() for table in _tables()}


def _on_postgresql() -> Rows:
    """Asked at once and told as text: there are a hundred tables, looked at a thousand times."""
    spelled = """SELECT '{0}', string_agg(t::text, E'\\n' ORDER BY t::text) FROM "{0}" t"""
    return dict(statements.rows(" UNION ALL ".join(map(spelled.format, _tables()))))


@cache
def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def differing(one: Rows, other: Rows) -> list[str]:
    """Rows that stand in one and not in the other, by their tables."""
    tables = [table for table in one if one[table] != other[table]]
    return [f"{table}: {row}" for table in tables for row in _rows(one[table]) ^ _rows(other[table])]


def _rows(told: Any) -> set[Any]:
    return set(told.splitlines()) if isinstance(told, str) else set(told or ())


def kept() -> Bytes:
    paths = Path(settings.DABIAO_DATA).rglob("*")
    return {path: path.read_bytes() for path in paths if path.is_file()}


@contextmanager
def undone() -> Iterator[None]:
    """What was done inside, in the database and on disk, was not done."""
    before = kept()
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        transaction.savepoint_commit(point)
        for path in kept().keys() - before.keys():
            path.unlink()
        for path, content in before.items():
            path.write_bytes(content)


def settle() -> None:
    """As if nothing had been tried: keys go on after the rows there are, and nobody has asked too often."""
    for each in caches.all():
        each.clear()
    if connection.vendor == "postgresql":  # SQLite's go back by themselves
        statements.rows(_resetting())


@cache
def _resetting() -> str:
    told = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    return " UNION ALL ".join(each.removesuffix(";") for each in told)
