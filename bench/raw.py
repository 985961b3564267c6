"""The floor's own connection: the driver alone, with the durability the product runs with."""

import sqlite3
from typing import Any
from urllib.parse import urlparse

import psycopg

from bench import places

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536")


class Raw:
    """Statements are written with %s; on PostgreSQL the driver prepares them by itself."""

    def __init__(self, url: str) -> None:
        self.sqlite = urlparse(url).scheme == "sqlite"
        self._connection: Any = _sqlite(url) if self.sqlite else psycopg.connect(url, autocommit=True)
        self._cursor = self._connection.cursor()
        self._spelled: dict[str, str] = {}

    def run(self, statement: str, *values: Any) -> None:
        self._cursor.execute(self._spell(statement), *([values] if values else []))

    def many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._cursor.executemany(self._spell(statement), rows)

    def fill(self, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        """Many rows the fastest way each driver has."""
        if self.sqlite:
            marks = ", ".join(["%s"] * len(rows[0]))
            self.many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            return
        with self._cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def all(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        self.run(statement, *values)
        return list(self._cursor.fetchall())

    def one(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        self.run(statement, *values)
        found: tuple[Any, ...] | None = self._cursor.fetchone()
        return found

    def begin(self) -> None:
        self._cursor.execute("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")

    def commit(self) -> None:
        self._cursor.execute("COMMIT")

    def undo(self) -> None:
        """Without the driver's hearing of it: it would forget what it has prepared."""
        if self.sqlite:
            self._cursor.execute("ROLLBACK")
        else:
            self._connection.pgconn.exec_(b"ROLLBACK")

    def close(self) -> None:
        self._connection.close()

    @property
    def hold(self) -> str:
        """What keeps other writers off a row; SQLite has one writer anyway."""
        return "" if self.sqlite else " FOR NO KEY UPDATE"

    def _spell(self, statement: str) -> str:
        if not self.sqlite:
            return statement
        return self._spelled.setdefault(statement, statement.replace("%s", "?"))


def _sqlite(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(places.named(url), isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
