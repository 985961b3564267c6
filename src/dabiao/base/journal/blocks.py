"""The journal in blocks of raw columns, by id or position: as little work a row as can be, every cell bytes.

Whatever cannot be right makes a cell None or empty, which no digest fits. What it was is not told from here:
`chains` and `verify` look again, row by row.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from dabiao.base.journal import material
from dabiao.base.journal.flowing import flow

Cells = Sequence[bytes]


class Entries(NamedTuple):
    """The texts that digests cover are algorithm, previous, chain, seq and the `rest`, one a line."""

    algorithms: Cells
    previous: Cells
    chains: Cells
    seqs: Cells
    rest: Sequence[Cells]  # begins with the id
    digests: Cells


class Positions(NamedTuple):
    """`digests` and `algorithms` are those of the entries that are placed."""

    numbers: Cells
    heads: Cells
    digests: Cells
    algorithms: Cells


def entries() -> Iterator[Entries]:
    sqlite = connection.vendor == "sqlite"
    sql = _ENTRIES_ON_SQLITE if sqlite else _ENTRIES_ON_POSTGRESQL.format(received=material.received())
    for rows in flow(sql):
        algorithms, previous, chains, seqs, who, *more, digests = zip(*rows, strict=True)
        rest = [who, _moments(more[0]), more[1]] if sqlite else [who]
        yield Entries(algorithms, previous, chains, seqs, rest, digests)


def positions() -> Iterator[Positions]:
    sql = _POSITIONS.format(number=_FIT_NUMBER if connection.vendor == "sqlite" else "p.position")
    for rows in flow(sql):
        yield Positions(*zip(*rows, strict=True))


# A blob is greater than any text and a text than any number, so a blob among texts shows, and anything among
# numbers; a number among texts changes the digest.
_TEXTS = ("algorithm", "previous", "chain", "act", "received_at", "body", "digest")
_FIT = " AND ".join(f"{name} < x''" for name in _TEXTS) + " AND seq < '' AND COALESCE(actor, 0) < ''"
_FIT_NUMBER = """CASE WHEN typeof(p.position) = 'integer' AND typeof(p.entry_id) = 'integer'
AND p.head < x'' THEN p.position END"""
_WHO = "CAST(id AS text) || {n} || act || {n} || COALESCE(CAST(actor AS text), '')"

_ENTRIES_ON_SQLITE = f"""SELECT CASE WHEN {_FIT} THEN algorithm END, previous, chain, CAST(seq AS text),
{_WHO.format(n="char(10)")}, +received_at, body, digest FROM base_journal_entry ORDER BY id"""  # noqa: S608
_ENTRIES_ON_POSTGRESQL = f"""SELECT algorithm, previous, chain, CAST(seq AS text),
{_WHO.format(n="chr(10)")} || chr(10) || {{received}} || chr(10) || body, digest
FROM base_journal_entry ORDER BY id"""  # noqa: S608  text from above
_POSITIONS = """SELECT CAST({number} AS text), p.head, e.digest, e.algorithm
FROM base_journal_position p LEFT JOIN base_journal_entry e ON e.id = p.entry_id ORDER BY p.position"""

_LONG, _SHORT = len("2026-03-02T02:00:00.000001Z"), len("2026-03-02T02:00:00Z")


def _moments(received: Cells) -> Cells:
    """Canonical moments of those that Django writes; all are empty if any is spelled in another way."""
    text = b"\n".join(received) if set(map(type, received)) == {bytes} else b"T"
    if b"T" in text or b".000000" in text:
        return [b""] * len(received)
    found = (text.replace(b" ", b"T").replace(b"\n", b"Z\n") + b"Z").split(b"\n")
    return [one if len(one) == _LONG else _longer(one) for one in found]


def _longer(moment: bytes) -> bytes:
    return moment[:-1] + b".000000Z" if len(moment) == _SHORT else b""
