"""Texts of an xls: in eight or sixteen bits, and the shared ones, which may go on in the next record."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WIDE, _PHONETIC, _RICH = 1, 4, 8
_MOST: Final = 500_000  # shared texts


def string(data: bytes, at: int, *, short: bool = False) -> str:
    """A text with its length before it, in one byte or in two."""
    length = data[at] if short else struct.unpack_from("<H", data, at)[0]
    at += 1 if short else 2
    return _text(data[at + 1 :], length, wide=bool(data[at] & _WIDE))


def shared(records: Sequence[bytes]) -> list[str]:
    """The table of shared texts, from its record and those that continue it."""
    if not records:
        return []
    (count,) = struct.unpack_from("<I", records[0], 4)
    reader = _Reader(records, 0, 8)
    return [reader.text() for _ in range(min(count, _MOST)) if not reader.done]


@dataclass(slots=True)
class _Reader:
    """A place in the records. Characters that a record's end breaks off go on in the next after a flag."""

    records: Sequence[bytes]
    record: int
    at: int

    @property
    def done(self) -> bool:
        return self._left() <= 0 and self.record + 1 >= len(self.records)

    def text(self) -> str:
        (length, flags) = struct.unpack("<HB", self._take(3))
        (runs,) = struct.unpack("<H", self._take(2)) if flags & _RICH else (0,)
        (more,) = struct.unpack("<I", self._take(4)) if flags & _PHONETIC else (0,)
        text = self._characters(length, wide=bool(flags & _WIDE))
        self._take(4 * runs + more)
        return text

    def _characters(self, length: int, *, wide: bool) -> str:
        found, taken = b"", 0  # in sixteen bits, as a record may end within a character of two
        while True:
            step = 2 if wide else 1
            here = min(length - taken, self._left() // step)
            part = self.records[self.record][self.at : self.at + here * step]
            found += part if wide else part.decode("latin-1").encode("utf-16-le")
            self.at += here * step
            taken += here
            if taken >= length:
                return found.decode("utf-16-le", "replace")
            self._next()
            wide = bool(self._take(1)[0] & _WIDE)

    def _take(self, size: int) -> bytes:
        found = b""
        while True:
            part = self.records[self.record][self.at : self.at + size - len(found)]
            found += part
            self.at += len(part)
            if len(found) >= size:
                return found
            self._next()

    def _left(self) -> int:
        return len(self.records[self.record]) - self.at

    def _next(self) -> None:
        self.record, self.at = self.record + 1, 0
        if self.record >= len(self.records):
            raise ValueError("shared texts end early")


def _text(data: bytes, length: int, *, wide: bool) -> str:
    if wide:
        return data[: 2 * length].decode("utf-16-le", "replace")
    return data[:length].decode("latin-1")
