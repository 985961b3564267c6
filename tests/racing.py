"""Two people at the same moment, each on a connection of their own, on either database.

    stage = ground.ask(prepared)
    assert racing.fair(ground.race(act, act))

The fixture `ground` (tests/conftest.py) is an empty database of its own, on disk or on the server, which goes
afterwards: what is committed here no other test sees. Whoever writes an entry of the journal waits a little
for the other to come as far, so that both have read and neither has committed; where a lock keeps the second
away, the first goes on alone.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast
from unittest.mock import patch

import psycopg
import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction

import snapshots
from dabiao.base import storing
from dabiao.base.journal import appending, entries
from dabiao.kernel.errors import DabiaoError

T = TypeVar("T")
Outcome = object
PATIENCE = 0.7  # seconds the first waits for the second


@dataclass
class Ground:
    """Where the race is run."""

    waiting: threading.Barrier = field(default_factory=lambda: threading.Barrier(2))

    def race(self, *acts: Callable[[], Any]) -> list[Outcome]:
        """What each came to: its result, or its error."""
        self.waiting = threading.Barrier(len(acts))
        found: list[Outcome] = [None] * len(acts)
        threads = [
            threading.Thread(target=self._run, args=(found, place, act)) for place, act in enumerate(acts)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return found

    def ask(self, question: Callable[[], T]) -> T:
        """Prepared or asked there, alone."""
        self.waiting.abort()
        found: list[Outcome] = [None]
        alone = threading.Thread(target=self._run, args=(found, 0, question))
        alone.start()
        alone.join()
        if isinstance(found[0], BaseException):
            raise found[0]
        return cast("T", found[0])

    def meet(self) -> None:
        """Wait a little for the other to come as far."""
        with suppress(threading.BrokenBarrierError):
            self.waiting.wait(PATIENCE)

    def _run(self, found: list[Outcome], place: int, act: Callable[[], Any]) -> None:
        try:
            found[place] = act()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()


@contextmanager
def place(folder: Path) -> Iterator[str]:
    """An empty database of its own, by its name; before the test begins its own transaction."""
    with _on_disk(folder) if connection.vendor == "sqlite" else _on_server() as name:
        yield name


@contextmanager
def ground(name: str) -> Iterator[Ground]:
    made, append = Ground(), appending.append

    def meeting(*told: Any, **more: Any) -> Any:
        made.meet()
        return append(*told, **more)

    settings = connections.settings["default"]
    with patch.object(entries, "append", meeting), patch.dict(settings, NAME=name):
        yield made


@contextmanager
def _on_disk(folder: Path) -> Iterator[str]:
    """A copy of the empty database in a file: only there do connections lock as in the product."""
    file = folder / "race.sqlite3"
    connection.ensure_connection()
    kept = sqlite3.connect(file)
    connection.connection.backup(kept)
    kept.close()
    yield str(file)


@contextmanager
def _on_server() -> Iterator[str]:
    """A copy of the empty database beside it."""
    told = connection.get_connection_params()
    name, empty = f"{told['dbname']}_race", told["dbname"]
    connection.close()  # a database is copied while nobody is in it
    plain = {key: told[key] for key in ("host", "port", "user", "password") if told.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **plain) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')
        yield name
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def laid(make: Callable[[], T]) -> T:
    """What many tests begin with, committed; keys go on after those that were laid. It is laid where another
    test has made it, and never kept from here: the keys of the test database have not moved."""
    with transaction.atomic(), connection.cursor() as cursor:
        made = snapshots.again(make) if make in snapshots.taken else make()
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
    return cast("T", made)


def fair(told: list[Outcome]) -> bool:
    """One went through, every other was answered in words."""
    errors = [each for each in told if isinstance(each, Exception)]
    return len(errors) == len(told) - 1 and all(isinstance(each, DabiaoError) for each in errors)


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is held, and on SQLite nobody waits before reading."""

    def reads(row: models.Model, *anew: str) -> None:
        if anew:
            row.refresh_from_db(fields=anew)

    monkeypatch.setattr(entries, "hold", reads)
    _deferred(monkeypatch)


def without_conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change is made whatever the row has become meanwhile."""
    changed = storing._changed

    def blind(row: models.Model, values: dict[str, Any], among: dict[str, Any]) -> list[Any]:
        return changed(row, values, {})

    monkeypatch.setattr(storing, "_changed", blind)
    without_locks(monkeypatch)


def _deferred(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        options = connections.settings["default"]["OPTIONS"]
        monkeypatch.setitem(options, "transaction_mode", "DEFERRED")
