"""Moments as SQLite has them, spelled as the digests cover them, many at once."""

from collections.abc import Sequence
from typing import Final

_LONG: Final = len("2026-03-02 02:00:00.000001")
_SHORT: Final = len("2026-03-02 02:00:00")
_SPACE: Final = len("2026-03-02")
_WHOLE: Final = b".000000"


def moments(received: Sequence[bytes]) -> Sequence[bytes]:
    """Canonical moments of those that Django writes; ValueError if any is spelled in another way."""
    if any(one.endswith(_WHOLE) for one in received):
        raise ValueError("a whole second has no fraction")
    text, count = b"\n".join([one + _WHOLE if len(one) == _SHORT else one for one in received]), len(received)
    spaces = text[_SPACE :: _LONG + 1] == b" " * count == b" " * text.count(b" ")
    lines = text[_LONG :: _LONG + 1] == b"\n" * (count - 1) and len(text) == count * (_LONG + 1) - 1
    if not (spaces and lines and text.isascii()) or b"\0" in text:
        raise ValueError("no moments")
    return (text.replace(b" ", b"T").replace(b"\n", b"Z\n") + b"Z").split(b"\n")
