"""Is all of it as it was written? Whole blocks at a time, and no more than yes or no.

What the walk row by row (`chains`, `verify`) finds, this finds too, for less work; where it says no, they
look for the place. It relies on ids rising within a chain, as they are given, and says no where they do not.
"""

from collections.abc import Iterable
from typing import Final

from dabiao.base.journal import blocks
from dabiao.base.journal.appending import GENESIS
from dabiao.base.journal.blocks import Cells, Entries, Positions
from dabiao.base.journal.chains import Begun
from dabiao.base.journal.checkpoints import Claims
from dabiao.base.journal.snapshot import stream
from dabiao.kernel.digests import HASHES

MOST_CHAINS: Final = 50_000  # whose ends are remembered at once; beyond, links are walked chain by chain
_GENESIS: Final = GENESIS.encode()
_UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError)
_LINKS: Final = "SELECT chain, seq, previous, digest FROM base_journal_entry ORDER BY chain, seq"


def entries() -> tuple[int, Begun] | None:
    """How many entries, and which chains begin with a bulk act's row; None where anything is wrong."""
    walk = _Chains()
    sound = True
    for block in blocks.entries():
        sound = sound and walk.sound(block)
    sound = sound and (walk.remembering or _linked())
    return (walk.count, walk.begun) if sound else None


def positions(claims: Claims) -> int | None:
    """The last position; None where anything is wrong with any, or with what they are said to be."""
    walk = _Order(claims)
    sound = True
    for block in blocks.positions():
        sound = sound and walk.sound(block)
    return walk.position if sound else None


class _Chains:
    """All entries in the order of ids: digests, and that each entry follows the last one of its chain."""

    def __init__(self) -> None:
        self.count, self.remembering = 0, True
        self.begun: Begun = {}
        self._next: dict[
            bytes, tuple[int, bytes]
        ] = {}  # chain -> seq and previous of the entry that may follow

    def sound(self, block: Entries) -> bool:
        self.count += len(block.digests)
        try:
            seqs = [int(seq) for seq in block.seqs]
            self._begin(seqs, block)
            linked = not self.remembering or self._follow(seqs, block)
            return linked and _hashed(_covered(block), block.algorithms, block.digests)
        except _UNREADABLE:
            return False

    def _begin(self, seqs: list[int], block: Entries) -> None:
        for place, (seq, previous) in enumerate(zip(seqs, block.previous, strict=True)):
            if seq == 1 and previous != _GENESIS:
                key = int(block.rest[0][place].split(b"\n", 1)[0])
                self.begun[block.chains[place].decode(), previous.decode()] = key

    def _follow(self, seqs: list[int], block: Entries) -> bool:
        following = self._next
        for chain, seq, previous, digest in zip(
            block.chains, seqs, block.previous, block.digests, strict=True
        ):
            expected = following.get(chain)
            if seq != 1 if expected is None else expected != (seq, previous):
                return False
            following[chain] = seq + 1, digest
        if len(following) > MOST_CHAINS:
            self.remembering, self._next = False, {}
        return True


class _Order:
    """All positions: none left out, each head over the one before, and as checkpoints say."""

    def __init__(self, claims: Claims) -> None:
        self.position, self._head = 0, _GENESIS
        self._claims, self._claimed = claims, claims.stored.keys() | claims.given.keys()

    def sound(self, block: Positions) -> bool:
        first, before = self.position + 1, (self._head, *block.heads[:-1])
        self.position, self._head = self.position + len(block.heads), block.heads[-1]
        here = range(first, self.position + 1)
        try:
            texts = map(b"\n".join, zip(before, block.numbers, block.digests, strict=True))
            in_order = [int(number) for number in block.numbers] == list(here)
            return (
                in_order and _hashed(texts, block.algorithms, block.heads) and self._as_claimed(here, block)
            )
        except _UNREADABLE:
            return False

    def _as_claimed(self, here: range, block: Positions) -> bool:
        claimed = self._claimed.intersection(here)
        return not any(self._claims.contradicted(one, block.heads[one - here[0]].decode()) for one in claimed)


def _covered(block: Entries) -> Iterable[bytes]:
    """The texts the digests cover."""
    lines = (block.algorithms, block.previous, block.chains, block.seqs, *block.rest)
    return map(b"\n".join, zip(*lines, strict=True))


def _hashed(texts: Iterable[bytes], algorithms: Cells, digests: Cells) -> bool:
    """Whether these are the digests of these texts; each cell of `digests` must be one digest, of course."""
    if algorithms.count(algorithms[0]) == len(algorithms):
        hashing = HASHES[algorithms[0].decode()]
        found = [hashing(text).hexdigest() for text in texts]
    else:
        found = [HASHES[one.decode()](text).hexdigest() for one, text in zip(algorithms, texts, strict=True)]
    return "\n".join(found).encode() == b"\n".join(digests)


def _linked() -> bool:
    """The links alone, chain by chain: for more chains than there is room for."""
    chain, following = None, (1, GENESIS)
    for rows in stream(_LINKS):
        for name, seq, previous, digest in rows:
            if (seq, previous) != (following if name == chain else (1, previous)):
                return False
            chain, following = name, (seq + 1, digest)
    return True
