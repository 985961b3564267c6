"""Entries of which each goes on in one chain, by one act of one actor at one moment, as many at once make.

Only what differs is read. SQLite puts each body's head, all that its digest covers before it, between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dabiao.base.journal.chains import Begun
from dabiao.base.journal.moments import moments
from dabiao.base.journal.shares import Share

END: Final = b"\x1e"  # of a body; what is JSON has none
_GENESIS: Final = b"0" * 64
_MOST: Final = 2**62  # of a difference that SQLite reckons without rounding


@dataclass(frozen=True, slots=True)
class Uniform:
    """What is the same in all; `offset` is what the seq is more than the id."""

    algorithm: bytes
    chain: bytes
    act: bytes
    actor: bytes
    received: bytes
    offset: int

    def cells(self) -> dict[str, Any]:
        """As they stand in the columns; UnicodeDecodeError for what is no text."""
        texts = {name: getattr(self, name).decode() for name in ("algorithm", "chain", "act", "received")}
        return texts | {"actor": int(self.actor) if self.actor else None, "offset": self.offset}

    def frame(self) -> dict[str, str]:
        """What the head has before the previous digest, between it and the seq, and after the id."""
        tail = b"\n".join((b"", self.act, self.actor, *moments([self.received]), b""))
        pieces = {"head": END + self.algorithm + b"\n", "middle": b"\n" + self.chain + b"\n", "tail": tail}
        return {name: piece.decode() for name, piece in pieces.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """So many from the id `first` on without a gap."""

    like: Uniform
    first: int
    count: int
    previous: bytes
    bodies: bytes
    digests: bytes

    @property
    def algorithms(self) -> Sequence[bytes]:
        return [self.like.algorithm]

    @property
    def seq(self) -> int:
        return self.first + self.like.offset

    def begun(self) -> Begun:
        leaf = self.previous.partition(b"\n")[0]
        begins = self.seq == 1 and leaf != _GENESIS
        return {(self.like.chain.decode(), leaf.decode()): self.first} if begins else {}

    def links(self) -> Iterable[tuple[bytes, int, bytes, int, bytes]]:
        """ValueError where one does not follow the other."""
        first, _, following = self.previous.partition(b"\n")
        before, _, last = self.digests.rpartition(b"\n")
        if following != before:
            raise ValueError("not linked")
        return [(self.like.chain, self.seq, first, self.seq + self.count - 1, last)]

    def texts(self) -> Iterable[bytes]:
        frame = {name: piece.encode() for name, piece in self.like.frame().items()}
        leaf, numbers = self.previous.partition(b"\n")[0], b"%d\n%d" % (self.seq, self.first)
        head = frame["head"] + leaf + frame["middle"] + numbers + frame["tail"]
        texts = (head + self.bodies).split(END)
        if len(texts) != self.count + 1:
            raise ValueError(f"{len(texts) - 1} bodies in {self.count} rows")
        return texts[1:]


def after(only: Sequence[bytes | None], seqs: bytes, ids: bytes) -> Uniform | None:
    """What those go on as that have these in common; None where that cannot be asked for."""
    seq, key = (int(column.rpartition(b"\n")[2]) for column in (seqs, ids))
    algorithm, chain, act, actor, received = (one or b"" for one in only)
    found = Uniform(algorithm, chain, act, actor, received, seq - key)
    try:
        fit = bool(found.cells() and found.frame())
    except ValueError:
        return None
    return found if fit and abs(found.offset) < _MOST else None


def read(driver: Any, share: Share, like: Uniform, first: int, last: int) -> tuple[int | None, Block] | None:
    """The first id after `last`, and those up to it; None if any is missing or not like that."""
    given = like.cells() | like.frame() | {"first": first, "last": last}
    following, count, alike, *columns = driver.execute(_BLOCK.format(share=share.entries), given).fetchone()
    if count != alike or count != last - first + 1:
        return None
    return following, Block(like, first, count, *columns)


_LIKE = """typeof(body) = 'text' AND typeof(digest) = 'text' AND typeof(previous) = 'text'
AND typeof(seq) = 'integer' AND seq - id = :offset AND typeof(ifnull(actor, 0)) = 'integer'
AND +actor IS :actor AND +chain IS :chain AND +act IS :act AND +algorithm IS :algorithm
AND +received_at IS :received"""
_BLOCK = f"""SELECT (SELECT MIN(id) FROM base_journal_entry WHERE id > :last AND {{share}}), COUNT(*),
COUNT(CASE WHEN {_LIKE} THEN 1 END), group_concat(previous, '\n'),
group_concat(body, :head || previous || :middle || seq || '\n' || id || :tail), group_concat(digest, '\n')
FROM base_journal_entry WHERE id BETWEEN :first AND :last AND {{share}}"""  # noqa: S608  from above
