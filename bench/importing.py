"""Importing units by the command, in a process of its own: time and memory, next to the bare rows.

The floor enters the same lines into the table of units with the driver alone: no checks, journal or cards.
"""

import os
import subprocess
import sys
import time
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
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Load:
    """What is imported, and what was aimed at."""

    ending: str
    many: int
    first: int
    seconds: float


LOADS = (Load(".xlsx", MANY, 0, 4), Load(".csv", MANY, 100_000_000, 4))
MOST_LOADS = (Load(".csv", MOST, 200_000_000, 360), Load(".xlsx", MOST, 400_000_000, 360))


def rows(city: City, times: int) -> Iterator[Row]:
    """Each once: what is there is not there again. `times` 1 is a hurry."""
    for load in LOADS:
        yield _row(city, load, min(load.many, HURRY) if times == 1 else load.many)


def million(city: City, _: int) -> Iterator[Row]:
    """The second million meets a register that has one already."""
    for load in MOST_LOADS:
        yield _row(city, load, HURRY if city.quick else load.many)


def _row(city: City, load: Load, many: int) -> Row:
    with TemporaryDirectory(prefix="dabiao-bench-") as folder:
        lines = register.lines(city.world, many, load.first)
        file = register.written(Path(folder) / f"units{load.ending}", lines)
        taken, spent, memory = _import(file)
    floor = clocking.once(partial(bare, city, many, load.first))
    aim = Aim(ms=load.seconds * 1000, words=f"≤ {load.seconds:g} s, ≤ {MEMORY} MB")
    name = f"import {many:,} units, {load.ending[1:]}"
    note = f"{memory:.0f} MB, {spent:.0f} s of it working"
    return Row(name, Timing(taken, taken), Timing(floor, floor), aim, note=note)


def _import(file: Path) -> tuple[float, float, float]:
    """Milliseconds, seconds of processor and megabytes of the whole command, from its start to its end."""
    command = [str(Path(sys.executable).with_name("dabiao")), "units", "import", str(file)]
    began = time.perf_counter()
    child = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, "the import was refused"
    taken = (time.perf_counter() - began) * 1000
    return taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


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
