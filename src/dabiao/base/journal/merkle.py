"""One digest over many: a Merkle tree as in RFC 6962, so that one row can be proven without the others."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

Hash = Callable[[bytes], Any]
LEAF: Final = b"\x00"  # a leaf can never be taken for a node
NODE: Final = b"\x01"


def leaves(prefix: bytes, contents: Iterable[bytes], hashing: Hash) -> list[bytes]:
    """Digest of each content, all with the same beginning."""
    start = LEAF + prefix
    return [hashing(start + content).digest() for content in contents]


def root(nodes: Sequence[bytes], hashing: Hash) -> bytes:
    """Root over the digests of leaves; an odd one out goes up as it is."""
    level = list(nodes)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [hashing(NODE + left + right).digest() for left, right in pairs] + odd
    return level[0] if level else bytes(hashing(b"").digest())
