"""Databases of their own, on disk or server, for what needs several processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """An empty, migrated installation: database and data folder."""

    url: str
    data: Path

    @property
    def env(self) -> dict[str, str]:
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
        own = {"DABIAO_DATABASE_URL": self.url, "DABIAO_DATA": str(self.data), "PYTHONPATH": paths}
        product = {"DJANGO_SETTINGS_MODULE": "dabiao.config.settings", "DABIAO_ENV": "development"}
        return {**os.environ, **own, **product}

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments in this installation."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            cwd=self.data,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def dabiao(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run("-c", "from dabiao.cli.main import main; main()", *arguments, check=check)


def vendors() -> list[str]:
    """The database this run of the suite is on: `make test` runs it on both."""
    on_server = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    return ["postgresql"] if on_server else ["sqlite"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "vendor" in metafunc.fixturenames:
        metafunc.parametrize("vendor", vendors(), scope="session")


@pytest.fixture(scope="session")
def template(vendor: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Migrated once; every place is a copy."""
    folder = tmp_path_factory.mktemp(f"template-{vendor}")
    made = Server(f"dabiao_template_{os.getpid()}") if vendor == "postgresql" else None
    url = made.create() if made else f"sqlite:///{folder / 'template.sqlite3'}"
    Place(url, folder).run("-m", "django", "migrate", "-v0")
    yield url
    if made:
        made.drop()


@pytest.fixture
def place(vendor: str, template: str, tmp_path: Path) -> Iterator[Place]:
    with installed(vendor, template, tmp_path / "data", "place") as made:
        yield made


@pytest.fixture(scope="session")
def stocked(vendor: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One installation for several tests, which leave it as it is."""
    with installed(vendor, template, tmp_path_factory.mktemp("stocked") / "data", "stocked") as made:
        yield made


@contextmanager
def installed(vendor: str, template: str, data: Path, name: str) -> Iterator[Place]:
    data.mkdir()
    if vendor == "sqlite":
        shutil.copy(template.removeprefix("sqlite:///"), data / "dabiao.sqlite3")
        yield Place(f"sqlite:///{data / 'dabiao.sqlite3'}", data)
        return
    made = Server(f"dabiao_{name}_{os.getpid()}")
    yield Place(made.create(urlsplit(template).path[1:]), data)
    made.drop()


@pytest.fixture
def empty(vendor: str, tmp_path: Path) -> Iterator[Place]:
    """A database without any table, and an empty data folder."""
    data = tmp_path / "empty"
    data.mkdir()
    if vendor == "sqlite":
        yield Place(f"sqlite:///{data / 'dabiao.sqlite3'}", data)
        return
    made = Server(f"dabiao_empty_{os.getpid()}")
    yield Place(made.create(), data)
    made.drop()


@dataclass(frozen=True)
class Server:
    """A database on the suite's server."""

    name: str

    def create(self, template: str = "template0") -> str:
        self.drop()
        as_new = "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'" if template == "template0" else ""
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {template} {as_new}")
        return urlunsplit(urlsplit(os.environ["DABIAO_DATABASE_URL"])._replace(path=f"/{self.name}"))

    def drop(self) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        url = urlunsplit(urlsplit(os.environ["DABIAO_DATABASE_URL"])._replace(path="/postgres"))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
