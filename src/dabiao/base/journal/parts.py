"""What was found in shares of the journal, and whether one share goes on where the one before it ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Self

from dabiao.base.journal.chains import Begun

MOST_CHAINS: Final = 50_000  # whose ends are remembered at once; beyond, links are walked chain by chain

Link = tuple[int, bytes]  # seq and previous of an entry; or position and head


@dataclass(slots=True)
class Chains:
    """Sound entries: `first` is where chains go on that began before, `last` how they may go on after."""

    count: int = 0
    begun: Begun = field(default_factory=dict)
    first: dict[bytes, Link] = field(default_factory=dict)
    last: dict[bytes, Link] = field(default_factory=dict)
    remembering: bool = True

    def begins(self, chain: bytes, seq: int, previous: bytes) -> bool:
        """Whether nothing of this chain was seen here; what came before is in another share, if anywhere."""
        if seq != 1:
            self.first.setdefault(chain, (seq, previous))
        return chain not in self.last

    def forget(self) -> None:
        """Ends are no longer remembered if there are too many."""
        if len(self.last) > MOST_CHAINS:
            self.remembering, self.first, self.last = False, {}, {}

    def goes_on(self, after: "Chains") -> bool:
        """Whether every chain goes on here where it ends in `after`, and none begins a second time."""
        both = after.last.keys() & self.last.keys()
        return self.first.items() <= after.last.items() and both <= self.first.keys()

    def plain(self) -> list[Any]:
        """For JSON; what is no UTF-8 too."""
        begun = [[chain, leaf, key] for (chain, leaf), key in self.begun.items()]
        return [self.count, begun, _plain(self.first), _plain(self.last), self.remembering]

    @classmethod
    def read(cls, plain: list[Any]) -> Self:
        count, begun, first, last, remembering = plain
        keys = {(chain, leaf): int(key) for chain, leaf, key in begun}
        return cls(int(count), keys, _read(first), _read(last), remembering is True)


@dataclass(slots=True)
class Order:
    """Sound positions: the last one if `before` is right, and the heads of those something is claimed of."""

    before: Link
    last: Link
    claimed: dict[int, str] = field(default_factory=dict)

    def plain(self) -> list[Any]:
        ends = [[number, head.decode("ascii")] for number, head in (self.before, self.last)]
        return [*ends, list(self.claimed.items())]

    @classmethod
    def read(cls, plain: list[Any]) -> Self:
        before, last, claimed = plain
        ends = [(int(number), head.encode("ascii")) for number, head in (before, last)]
        return cls(ends[0], ends[1], {int(number): str(head) for number, head in claimed})


def joined(found: Iterable[Chains | None]) -> Chains | None:
    """All shares as one, in their order; None where one is not sound or does not go on after those before."""
    whole = Chains()
    for part in found:
        if part is None or not part.goes_on(whole):
            return None
        whole.count += part.count
        whole.begun |= part.begun
        whole.last |= part.last
        whole.remembering = whole.remembering and part.remembering
    return whole


def in_order(found: Iterable[Order | None]) -> Order | None:
    """The same for positions."""
    whole = None
    for part in found:
        if part is None or (whole is not None and part.before != whole.last):
            return None
        claimed = part.claimed if whole is None else whole.claimed | part.claimed
        whole = Order(part.before if whole is None else whole.before, part.last, claimed)
    return whole


def _plain(links: dict[bytes, Link]) -> list[Any]:
    return [[chain.decode("latin-1"), seq, end.decode("latin-1")] for chain, (seq, end) in links.items()]


def _read(plain: list[Any]) -> dict[bytes, Link]:
    return {chain.encode("latin-1"): (int(seq), end.encode("latin-1")) for chain, seq, end in plain}
