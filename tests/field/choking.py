"""SQLite's file where a COMMIT comes to nothing, or a transaction does, by what really does it.

with choking.cutting(TORN) as file:
    file.arm(1)  # the first transaction from now on
"""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from unittest.mock import patch

from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

TORN: Final = "disk I/O error"  # the disk takes no more in the midst of what COMMIT writes
FULL: Final = "database or disk is full"  # as soon as the file has to grow
LOCKED: Final = "database is locked"  # somebody else holds it for longer than we wait
BLOWS: Final = (TORN, FULL, LOCKED)
FRAMES: Final = 32 + 2 * (24 + 4096) + 100  # bytes of the log: two pages whole, the third torn
PATIENCE: Final = 0.1  # seconds we wait
MOST: Final = 2**32 - 2  # pages a file has if nobody says anything
Way = Callable[[DatabaseWrapper], Any]


@dataclass
class File:
    blow: str
    nth: int = 0
    heard: int = 0
    cut: bool = False

    def arm(self, nth: int) -> None:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what COMMIT writes begins the log
        self.nth, self.heard, self.cut = nth, 0, False

    def disarm(self) -> bool:
        """Whether it came to that."""
        self.nth = 0
        connection.cursor().execute(f"PRAGMA max_page_count={MOST}")
        return self.cut

    def begins(self, begin: Way, here: DatabaseWrapper) -> None:
        self.heard += 1
        met = self.heard == self.nth
        self.cut = self.cut or met
        if met and self.blow == LOCKED:
            with _holding(here):
                return begin(here)
        begin(here)
        if met and self.blow == FULL:
            [(pages,)] = here.connection.execute("PRAGMA page_count")
            here.connection.execute(f"PRAGMA max_page_count={pages}")
        return None

    def commits(self, commit: Way, here: DatabaseWrapper) -> Any:
        if self.heard != self.nth or self.blow != TORN:
            return commit(here)
        with _taking(FRAMES):
            return commit(here)


@contextmanager
def _holding(here: DatabaseWrapper) -> Iterator[None]:
    other = sqlite3.connect(here.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def _taking(most: int) -> Iterator[None]:
    """No file takes more bytes of ours."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def cutting(blow: str) -> Iterator[File]:
    file = File(blow)
    begin, commit = DatabaseWrapper._start_transaction_under_autocommit, DatabaseWrapper._commit
    settings = connections.settings["default"]
    hooks = {
        "_start_transaction_under_autocommit": lambda here: file.begins(begin, here),
        "_commit": lambda here: file.commits(commit, here),
    }
    options = {**settings["OPTIONS"], "timeout": PATIENCE}
    with patch.dict(settings, OPTIONS=options), patch.multiple(DatabaseWrapper, **hooks):
        yield file
