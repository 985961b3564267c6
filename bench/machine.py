"""What was measured on, without saying whose machine it is."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

import psycopg

from bench import places

PACKAGES = ("django", "psycopg", "granian", "orjson", "typst")


def lines() -> list[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"{os.cpu_count()} cores ({_processor()}), {_memory()} GB memory, {_load()}",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {packages}",
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {_postgresql()}",
    ]


def _processor() -> str:
    names = [row for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.machine()


def _load() -> str:
    load = os.getloadavg()[0]
    busy = " (busy with other work: times are too high)" if load > (os.cpu_count() or 1) / 2 else ""
    return f"load {load:.1f} at start{busy}"


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _postgresql() -> str:
    if not places.answers():
        return "does not answer"
    with psycopg.connect(places.POSTGRESQL) as server:
        number = server.info.server_version
    return f"{number // 10000}.{number % 10000}"
