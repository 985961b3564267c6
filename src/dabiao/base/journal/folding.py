"""The last state of every row, folded from all entries into a scratch file: memory stays small."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from dabiao.base import canonical
from dabiao.base.journal.findings import Broken

_FIND = "SELECT cells FROM state WHERE place = ? AND key = ?"
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
        columns = "place TEXT, key TEXT, cells TEXT, entry INTEGER, PRIMARY KEY (place, key)"
        self._file.execute(f"CREATE TABLE state ({columns}) WITHOUT ROWID")

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
        found = self._file.execute(_FIND, place).fetchone()
        if (how == "create") == bool(found):
            return "重复新建同一行" if found else "改动了台账中不存在的行"
        if how == "remove":
            self._file.execute(_DROP, place)
            return ""
        cells = {**(canonical.loads(found[0]) if found else {}), **values}
        self._file.execute(_PUT, (*place, canonical.dumps(cells), entry))
        return ""

    def row(self, table: str, key: Any) -> tuple[dict[str, Any], int] | None:
        """Cells and last entry of a row, or None where the journal knows no such row."""
        sql = "SELECT cells, entry FROM state WHERE place = ? AND key = ?"
        found = self._file.execute(sql, (table, canonical.dumps(key))).fetchone()
        return (canonical.loads(found[0]), found[1]) if found else None

    def count(self, table: str) -> int:
        return int(self._file.execute("SELECT count(*) FROM state WHERE place = ?", [table]).fetchone()[0])

    def keys(self, table: str) -> Iterator[tuple[Any, int]]:
        """Key and last entry of every row of a table."""
        for key, entry in self._file.execute("SELECT key, entry FROM state WHERE place = ?", [table]):
            yield canonical.loads(key), entry

    def tables(self) -> list[str]:
        return [name for (name,) in self._file.execute("SELECT DISTINCT place FROM state ORDER BY place")]
