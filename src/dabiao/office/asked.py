"""What addresses and forms say, as values."""

from typing import Final

LONGEST: Final = 18  # digits: what every column of ours can hold


def whole(text: str) -> int | None:
    """A number as somebody wrote it; None for anything else, however long."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
