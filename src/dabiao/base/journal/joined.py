"""SQLite's entries by the block: it joins each column into one text, and no cell is handed over alone.

All of that it does without Python, so that a thread may read while another one hashes. A block is the next
`SPAN` ids from one that there is, whatever gaps come before it or lie within; fewer at first, and where the
bodies are so long that as many would not have `ROOM`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat
from typing import Any, Final

from dabiao.base.journal import uniform
from dabiao.base.journal.chains import Begun
from dabiao.base.journal.flowing import as_bytes
from dabiao.base.journal.moments import moments
from dabiao.base.journal.shares import Share
from dabiao.base.journal.uniform import END, Uniform

SPAN: Final = (
    400  # ids; shorter ones cost statements, longer ones have their memory from the system each time
)
BEGIN: Final = 25  # ids of the first block
ROOM: Final = 16 << 20  # bytes of the bodies of a block
_LAST: Final = 2**63 - 1  # of all ids
_GENESIS: Final = b"0" * 64

Cells = Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Joined:
    """Columns of entries, a line each; in `bodies`, which may have lines, `END` stands between them.

    Only `fitting` of them are of the kinds their columns are made for, NULL being none.
    """

    count: int
    fitting: int
    lines: bytes  # algorithms
    previous: bytes
    chains: bytes
    seqs: bytes
    ids: bytes
    acts: bytes
    actors: bytes
    received: bytes
    bodies: bytes
    digests: bytes

    @property
    def algorithms(self) -> Cells:
        only = self.only(self.lines)
        return self.cells(self.lines) if only is None else [only]

    def begun(self) -> Begun:
        if self.fitting != self.count:
            raise ValueError("cells of another kind")
        if b"\n1\n" not in b"\n%b\n" % self.seqs:
            return {}
        columns = map(self.cells, (self.seqs, self.chains, self.previous, self.ids))
        told = [row for row in zip(*columns, strict=True) if row[0] == b"1" and row[2] != _GENESIS]
        return {(chain.decode(), leaf.decode()): int(key) for _, chain, leaf, key in told}

    def links(self) -> Iterable[tuple[bytes, int, bytes, int, bytes]]:
        chain, seq = self.only(self.chains), int(self.seqs.partition(b"\n")[0])
        first, _, following = self.previous.partition(b"\n")
        before, _, last = self.digests.rpartition(b"\n")
        seqs = range(seq, seq + self.count)
        if chain is not None and following == before and self.seqs == "\n".join(map(str, seqs)).encode():
            return [(chain, seq, first, seqs[-1], last)]
        columns = map(self.cells, (self.chains, self.seqs, self.previous, self.digests))
        chains, spelled, previous, digests = columns
        numbers = [*map(int, spelled)]
        return zip(chains, numbers, previous, numbers, digests, strict=True)

    def texts(self) -> Iterable[bytes]:
        head = (self.lines, self.previous, self.chains, self.seqs, self.ids, self.acts, self.actors)
        lines = [*map(self._lines, head), self._moments()]
        bodies = _counted(self.bodies.split(END), self.count)
        return map(b"\n".join, zip(*_merged(lines), bodies, strict=False))  # what repeats has no end

    def cells(self, column: bytes) -> Cells:
        """One by one; ValueError if a cell has lines itself."""
        return _counted(column.split(b"\n"), self.count)

    def only(self, column: bytes) -> bytes | None:
        """What stands in every cell, if it is the same."""
        first = column.partition(b"\n")[0]
        return first if column == b"\n".join(repeat(first, self.count)) else None

    def _lines(self, column: bytes) -> bytes | Cells:
        only = self.only(column)
        return self.cells(column) if only is None else only

    def _moments(self) -> bytes | Cells:
        lines = self._lines(self.received)
        return moments([lines])[0] if isinstance(lines, bytes) else moments(lines)

    def alike(self) -> Uniform | None:
        """What the next entries would be like if they went on as these do, all in one way."""
        if self.fitting != self.count:
            return None
        columns = (self.lines, self.chains, self.acts, self.actors, self.received)
        only = [self.only(column) for column in columns]
        return None if None in only else uniform.after(only, self.seqs, self.ids)


def entries(driver: Any, share: Share) -> Iterator[Joined | uniform.Block]:
    """By a statement each: in one with all, they would be put down and sorted first."""
    beginning, block = (sql.format(share=share.entries) for sql in (_FIRST, _BLOCK))
    like: Uniform | None = None
    span = min(BEGIN, SPAN)
    with as_bytes(driver):
        following = driver.execute(beginning).fetchone()[0]
        while following is not None:
            first, last = following, min(following, _LAST + 1 - span) + span - 1
            if like and (found := uniform.read(driver, share, like, first, last)):
                following, same = found
                span = _next(span, same)
                yield same
            else:
                following, *columns = driver.execute(block, (last, first, last)).fetchone()
                told = Joined(*columns)
                like, span = told.alike(), _next(span, told)
                yield told


def _next(span: int, told: Joined | uniform.Block) -> int:
    """How many ids have room, if the next bodies are as long as these; never more than twice as many."""
    return max(1, min(SPAN, 2 * span, ROOM * told.count // max(len(told.bodies or b""), 1)))


def _counted(cells: Cells, count: int) -> Cells:
    if len(cells) != count:
        raise ValueError(f"{len(cells)} cells in {count} rows")
    return cells


def _merged(lines: Sequence[bytes | Cells]) -> Iterator[Iterable[bytes]]:
    """Neighbours that are the same in every row become one."""
    for same, group in groupby(lines, lambda line: isinstance(line, bytes)):
        found: list[Any] = list(group)
        yield from [repeat(b"\n".join(found))] if same else found


_TEXTS = ("algorithm", "previous", "chain", "act", "received_at", "body", "digest")
_FIT = " AND ".join(f"typeof({name}) = 'text'" for name in _TEXTS)
_FIRST = "SELECT MIN(id) FROM base_journal_entry WHERE {share}"
# Ends of lines stand here as they are: `char(10)` would be reckoned again for each row.
_BLOCK = f"""SELECT (SELECT MIN(id) FROM base_journal_entry WHERE id > ? AND {{share}}), COUNT(*),
COUNT(CASE WHEN typeof(seq) = 'integer' AND typeof(ifnull(actor, 0)) = 'integer' AND {_FIT} THEN 1 END),
group_concat(algorithm, '\n'), group_concat(previous, '\n'), group_concat(chain, '\n'),
group_concat(seq, '\n'), group_concat(id, '\n'), group_concat(act, '\n'),
group_concat(ifnull(actor, ''), '\n'), group_concat(received_at, '\n'),
group_concat(body, '{END.decode()}'), group_concat(digest, '\n')
FROM base_journal_entry WHERE id BETWEEN ? AND ? AND {{share}}"""  # noqa: S608  from above
