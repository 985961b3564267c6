"""The journal as JSON lines, for anybody to verify without us: `tools/verify_journal.py` reads them."""

import base64
from collections.abc import Iterator
from typing import Any

from dabiao.base import canonical
from dabiao.base.journal import cells, chunks, material
from dabiao.base.journal.snapshot import ROWS, snapshot, stream

ENTRY = ("id", "chain", "seq", "previous", "algorithm", "act", "actor", "received_at", "body", "digest")
POSITION = ("position", "entry", "head")
CHUNK = ("id", "batch", "number", "target", "how", "rows", "first", "last", "root", "packed")
FEW = 8  # chunks held in memory at once


def lines() -> Iterator[str]:
    """Entries by id, then positions, checkpoints, chunks; one JSON object a line, as of one moment."""
    entries = ", ".join(material.received() if name == "received_at" else name for name in ENTRY)
    with snapshot(), cells.readable():
        yield from _lines("entry", ENTRY, f"SELECT {entries} FROM base_journal_entry ORDER BY id")  # noqa: S608
        sql = "SELECT position, entry_id, head FROM base_journal_position ORDER BY position"
        yield from _lines("position", POSITION, sql)
        sql = "SELECT document FROM base_checkpoint ORDER BY last"
        yield from _lines("checkpoint", ("document",), sql)
        yield from _lines("chunk", CHUNK, chunks.ALL, FEW)


def _lines(kind: str, names: tuple[str, ...], sql: str, size: int = ROWS) -> Iterator[str]:
    for rows in stream(sql, size=size):
        for row in rows:
            yield canonical.dumps(_plain(kind, names, row))


def _plain(kind: str, names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    return {"kind": kind, **dict(zip(names, map(_printable, row), strict=True))}


def _printable(cell: Any) -> Any:
    """A cell that is no text or number, or no UTF-8, comes out altered: it will not verify, nor should it."""
    if isinstance(cell, bytes | memoryview):
        return base64.b64encode(cell).decode()
    if isinstance(cell, str):
        return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return cell if cell is None or isinstance(cell, int) else repr(cell)
