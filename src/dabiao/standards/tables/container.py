"""The OLE container around an xls: find one stream in it, whatever the file says of itself.

Read here, byte by byte: the library at hand trusts what a broken file states and took 11 GB for one.
"""

import struct
from dataclasses import dataclass
from typing import Final

_HEADER: Final = 512
_IN_HEADER: Final = 109  # sectors of the table named in the header itself
_ENTRY: Final = 128
_LAST: Final = 0xFFFFFFFA  # and above: no sector
_SMALLEST: Final = 7
_LARGEST: Final = 12  # powers of two a sector may be
_STREAM: Final = 2
_ROOT: Final = 5


class Damaged(ValueError):
    """The container contradicts itself."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class _Sectors:
    """Sectors of one size with the table that chains them."""

    content: bytes
    size: int
    chain: tuple[int, ...]

    def read(self, first: int) -> bytes:
        found, seen, at = [], 0, first
        while at < _LAST:
            if at >= len(self.chain) or seen > len(self.chain):
                raise Damaged
            found.append(self.content[at * self.size : (at + 1) * self.size])
            at, seen = self.chain[at], seen + 1
        return b"".join(found)


def stream(content: bytes, *names: str) -> bytes:
    """The first of the named streams there is; Damaged where there is none or it cannot be followed."""
    try:
        return _stream(content, names)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Damaged from error


def _stream(content: bytes, names: tuple[str, ...]) -> bytes:
    shift, small = struct.unpack_from("<HH", content, 30)
    if not (_SMALLEST <= shift <= _LARGEST and small < shift):
        raise Damaged
    whole = _Sectors(content[max(_HEADER, 1 << shift) :], 1 << shift, _table(content, 1 << shift))
    (directory,) = struct.unpack_from("<I", content, 48)
    entries = _entries(whole.read(directory))
    found = next(
        (each for name in names for each in entries if each.name == name and each.kind == _STREAM), None
    )
    if found is None:
        raise Damaged
    cutoff, minis = struct.unpack_from("<II", content, 56)
    if found.size >= cutoff:
        return whole.read(found.start)[: found.size]
    root = next(each for each in entries if each.kind == _ROOT)
    chain = whole.read(minis)
    inner = _Sectors(whole.read(root.start), 1 << small, struct.unpack(f"<{len(chain) // 4}I", chain))
    return inner.read(found.start)[: found.size]


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """The chain of all sectors, from the sectors that hold it."""
    (more,) = struct.unpack_from("<I", content, 68)
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    most = len(content) // size + 1
    while more < _LAST and len(places) <= most + _IN_HEADER:
        *further, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        places += further
    chain: list[int] = []
    for place in places[: most + _IN_HEADER]:
        if place < _LAST:
            part = content[(place + 1) * size : (place + 2) * size].ljust(size, b"\xff")
            chain += struct.unpack(f"<{size // 4}I", part)
    return tuple(chain[:most])


def _entries(directory: bytes) -> list[_Entry]:
    found = []
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
        start, size = struct.unpack_from("<II", directory, at + 116)
        found.append(_Entry(name, directory[at + 66], start, size))
    return found
