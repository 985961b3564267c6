"""XML that came from outside: does it declare a document type, and with it entities of its own?"""

from typing import IO, Any, Final
from xml.parsers import expat

PIECE: Final = 4096


class _Settled(Exception):
    """Told within the parser; `declares` is the answer."""

    def __init__(self, declares: bool) -> None:
        super().__init__()
        self.declares = declares


def declares_doctype(stream: IO[bytes]) -> bool:
    """Asked of the parser, not of the bytes: they may be in any encoding, behind a comment of any length.

    Reads no further than the first element, after which none can follow. What is no XML declares none.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _found
    parser.StartElementHandler = _too_late
    try:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
    except _Settled as settled:
        return settled.declares
    except (expat.ExpatError, LookupError, ValueError):  # broken, or in an encoding nobody knows
        return False
    return False


def _found(*_: Any) -> None:
    raise _Settled(True)


def _too_late(*_: Any) -> None:
    raise _Settled(False)
