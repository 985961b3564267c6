"""The journal in blocks of raw columns, by id or position: as little work a row as can be, every text bytes.

Whatever cannot be right is told by an error, or by what no digest fits. What it was is not told from here:
`chains` and `verify` look again, row by row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db import connection

from dabiao.base.journal import joined, material
from dabiao.base.journal.chains import Begun
from dabiao.base.journal.flowing import flow
from dabiao.base.journal.shares import ALL, Share

Cells = Sequence[bytes]
Linked = tuple[bytes, int, bytes, int, bytes]  # chain, seq and previous; seq and digest of its end

_GENESIS = b"0" * 64


class Block(Protocol):
    """Entries by id. ValueError, TypeError, KeyError or AttributeError where a cell is what it cannot be."""

    @property
    def count(self) -> int: ...

    @property
    def algorithms(self) -> Cells:
        """Of each, or one for all."""

    @property
    def digests(self) -> bytes:
        """A line each."""

    def begun(self) -> Begun:
        """Chains that begin here with a bulk act's row."""

    def links(self) -> Iterable[Linked]:
        """Where each entry goes on, and its own end; only one if all follow each other in one chain."""

    def texts(self) -> Iterable[bytes]:
        """What the digests cover."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Numbers are as the driver gives them."""

    algorithms: Cells
    previous: Cells
    chains: Cells
    seqs: Sequence[int]
    rest: Cells  # begins with the id
    lines: Cells

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def digests(self) -> bytes:
        return b"\n".join(self.lines)

    def begun(self) -> Begun:
        found: Begun = {}
        for place, seq in enumerate(self.seqs if 1 in self.seqs else ()):
            if seq == 1 and (leaf := self.previous[place]) != _GENESIS:
                found[self.chains[place].decode(), leaf.decode()] = int(self.rest[place].partition(b"\n")[0])
        return found

    def links(self) -> Iterable[Linked]:
        chains, seqs, previous, digests = self.chains, self.seqs, self.previous, self.lines
        linked = chains.count(chains[0]) == len(chains) and previous[1:] == digests[:-1]
        if linked and seqs == (*range(seqs[0], seqs[0] + len(seqs)),):
            return [(chains[0], seqs[0], previous[0], seqs[-1], digests[-1])]
        return zip(chains, seqs, previous, seqs, digests, strict=True)

    def texts(self) -> Iterable[bytes]:
        seqs = "\n".join(map(str, self.seqs)).encode().split(b"\n")
        return map(b"\n".join, zip(self.algorithms, self.previous, self.chains, seqs, self.rest, strict=True))


class Positions(NamedTuple):
    """`digests` and `algorithms` are those of the entries that are placed."""

    numbers: Cells
    heads: Cells
    digests: Cells
    algorithms: Cells


def entries(share: Share = ALL) -> Iterator[Block]:
    """Another thread may take them."""
    if connection.vendor == "sqlite":
        return joined.entries(connection.connection, share)
    found = flow(_ENTRIES_ON_POSTGRESQL.format(share=share.entries, received=material.received()))
    return (Rows(*zip(*rows, strict=True)) for rows in found)


def positions(share: Share = ALL) -> Iterator[Positions]:
    number = _FIT_NUMBER if connection.vendor == "sqlite" else "p.position"
    for rows in flow(_POSITIONS.format(number=number, share=share.positions)):
        yield Positions(*zip(*rows, strict=True))


# A blob is greater than any text, so a blob among texts shows.
_FIT_NUMBER = """CASE WHEN typeof(p.position) = 'integer' AND typeof(p.entry_id) = 'integer'
AND p.head < x'' AND e.digest < x'' AND e.algorithm < x'' THEN p.position END"""

_ENTRIES_ON_POSTGRESQL = """SELECT algorithm, previous, chain, seq,
CAST(id AS text) || chr(10) || act || chr(10) || COALESCE(CAST(actor AS text), '') || chr(10)
|| {received} || chr(10) || body, digest FROM base_journal_entry WHERE {share} ORDER BY id"""
_POSITIONS = """SELECT CAST({number} AS text), p.head, e.digest, e.algorithm
FROM base_journal_position p LEFT JOIN base_journal_entry e ON e.id = p.entry_id
WHERE {share} ORDER BY p.position"""
