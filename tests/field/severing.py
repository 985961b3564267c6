"""The way between the product and PostgreSQL, cut at a COMMIT: whoever asked does not know what came of it.

    with severing.cutting(AFTER) as way:
        way.arm(1)  # the first COMMIT from now on

It listens on a port of its own and hands on every byte; the product's connections made within go this way.
"""

import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Any, Final
from unittest.mock import patch

import psycopg
from django.db import connection, connections

BEFORE: Final = "cut before"  # COMMIT does not come there, and the server sees at once that nobody is there
AFTER: Final = "cut after"  # it is committed, and the word of it does not come back
STALE: Final = "cut unseen"  # COMMIT does not come there, and for a while the server keeps what it holds
KILLED: Final = "killed before"  # the backend is terminated, then COMMIT comes
TOGETHER: Final = "killed meanwhile"  # COMMIT comes, and with it the end of the backend: either may be first
BLOWS: Final = (BEFORE, AFTER, STALE, KILLED, TOGETHER)
COMMIT: Final = b"COMMIT\0"
READY: Final = b"Z\0\0\0\5I"  # for the next statement, in no transaction
WHILE: Final = 0.3  # seconds
PATIENCE: Final = 5000  # milliseconds
AT_ONCE: Final = 65536


@dataclass
class Way:
    """`nth` COMMIT is cut by `blow`, once; `heard` says how many there were."""

    blow: str
    server: dict[str, Any]
    nth: int = 0
    heard: int = 0
    cut: bool = False

    def arm(self, nth: int) -> None:
        self.nth, self.heard, self.cut = nth, 0, False

    def disarm(self) -> bool:
        """Whether it came to that."""
        self.nth = 0
        return self.cut

    def listen(self, listening: socket.socket) -> None:
        with suppress(OSError):  # closed: it is over
            while True:
                client, _ = listening.accept()
                server = socket.create_connection((self.server["host"], self.server["port"]))
                Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Either way, until either end is gone."""
        with client, server, suppress(OSError):
            while True:
                for end in select.select([client, server], [], [])[0]:
                    said = end.recv(AT_ONCE)
                    if not said or (end is client and self._meets(said) and self._cut(client, server, said)):
                        return
                    (server if end is client else client).sendall(said)

    def _meets(self, said: bytes) -> bool:
        if not self.nth or COMMIT not in said:
            return False
        self.heard += 1
        self.cut = self.heard == self.nth
        return self.cut

    def _cut(self, client: socket.socket, server: socket.socket, said: bytes) -> bool:
        """Whether the way is gone; where the backend is killed, what it says still comes through."""
        self.nth = 0
        if self.blow == AFTER:
            server.sendall(said)
            told = b""
            while READY not in told:
                told += server.recv(AT_ONCE)
        if self.blow == STALE:
            client.shutdown(socket.SHUT_RDWR)
            time.sleep(WHILE)
        if self.blow == KILLED:
            self._kill(server.getsockname()[1], lambda: None)
        if self.blow == TOGETHER:
            self._kill(server.getsockname()[1], lambda: server.sendall(said))
        return self.blow != KILLED

    def _kill(self, port: int, meanwhile: Callable[[], None]) -> None:
        """The backend that is asked from this port, until it is gone."""
        with psycopg.connect(**self.server, dbname="postgres", autocommit=True) as admin:
            found = "SELECT pid FROM pg_stat_activity WHERE client_port = %s"
            [(pid,)] = admin.execute(found, [port]).fetchall()
            meanwhile()
            assert admin.execute("SELECT pg_terminate_backend(%s, %s)", [pid, PATIENCE]).fetchone() == (True,)


@contextmanager
def cutting(blow: str) -> Iterator[Way]:
    told = connection.get_connection_params()
    server = {key: told[key] for key in ("host", "port", "user", "password") if told.get(key)}
    way = Way(blow, {"host": "127.0.0.1", "port": 5432, **server})
    settings = connections.settings["default"]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=way.listen, args=(listening,), daemon=True).start()
        options = {**settings["OPTIONS"], "sslmode": "disable"}  # else nobody reads COMMIT on the way
        here = {"HOST": "127.0.0.1", "PORT": str(listening.getsockname()[1]), "OPTIONS": options}
        with patch.dict(settings, here):
            yield way
