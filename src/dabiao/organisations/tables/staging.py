"""Checked lines on disk between reading and writing: a million of them cost no memory.

A line is kept with its row in the file, the unit it is about (by code, or by name where there is none), what
becomes of it, and its values: the cells of a new unit, what is known and changes of another.
"""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

import orjson

PIECE: Final = 1000


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Staged:
    row: int
    about: str
    fate: Fate
    values: Any


class Staging:
    """One file's lines. To be closed; the file on disk goes with it."""

    def __init__(self) -> None:
        self.sited = False  # whether any new unit names sites
        self._folder = tempfile.TemporaryDirectory(prefix="units-")
        self._data = sqlite3.connect(Path(self._folder.name) / "lines.db", check_same_thread=False)
        self._data.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE line (row INTEGER PRIMARY KEY, about TEXT, fate TEXT, shape TEXT, said BLOB)"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()
        self._folder.cleanup()

    def add(self, lines: Sequence[Staged]) -> None:
        self.sited = self.sited or any(each.fate is Fate.NEW and each.values[-1] for each in lines)
        told = ((each.row, each.about, each.fate, _shape(each), orjson.dumps(each.values)) for each in lines)
        self._data.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", told)

    def twice(self, most: int) -> Iterator[tuple[int, str, int]]:
        """(row, about whom, first row): lines about a unit another line is about already."""
        self._data.execute("CREATE INDEX IF NOT EXISTS line_about ON line (about)")
        found = self._data.execute(
            "SELECT line.row, line.about, met.first FROM line JOIN"
            " (SELECT about, MIN(row) AS first FROM line GROUP BY about HAVING COUNT(*) > 1) AS met"
            " ON met.about = line.about WHERE line.row > met.first ORDER BY line.row LIMIT ?",
            [most],
        )
        yield from found

    def counts(self) -> dict[Fate, int]:
        found = dict(self._data.execute("SELECT fate, COUNT(*) FROM line GROUP BY fate"))
        return {fate: found.get(fate, 0) for fate in Fate}

    def shapes(self) -> list[tuple[str, ...]]:
        """The sets of columns that changes are about."""
        found = self._data.execute(
            "SELECT DISTINCT shape FROM line WHERE fate = ? ORDER BY shape", [Fate.CHANGED]
        )
        return [tuple(shape.split(",")) for (shape,) in found]

    def lines(self, fate: Fate, shape: tuple[str, ...] = ()) -> Iterator[Staged]:
        """In the order of the file."""
        last = -1
        while found := self._piece(fate, ",".join(shape), last):
            for row, about, said in found:
                yield Staged(row, about, fate, orjson.loads(said))
            last = found[-1][0]

    def _piece(self, fate: Fate, shape: str, last: int) -> list[tuple[int, str, bytes]]:
        return self._data.execute(
            "SELECT row, about, said FROM line WHERE row > ? AND fate = ? AND shape = ? ORDER BY row LIMIT ?",
            [last, fate, shape, PIECE],
        ).fetchall()


def _shape(line: Staged) -> str:
    """The columns a change is about; nothing of other lines."""
    return ",".join(sorted(line.values["changes"])) if line.fate == Fate.CHANGED else ""
