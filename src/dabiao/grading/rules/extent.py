"""How far a re-check goes: on site or not, the district with it or not, intensified in which areas."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Final

WHOLE: Final = 100


def onsite(share: int, number: str) -> bool:
    """Everything at 100 %; below, by the grading's own number, the same for whoever asks again."""
    if share >= WHOLE:
        return True
    lot = int.from_bytes(hashlib.sha256(f"recheck:{number}".encode()).digest()[:8])
    return lot % WHOLE < share


def industrial(section: str, sections: Iterable[object]) -> bool:
    """Whether a section of GB/T 4754 counts as industry."""
    return section in {str(each) for each in sections}


def intensified(areas: Collection[str], special: Iterable[object]) -> list[str]:
    """Areas of the unit in which the re-check is intensified, in the order of the law."""
    return [str(area) for area in special if area in areas]


def share_of(number: int, share: int) -> int:
    """So many of a list, rounded up."""
    return -(-number * share // WHOLE)
