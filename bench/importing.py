"""Importing units by the command, in a process of its own: time and memory, next to the bare rows.

The floor enters the same lines into the table of units with the driver alone: no checks, journal or cards.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import clocking, register
from bench.city import City
from bench.rows import Aim, Row, Timing
from dabiao.organisations.models import Unit

MANY = 10_000
MOST = 1_000_000
HURRY = 200
MEMORY = 400  # MB
LAUNCHER = Path(__file__).with_name("launcher.py")
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Load:
    """What is imported, and what was aimed at."""

    ending: str
    many: int
    first: int
    seconds: float


LOADS = (Load(".xlsx", MANY, 0, 4), Load(".csv", MANY, 100_000_000, 4))
FIRST_MILLION, SECOND_MILLION = Load(".csv", MOST, 200_000_000, 360), Load(".xlsx", MOST, 400_000_000, 360)


def rows(city: City, times: int) -> Iterator[Row]:
    """Each once: what is there is not there again. `times` 1 is a hurry."""
    for load in LOADS:
        yield _row(city, load, min(load.many, HURRY) if times == 1 else load.many)


def million(city: City, _: int) -> Iterator[Row]:
    yield _row(city, FIRST_MILLION, HURRY if city.quick else MOST)


def million_more(city: City, _: int) -> Iterator[Row]:
    """The second million meets a register that has one already."""
    yield _row(city, SECOND_MILLION, HURRY if city.quick else MOST)


def _row(city: City, load: Load, many: int) -> Row:
    with TemporaryDirectory(prefix="dabiao-bench-") as folder:
        lines = register.lines(city.world, many, load.first)
        file = register.written(Path(folder) / f"units{load.ending}", lines)
        found = _import(file)
    floor = clocking.once(partial(bare, city, many, load.first))
    aim = Aim(ms=load.seconds * 1000, memory=MEMORY, words=f"≤ {load.seconds:g} s, ≤ {MEMORY} MB")
    name = f"import {many:,} units, {load.ending[1:]}"
    note = f"{found.memory:.0f} MB, {found.spent:.1f} s of it working"
    timing = Timing(found.taken, found.taken)
    return Row(name, timing, Timing(floor, floor), aim, note=note, memory=found.memory)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds, seconds of processor and megabytes of a whole command, from its start to its end."""

    taken: float
    spent: float
    memory: float


def launched(*command: str) -> Taken:
    """Through a small process: whatever we ourselves hold is not counted as the command's."""
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), *command]
    done = subprocess.run(launcher, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Taken(**json.loads(done.stdout))


def _import(file: Path) -> Taken:
    return launched(str(Path(sys.executable).with_name("dabiao")), "units", "import", str(file))


def bare(city: City, many: int, first: int) -> None:
    raw, like = city.floor, Unit.objects.earliest("id")
    columns = [each.column for each in Unit._meta.concrete_fields if each.column != "id"]
    same = {column: getattr(like, column) for column in columns}
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO organisations_unit ({', '.join(columns)}) VALUES ({places})"
    raw.begin()
    waiting: list[tuple[object, ...]] = []
    for name, uscc, *_ in register.lines(city.world, many, first):
        waiting.append(tuple({**same, "name": name, "uscc": uscc, "areas": "[]"}[each] for each in columns))
        if len(waiting) == BATCH:
            raw.many(statement, waiting)
            waiting.clear()
    raw.many(statement, waiting)
    raw.commit()
