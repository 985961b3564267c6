"""While hundreds of thousands of rows are written: what a database does time and again, it does less often.

Every commit stays as durable as before; the log grows to some hundred megabytes meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.db import connection

# SQLite copies its log into the database once every so many pages; most have changed many times by then.
PAGES: Final = 65_536
PAGES_BEFORE: Final = 1000
# PostgreSQL collects what a word index is to take up, and takes it up at once.
SETTINGS: Final[Mapping[str, str]] = {"gin_pending_list_limit": "64MB", "work_mem": "64MB"}


@contextmanager
def heavy() -> Iterator[None]:
    """Around many transactions, or within one."""
    _each([f"PRAGMA wal_autocheckpoint = {PAGES}"], [f"SET {name} = '{to}'" for name, to in SETTINGS.items()])
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _each([f"PRAGMA wal_autocheckpoint = {PAGES_BEFORE}"], [f"RESET {name}" for name in SETTINGS])


def _each(on_sqlite: list[str], on_postgresql: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in on_sqlite if connection.vendor == "sqlite" else on_postgresql:
            cursor.execute(statement)
