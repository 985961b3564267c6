"""Is all of it as it was written? Whole blocks at a time, and no more than yes or no.

What the walk row by row (`chains`, `verify`) finds, this finds too, for less work; where it says no, they
look for the place. It relies on ids rising within a chain, as they are given, and says no where they do not.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from dabiao.base.journal import blocks, cells, parts, shares
from dabiao.base.journal.ahead import ahead
from dabiao.base.journal.appending import GENESIS
from dabiao.base.journal.blocks import Block, Cells, Positions
from dabiao.base.journal.chains import Begun
from dabiao.base.journal.checkpoints import Claims
from dabiao.base.journal.forks import Helper
from dabiao.base.journal.parts import Chains, Order
from dabiao.base.journal.shares import ALL, Share
from dabiao.base.journal.snapshot import stream
from dabiao.kernel.digests import HASHES

_GENESIS: Final = GENESIS.encode()
_UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError)
_LINKS: Final = "SELECT chain, seq, previous, digest FROM base_journal_entry ORDER BY chain, seq"
_HEAD: Final = "SELECT head FROM base_journal_position WHERE position = %s"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: entries and chains that begin with a bulk act's row, last position; None: not sound."""

    entries: tuple[int, Begun] | None
    last: int | None


def look(claims: Claims, helpers: Sequence[Helper] = (), *, threaded: bool = False) -> Looked:
    """All of it, divided among us and the helpers; these look by `look_at`. `threaded`: see `ahead`."""
    first, *others = shares.divided(len(helpers) + 1)
    asked = [[share, sorted(claims.numbers)] for share in others]
    for helper, one in zip(helpers, asked, strict=True):
        helper.ask(one)
    ours = chains(first, threaded=threaded), order(claims.numbers, first)
    theirs = [_answer(helper, one) for helper, one in zip(helpers, asked, strict=True)]
    all_chains, all_orders = zip(ours, *theirs, strict=True)
    return Looked(entries(all_chains), positions(claims, all_orders))


def look_at(asked: Any) -> list[Any]:
    """A share, as a helper looks at it: question and answer as JSON has them."""
    place, claimed = asked
    with cells.readable():
        found = chains(Share(*place)), order(claimed, Share(*place))
    return [part.plain() if part else None for part in found]


def _answer(helper: Helper, asked: Any) -> tuple[Chains | None, Order | None]:
    """What it found; not sound if that cannot be told, and found by ourselves if it saw something else."""
    try:
        told = helper.answer()
        return _read(told) if told is not None else _read(look_at(asked))
    except (*_UNREADABLE, OSError):  # nothing, nonsense, half a line, or not in time
        return None, None


def _read(told: Any) -> tuple[Chains | None, Order | None]:
    entries, positions = told
    return entries and Chains.read(entries), positions and Order.read(positions)


def entries(found: Iterable[Chains | None] | None = None) -> tuple[int, Begun] | None:
    """How many entries, and which chains begin with a bulk act's row; None where anything is wrong.

    `found` is what was found in all shares, in their order.
    """
    whole = parts.joined([chains()] if found is None else found)
    sound = whole is not None and (whole.remembering or _linked())
    return (whole.count, whole.begun) if whole and sound else None


def positions(claims: Claims, found: Iterable[Order | None] | None = None) -> int | None:
    """The last position; None where anything is wrong with any, or with what they are said to be."""
    whole = parts.in_order([order(claims.numbers)] if found is None else found)
    if whole is None or any(claims.contradicted(number, head) for number, head in whole.claimed.items()):
        return None
    return whole.last[0]


def chains(share: Share = ALL, *, threaded: bool = False) -> Chains | None:
    """The entries of a share; None where anything is wrong within it. `threaded`: see `ahead`."""
    walk = Chains()
    sound = True
    found = blocks.entries(share)
    # PostgreSQL's server is another process anyway, and a thread would only take turns with us for its rows.
    for block in ahead(found) if threaded and connection.vendor == "sqlite" else found:
        sound = sound and _holds(walk, block)
    return walk if sound else None


def order(claimed: Collection[int], share: Share = ALL) -> Order | None:
    """The positions of a share, and the heads of those among them that anything is claimed of."""
    before = (share.first_position or 1) - 1
    start = before, _head(before)
    walk = Order(start, start)
    sound = True
    for block in blocks.positions(share):
        sound = sound and _continues(walk, block, claimed)
    return walk if sound else None


def _holds(walk: Chains, block: Block) -> bool:
    """Digests, and that each entry follows the last one of its chain."""
    try:
        walk.count += block.count
        walk.begun |= block.begun()
        linked = not walk.remembering or _follow(walk, block)
        return linked and _hashed(block.texts(), block.algorithms, block.digests)
    except _UNREADABLE:
        return False


def _follow(walk: Chains, block: Block) -> bool:
    ends = walk.last
    for chain, seq, previous, last, digest in block.links():
        if ends.get(chain) != (seq, previous) and not walk.begins(chain, seq, previous):
            return False
        ends[chain] = last + 1, digest
    walk.forget()
    return True


def _continues(walk: Order, block: Positions, claimed: Collection[int]) -> bool:
    """None left out, each head over the one before."""
    (position, head), count = walk.last, len(block.heads)
    here = range(position + 1, position + count + 1)
    try:
        texts = map(b"\n".join, zip((head, *block.heads[:-1]), block.numbers, block.digests, strict=True))
        sound = [int(number) for number in block.numbers] == list(here)
        sound = sound and _hashed(texts, block.algorithms, b"\n".join(block.heads))
        for one in set(here).intersection(claimed):
            walk.claimed[one] = block.heads[one - here[0]].decode()
    except _UNREADABLE:
        return False
    walk.last = here[-1], block.heads[-1]
    return sound


def _head(position: int) -> bytes:
    """The head there, or what no head is; before the first there are noughts."""
    if not position:
        return _GENESIS
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [position])
        (head,) = cursor.fetchone() or [None]
    return head.encode("utf-8", "surrogateescape") if isinstance(head, str) else b""


def _hashed(texts: Iterable[bytes], algorithms: Cells, digests: bytes) -> bool:
    """Whether these are the digests of these texts, a line each; `algorithms` may be but one, for all."""
    if algorithms.count(algorithms[0]) == len(algorithms):
        hashing = HASHES[algorithms[0].decode()]
        found = [hashing(text).digest() for text in texts]
    else:
        found = [HASHES[one.decode()](text).digest() for one, text in zip(algorithms, texts, strict=True)]
    return b"".join(found).hex("\n", len(found[0])).encode() == digests


def _linked() -> bool:
    """The links alone, chain by chain: for more chains than there is room for."""
    chain, following = None, (1, GENESIS)
    for rows in stream(_LINKS):
        for name, seq, previous, digest in rows:
            if (seq, previous) != (following if name == chain else (1, previous)):
                return False
            chain, following = name, (seq + 1, digest)
    return True
