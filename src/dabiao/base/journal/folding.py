"""The last state of every row, folded from all entries into a scratch file: memory stays small."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from dabiao.base import canonical
from dabiao.base.journal.findings import Broken
from dabiao.base.journal.packing import Chunk

_FIND = "SELECT cells, entry, shape FROM state WHERE place = ? AND key = ?"
_PUT_LINE = "INSERT OR IGNORE INTO state (place, key, cells, entry, shape) VALUES (?, ?, ?, ?, ?)"
_PUT = "INSERT OR REPLACE INTO state (place, key, cells, entry) VALUES (?, ?, ?, ?)"
_DROP = "DELETE FROM state WHERE place = ? AND key = ?"


class Folded:
    """Row by row what the journal says the database holds. Keys are canonical JSON, so 1 and "1" differ."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="dabiao-replay-")
        self._file = sqlite3.connect(Path(self._folder.name) / "state", isolation_level=None)
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute("BEGIN")
        columns = "place TEXT, key TEXT, cells TEXT, entry INTEGER, shape INTEGER, PRIMARY KEY (place, key)"
        self._file.execute(f"CREATE TABLE state ({columns}) WITHOUT ROWID")
        self._shapes: list[tuple[str, ...]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._folder.cleanup()

    def take(self, entry: int, chain: str, body: str) -> Iterator[Broken]:
        """Apply one entry's changes; what cannot be applied is reported, never raised."""
        try:
            changes = canonical.loads(body)["changes"]
            for change in changes:
                if what := self._apply(entry, **change):
                    yield Broken(chain, what, entry, str(change["table"]), change["key"])
        except (ValueError, TypeError, KeyError, sqlite3.Error):
            yield Broken(chain, "条目正文无法读取", entry)

    def _apply(self, entry: int, table: str, key: Any, how: str, values: dict[str, Any]) -> str:
        place = (table, canonical.dumps(key))
        found = self.row(table, key)
        if (how == "create") == bool(found):
            return "重复新建同一行" if found else "改动了台账中不存在的行"
        if how == "remove":
            self._file.execute(_DROP, place)
            return ""
        cells = {**(found[0] if found else {}), **values}
        self._file.execute(_PUT, (*place, canonical.dumps(cells), entry))
        return ""

    def create_all(self, entry: int, chunk: Chunk) -> bool:
        """Rows of a bulk act, kept as their lines until wanted; False where one of them is there already."""
        self._shapes.append(chunk.columns)
        shape = len(self._shapes)
        keys = map(str, chunk.keys())
        rows = ((chunk.target, key, line, entry, shape) for key, line in zip(keys, chunk.lines, strict=True))
        return self._file.executemany(_PUT_LINE, rows).rowcount == len(chunk.lines)

    def change_all(self, entry: int, chunk: Chunk) -> None:
        """Changes of a bulk act; a row removed before its turn stays so."""
        for key, *values in chunk.rows():
            if found := self.row(chunk.target, key):
                cells = {**found[0], **dict(zip(chunk.columns, values, strict=True))}
                if chunk.counts:
                    cells[chunk.counts] += 1
                self._file.execute(_PUT, (chunk.target, str(key), canonical.dumps(cells), entry))

    def row(self, table: str, key: Any) -> tuple[dict[str, Any], int] | None:
        """Cells and last entry of a row, or None where the journal knows no such row."""
        found = self._file.execute(_FIND, (table, canonical.dumps(key))).fetchone()
        if not found:
            return None
        cells, entry, shape = found
        if shape is None:
            return canonical.loads(cells), entry
        return dict(zip(self._shapes[shape - 1], canonical.loads(cells)[1:], strict=True)), entry

    def count(self, table: str) -> int:
        return int(self._file.execute("SELECT count(*) FROM state WHERE place = ?", [table]).fetchone()[0])

    def keys(self, table: str) -> Iterator[tuple[Any, int]]:
        """Key and last entry of every row of a table."""
        for key, entry in self._file.execute("SELECT key, entry FROM state WHERE place = ?", [table]):
            yield canonical.loads(key), entry

    def tables(self) -> list[str]:
        return [name for (name,) in self._file.execute("SELECT DISTINCT place FROM state ORDER BY place")]
