"""The stage of a journey: the product itself, served by its own command on a database and folder of its own.

Nothing is replaced: production settings, static files with digests, several workers, real WAL. The clock is
set so that every story begins on the same Monday; moving it moves it under the server that is running.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlparse, urlunparse

import psycopg

from dabiao.base.clock import SHANGHAI
from world import DAY

ROOT = Path(__file__).resolve().parents[2]
DABIAO = Path(sys.executable).with_name("dabiao")
PATIENCE = 60.0
POSTGRESQL = os.environ.get("DABIAO_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/dabiao")
LOCALE = "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
# The server goes when the tests are killed, too.
WITH_US = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()


@dataclass
class Stage:
    """One served copy of the product. `day` is what its clock says."""

    data: Path
    database: str
    day: date = DAY
    idle: int = 480  # minutes without a request after which a session ends
    port: int = 0
    _server: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Served from when somebody first asks: a story that begins by moving the clock starts it once."""
        if not self.port:
            self.raise_curtain()
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DABIAO_DATA": str(self.data),
            "DABIAO_DATABASE_URL": self.database,
            "DABIAO_ENV": "development",
            "DABIAO_SECOND_FACTOR": "optional",  # people of the stories have no phones
            "DABIAO_CLOCK": f"@{self._clock()}",
            "DABIAO_IDLE": str(self.idle),
            "DJANGO_SETTINGS_MODULE": "dabiao.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        }

    def dabiao(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the product on this stage's data."""
        command = [str(DABIAO), *arguments]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)

    def proven(self) -> "subprocess.CompletedProcess[str]":
        """The journal is whole, and the tables are what it says: both asked in one process, or most of the
        time goes into starting it twice."""
        command = [sys.executable, "-m", "journeys.proving"]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)

    def told(self, *arguments: str) -> Any:
        """What a command says in JSON."""
        done = self.dabiao(*arguments, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def raise_curtain(self) -> None:
        """Serve until `fall`."""
        self.port = self.port or free_port()
        log = (self.data / "server.log").open("ab")
        command = [*WITH_US, str(DABIAO), "serve", "--port", str(self.port), "--workers", "2"]
        self._server = subprocess.Popen(
            command, env=self.environment(), stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        self._wait()

    def fall(self) -> None:
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGTERM)
            try:
                self._server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self._server.pid, signal.SIGKILL)
                self._server.wait()
            self._server = None

    def move_clock(self, day: date) -> None:
        """The same place on another day. The server goes on as in a city: starting it takes longer than most
        days of a story."""
        self.day = day
        if self._server is None:
            self.raise_curtain()
        else:
            self._clock()

    def _clock(self) -> Path:
        """The file that says which day it is, renewed at once for whoever reads it."""
        shift = (self.day - datetime.now(SHANGHAI).date()).days  # noqa: TID251  the real day
        file, written = self.data / "clock", self.data / "clock.new"
        written.write_text(f"{shift:+d}d", "ascii")
        return written.replace(file)

    def log(self) -> str:
        return (self.data / "server.log").read_text("utf-8", "replace")

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._server is None or self._server.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):  # noqa: S310  our own server
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server does not answer:\n{self.log()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def seeded(folder: Path, *more: str, server: str = "") -> Stage:
    """A stage with the cast on it, to be copied for every story; `--published` with an edition in force.
    `server`: a PostgreSQL; left out, what the environment names."""
    name = "_".join(["seed", *(each.strip("-") for each in more)])
    stage = Stage(folder, _database(folder, name, server or os.environ.get("DABIAO_DATABASE_URL", "")))
    if stage.database.startswith("postgres"):
        _create(stage.database, f"template0 {LOCALE}")
    script = [sys.executable, "-m", "journeys.seeding", *more]
    done = subprocess.run(
        script, cwd=ROOT, env=stage.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return stage


def shared(root: Path, kind: str) -> Stage:
    """The seed of this kind below a folder that several processes of the tests have: who comes first makes
    it, others wait. Of SQLite, which is copied as files."""
    folder, made = root / f"seed-{kind}", root / f"seed-{kind}.made"
    with (root / f"seed-{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.exists():
            return Stage(folder, _database(folder, kind, ""))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        stage = seeded(folder, f"--{kind}")
        made.touch()
    return stage


@contextmanager
def copied(seed: Stage, folder: Path, name: str) -> Iterator[Stage]:
    """A copy of the seeded stage, served once asked for; its journal is proven before it goes."""
    shutil.copytree(seed.data, folder, dirs_exist_ok=True)
    stage = Stage(folder, _database(folder, name, seed.database))
    if stage.database.startswith("postgres"):
        _create(stage.database, _name(seed.database))
    try:
        yield stage
    finally:
        stage.fall()
        if stage.database.startswith("postgres"):
            drop(stage.database)


def answers(server: str) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(_maintained(server), connect_timeout=2):
        return True
    return False


def _database(folder: Path, name: str, given: str) -> str:
    if not given.startswith("postgres"):
        return f"sqlite:///{folder / 'dabiao.sqlite3'}"
    return urlunparse(urlparse(given)._replace(path=f"/dabiao_journey_{os.getpid()}_{name}"))


def _name(database: str) -> str:
    return urlparse(database).path[1:]


def _create(database: str, template: str) -> None:
    _maintain(database, f"CREATE DATABASE {_name(database)} TEMPLATE {template}")


def drop(database: str) -> None:
    _maintain(database, f"DROP DATABASE IF EXISTS {_name(database)} WITH (FORCE)")


def _maintain(database: str, statement: str) -> None:
    with psycopg.connect(_maintained(database), autocommit=True) as server:
        server.execute(statement.encode())


def _maintained(database: str) -> str:
    return urlunparse(urlparse(database)._replace(path="/postgres"))
