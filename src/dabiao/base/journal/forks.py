"""Processes that look at shares of the journal meanwhile, each over the same view of it as we.

A helper is a fork, so only a command that does nothing else may ask for one: no other thread, no transaction
under way. It says what it found in one line; whatever else comes, or nothing, is not sound.
"""

import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, NoReturn, cast

from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper

from dabiao.base.journal import shares
from dabiao.base.journal.snapshot import snapshot

MOST: Final = 4
_MAPPED: Final = 1 << 30  # bytes at most
_READY: Final = b"true\n"
PATIENCE: Final = 600.0  # seconds that a helper may say nothing; by then we would have looked at all of it
Look = Callable[[Any], Any]  # both plain, as JSON has it


@dataclass(frozen=True, slots=True)
class Helper:
    """One process, at the other end of `lines`."""

    pid: int
    lines: BinaryIO

    def ready(self) -> bool:
        try:
            return self.lines.readline() == _READY
        except OSError:  # not in time
            return False

    def ask(self, asked: Any) -> None:
        """Within the view that it is to share."""
        with suppress(OSError):  # it is gone, and so will be its answer
            _say(self.lines, [_exported(), asked])

    def answer(self) -> Any:
        """What it found; None if its view was another one: somebody wrote just as both began.

        ValueError or OSError for anything but an answer, or none within `PATIENCE`.
        """
        return json.loads(self.lines.readline())

    def end(self) -> None:
        self.lines.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def available() -> int:
    """Processors we may use, as far as helpers are of use."""
    return min(MOST, len(os.sched_getaffinity(0)))


@contextmanager
def helpers(processes: int, look: Look) -> Iterator[list[Helper]]:
    """Helpers that are ready, fewer than `processes`; none where there may be none or none are worth it.

    The view to share is begun inside.
    """
    alone = processes == 1 or connection.in_atomic_block or threading.active_count() > 1 or _in_memory()
    count = 1 if alone else shares.worthwhile(processes)
    if count > 1 and connection.vendor == "sqlite":
        connections.close_all()  # SQLite keeps account of its locks by process: a fork would inherit it
    with ExitStack() as stack:
        started = [_started(look, stack) for _ in range(count - 1)]
        ready = [one for one in started if one.ready()]
        if ready:
            _open()
        yield ready


def _started(look: Look, stack: ExitStack) -> Helper:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        pid = os.fork()
        if not pid:
            _help(theirs, look)
        ours.settimeout(PATIENCE)
        helper = Helper(pid, _lines(ours))
    stack.callback(helper.end)
    return helper


def _help(ours: socket.socket, look: Look) -> NoReturn:
    """The helper's whole life: nothing of ours may be tidied up at its end."""
    with suppress(BaseException):
        _look(_lines(ours), look)
    os._exit(0)


def _look(lines: BinaryIO, look: Look) -> None:
    inherited, connection.connection = connection.connection, None  # in use by another, so never closed here
    before = _version()
    _say(lines, True)
    _open()
    name, asked = json.loads(lines.readline())
    with snapshot():
        same = _adopted(name) and _version() == before
        _say(lines, look(asked) if same else None)
    del inherited


def _lines(end: socket.socket) -> BinaryIO:
    return cast("BinaryIO", end.makefile("rwb"))


def _open() -> None:
    """Connected; SQLite's file is read where it lies in memory, instead of being copied page by page."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA mmap_size = {_MAPPED}")


def _version() -> int:
    """SQLite: another one when anybody else has written, but the same within a view; 0 elsewhere."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def _exported() -> str:
    """PostgreSQL: the name of our view."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _adopted(name: str) -> bool:
    if name:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [name])
    return True


def _in_memory() -> bool:
    """A database nobody else can open."""
    return isinstance(connection, SqliteWrapper) and connection.is_in_memory_db()


def _say(lines: BinaryIO, what: Any) -> None:
    lines.write(json.dumps(what).encode() + b"\n")
    lines.flush()
