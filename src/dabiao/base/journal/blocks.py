"""The journal in blocks of raw columns, by id or position: as little work a row as can be, every text bytes.

Whatever cannot be right makes a cell None or empty, which no digest fits. What it was is not told from here:
`chains` and `verify` look again, row by row.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from dabiao.base.journal import material
from dabiao.base.journal.flowing import flow
from dabiao.base.journal.shares import ALL, Share

Cells = Sequence[bytes]


class Entries(NamedTuple):
    """Numbers are as the driver gives them; on SQLite anything else may stand there."""

    algorithms: Cells
    previous: Cells
    chains: Cells
    seqs: Sequence[int]
    rest: Sequence[Sequence[Any]]  # begins with the id
    digests: Cells

    def texts(self) -> Iterable[bytes]:
        """What the digests cover; ValueError or TypeError where a cell is of a kind it cannot be."""
        rest = _rest(*self.rest) if len(self.rest) > 1 else self.rest
        lines = self.algorithms, self.previous, self.chains, _spelled(self.seqs), *rest
        return map(b"\n".join, zip(*lines, strict=True))

    def key(self, place: int) -> int:
        """The id of one."""
        first = self.rest[0][place]
        return int(first.split(b"\n", 1)[0] if isinstance(first, bytes) else first)


class Positions(NamedTuple):
    """`digests` and `algorithms` are those of the entries that are placed."""

    numbers: Cells
    heads: Cells
    digests: Cells
    algorithms: Cells


def entries(share: Share = ALL) -> Iterator[Entries]:
    sqlite = connection.vendor == "sqlite"
    sql = _ENTRIES_ON_SQLITE if sqlite else _ENTRIES_ON_POSTGRESQL
    for rows in flow(sql.format(share=share.entries, received=material.received())):
        algorithms, previous, chains, seqs, *rest, digests = zip(*rows, strict=True)
        yield Entries(algorithms, previous, chains, seqs, rest, digests)


def positions(share: Share = ALL) -> Iterator[Positions]:
    number = _FIT_NUMBER if connection.vendor == "sqlite" else "p.position"
    for rows in flow(_POSITIONS.format(number=number, share=share.positions)):
        yield Positions(*zip(*rows, strict=True))


# A blob is greater than any text, so a blob among texts shows; a number among texts cannot be joined, and
# anything else among numbers is spelled otherwise.
_TEXTS = ("algorithm", "previous", "chain", "act", "received_at", "body", "digest")
_FIT = " AND ".join(f"{name} < x''" for name in _TEXTS)
_FIT_NUMBER = """CASE WHEN typeof(p.position) = 'integer' AND typeof(p.entry_id) = 'integer'
AND p.head < x'' THEN p.position END"""

_ENTRIES_ON_SQLITE = f"""SELECT CASE WHEN {_FIT} THEN algorithm END, previous, chain, seq, id, act, actor,
+received_at, body, digest FROM base_journal_entry WHERE {{share}} ORDER BY id"""  # noqa: S608  from above
_ENTRIES_ON_POSTGRESQL = """SELECT algorithm, previous, chain, seq,
CAST(id AS text) || chr(10) || act || chr(10) || COALESCE(CAST(actor AS text), '') || chr(10)
|| {received} || chr(10) || body, digest FROM base_journal_entry WHERE {share} ORDER BY id"""
_POSITIONS = """SELECT CAST({number} AS text), p.head, e.digest, e.algorithm
FROM base_journal_position p LEFT JOIN base_journal_entry e ON e.id = p.entry_id
WHERE {share} ORDER BY p.position"""

_LONG, _SHORT = len("2026-03-02T02:00:00.000001Z"), len("2026-03-02T02:00:00Z")


def _rest(
    ids: Sequence[int], acts: Cells, actors: Sequence[int | None], received: Cells, bodies: Cells
) -> Sequence[Cells]:
    told = ["" if one is None else one for one in actors] if None in actors else actors
    return _spelled(ids), acts, _spelled(told), _moments(received), bodies


def _spelled(numbers: Sequence[Any]) -> Cells:
    """What is no number is spelled as none."""
    return "\n".join(map(str, numbers)).encode().split(b"\n")


def _moments(received: Cells) -> Cells:
    """Canonical moments of those that Django writes; all are empty if any is spelled in another way."""
    text = b"\n".join(received)
    if b"T" in text or b".000000" in text:
        return [b""] * len(received)
    if len(text) == len(received) * _SHORT - 1:  # a line's end stands for the Z
        text = text.replace(b"\n", b".000000\n") + b".000000"
    found = (text.replace(b" ", b"T").replace(b"\n", b"Z\n") + b"Z").split(b"\n")
    return found if set(map(len, found)) == {_LONG} else [_longer(one) for one in found]


def _longer(moment: bytes) -> bytes:
    if len(moment) == _SHORT:
        return moment[:-1] + b".000000Z"
    return moment if len(moment) == _LONG else b""
