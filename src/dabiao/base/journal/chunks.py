"""Chunks of bulk acts as they are stored, read raw: what cannot be read is a finding, never a traceback."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dabiao.base.journal import packing
from dabiao.base.journal.packing import Chunk
from dabiao.base.journal.snapshot import stream

CHAIN: Final = "base_batch:"
FEW: Final = 4  # held in memory at once
MOST: Final = 1_000_000  # chunks a batch, see BatchChunk

COLUMNS: Final = "id, batch_id, number, target, how, rows, first, last, root, packed"
ALL: Final = f"SELECT {COLUMNS} FROM base_batch_chunk ORDER BY batch_id, number"  # noqa: S608  names from above
OF_ONE: Final = f"SELECT {COLUMNS} FROM base_batch_chunk WHERE batch_id = %s ORDER BY number"  # noqa: S608
UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Stored:
    """One row of the table of chunks; any cell may be anything."""

    id: Any
    batch: Any
    number: Any
    target: Any
    how: Any
    rows: Any
    first: Any
    last: Any
    root: Any
    packed: Any

    @property
    def key(self) -> Any:
        """Its key, or where that is none, what it should be."""
        proper = isinstance(self.batch, int) and isinstance(self.number, int) and not isinstance(self.id, int)
        return self.batch * MOST + self.number if proper else self.id

    def open(self) -> Chunk | None:
        """Its rows, or None where the bytes are not what was packed."""
        try:
            return Chunk.unpack(bytes(self.packed))
        except UNREADABLE:
            return None

    def fits(self, chunk: Chunk, algorithm: Any) -> list[bytes] | None:
        """The leaves, or None where any column differs from what the bytes say."""
        try:
            leaves, keys = chunk.leaves(algorithm), chunk.keys()
            root = packing.root(leaves, bytes(self.packed), algorithm).hex()
            said = (self.batch * MOST + self.number, chunk.target, chunk.how, len(keys), min(keys), max(keys))
        except UNREADABLE:
            return None
        there = (self.id, self.target, self.how, self.rows, self.first, self.last)
        return leaves if (*said, root) == (*there, self.root) else None


def every() -> Iterator[Stored]:
    for rows in stream(ALL, size=FEW):
        yield from (Stored(*row) for row in rows)


def of_batch(batch: int) -> Iterator[Stored]:
    for rows in stream(OF_ONE, (batch,), FEW):
        yield from (Stored(*row) for row in rows)
