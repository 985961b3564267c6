"""Databases of our own to measure in: a file in a temporary folder, or one made on PostgreSQL and dropped."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse, urlunparse

import psycopg
from psycopg import sql

POSTGRESQL = os.environ.get("DABIAO_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """An empty database, the place for its floor copy, and a data folder."""

    vendor: str
    url: str
    floor: str
    data: Path


@contextmanager
def sqlite() -> Iterator[Place]:
    with _folder() as folder:
        yield Place("SQLite", f"sqlite:///{folder / 'bench.db'}", f"sqlite:///{folder / 'floor.db'}", folder)


@contextmanager
def postgresql() -> Iterator[Place]:
    """Both databases are dropped afterwards, whatever happens."""
    name = f"dabiao_bench_{os.getpid()}"
    names = (name, f"{name}_floor")
    with _folder() as folder:
        _drop(names)
        create(_at(name))
        try:
            yield Place("PostgreSQL", _at(name), _at(names[1]), folder)
        finally:
            _drop(names)


def answers() -> bool:
    """Whether a PostgreSQL server answers."""
    found = urlparse(POSTGRESQL)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((found.hostname or "127.0.0.1", found.port or 5432)) == 0


def create(url: str, template: str = "template0") -> None:
    """A PostgreSQL database; for another `template` nobody may be connected to it."""
    words = "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
    statement = sql.SQL(words).format(sql.Identifier(named(url)), sql.Identifier(template))
    with psycopg.connect(POSTGRESQL, autocommit=True) as server:
        server.execute(statement)


def remove(url: str) -> None:
    """The database of this address, whichever kind it is."""
    if urlparse(url).scheme == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(named(url) + ending).unlink(missing_ok=True)
    else:
        _drop((named(url),))


def named(url: str) -> str:
    """Name of the database, or path of its file."""
    return urlparse(url).path[1:]


def _at(name: str) -> str:
    return urlunparse(urlparse(POSTGRESQL)._replace(path=f"/{name}"))


def _drop(names: tuple[str, ...]) -> None:
    with psycopg.connect(POSTGRESQL, autocommit=True) as server:
        for name in names:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dabiao-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
