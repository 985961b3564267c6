"""Between the product and its driver: every statement passes here, and one of them comes to nothing.

Listening at the driver itself, so that nothing of the product knows: statements spelled by hand
(`base.statements`) take the way they take in service. Transactions are savepoints in the test's own:
the outermost SAVEPOINT stands for BEGIN, its RELEASE for COMMIT.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import psycopg
from django.db import connection
from django.db.transaction import Atomic

BROKEN = (
    "broken"  # the connection breaks before the statement: nothing more is said until the request is over
)
LOST = "lost"  # … and breaks after it, before it is told of
REFUSED = "refused"  # this statement alone comes to nothing: somebody else holds what it wants
WRITES = re.compile(
    r"SAVEPOINT|RELEASE|COPY|INSERT|UPDATE|DELETE|SELECT .* FOR (NO KEY )?UPDATE|SELECT pg_adv", re.DOTALL
)
METHODS = ("execute", "executemany", "copy")
POINT = re.compile(r'(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "?(\w+)"?')
ERRORS: dict[str, dict[str, Callable[[], Exception]]] = {
    "sqlite": {
        BROKEN: lambda: sqlite3.OperationalError("disk I/O error"),
        REFUSED: lambda: sqlite3.OperationalError("database is locked"),
    },
    "postgresql": {
        BROKEN: lambda: psycopg.OperationalError("server closed the connection unexpectedly"),
        REFUSED: lambda: psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
    },
}


def _nothing() -> None:
    pass


@dataclass
class Wire:
    """`nth` statement fails by `blow`; `watch` is told whenever one has passed outside every transaction."""

    nth: int = 0
    blow: str = BROKEN
    watch: Callable[[], None] = _nothing
    heard: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)  # savepoints that are open
    undone: set[str] = field(default_factory=set)
    dead: bool = False
    deaf: bool = False

    @property
    def met(self) -> bool:
        return len(self.heard) >= self.nth

    def take(self, sql: str, perform: Callable[[], Any]) -> Any:
        if self.deaf:
            return perform()
        if self.dead:
            return self._dead(sql, perform)
        self.heard.append(sql)
        hit = len(self.heard) == self.nth
        if hit and self.blow != LOST:
            self._break()
        told = perform()
        self._passed(sql)
        if hit:
            self._break()
        if not self.points:
            self._looked()
        return told

    def _looked(self) -> None:
        self.deaf = True
        self.watch()
        self.deaf = False

    def _break(self) -> None:
        self.dead = self.blow != REFUSED
        raise ERRORS[connection.vendor][REFUSED if self.blow == REFUSED else BROKEN]()

    def _passed(self, sql: str) -> None:
        point = POINT.match(sql)
        if point is None:
            return
        what, name = point.groups()
        if what == "SAVEPOINT":
            self.points.append(name)
        elif what == "RELEASE SAVEPOINT":
            self.points = self.points[: self.points.index(name)]

    def _dead(self, sql: str, perform: Callable[[], Any]) -> Any:
        """What the server does by itself, once it sees that nobody is there: it undoes what is open."""
        what, name = point.groups() if (point := POINT.match(sql)) else ("", "")
        over = name and name not in self.points  # committed: there is nothing to undo any more
        if over and what != "SAVEPOINT":
            return None
        if what.startswith("ROLLBACK"):
            self.undone.add(name)
        elif not (what.startswith("RELEASE") and name in self.undone):
            raise ERRORS[connection.vendor][BROKEN]()
        told = perform()
        self._passed(sql)
        return told


class _Proxy:
    """SQLite's connection, whose methods cannot be replaced, with its statements on the wire."""

    def __init__(self, inner: sqlite3.Connection, wire: Wire) -> None:
        self.__dict__.update(inner=inner, wire=wire)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.inner, name, value)

    def execute(self, sql: str, *values: Any) -> Any:
        return self.wire.take(sql, lambda: self.inner.execute(sql, *values))

    def cursor(self, factory: type[sqlite3.Cursor] = sqlite3.Cursor) -> sqlite3.Cursor:
        return self.inner.cursor(_tapped(factory, self.wire))


def _tapped(plain: type[Any], wire: Wire) -> type[Any]:
    methods = {name: _taken(getattr(plain, name), wire) for name in METHODS[:2]}
    return type("Tapped", (plain,), methods)


@contextmanager
def tapped(wire: Wire) -> Iterator[Wire]:
    """Everything this thread asks its database goes over the wire."""
    connection.ensure_connection()
    with _on_sqlite(wire) if connection.vendor == "sqlite" else _on_postgresql(wire), _outermost(wire):
        yield wire
    connection.needs_rollback = False  # the request's own transaction is over


@contextmanager
def _outermost(wire: Wire) -> Iterator[None]:
    """Whoever is satisfied with the transaction there is has one of their own where there is none."""
    enter = Atomic.__enter__

    def entered(block: Any) -> None:
        with patch.object(block, "savepoint", block.savepoint or not wire.points):
            enter(block)

    with patch.object(Atomic, "__enter__", entered):
        yield


@contextmanager
def _on_sqlite(wire: Wire) -> Iterator[None]:
    real = connection.connection
    connection.connection = _Proxy(real, wire)
    try:
        yield
    finally:
        connection.connection = real


@contextmanager
def _on_postgresql(wire: Wire) -> Iterator[None]:
    methods = {name: _taken(getattr(psycopg.Cursor, name), wire) for name in METHODS}
    with patch.multiple(psycopg.Cursor, **methods):
        yield


def _taken(plain: Callable[..., Any], wire: Wire) -> Callable[..., Any]:
    def execute(cursor: Any, sql: str, *values: Any, **how: Any) -> Any:
        return wire.take(sql, lambda: plain(cursor, sql, *values, **how))

    return execute
