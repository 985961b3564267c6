"""What an initial visit looks at besides the vetoes: high-risk areas of law, special areas of the unit."""

from collections.abc import Iterable
from typing import Final

from dabiao.standards.rules.rulebook import Rulebook

# Editions tag items of special processes; fire and electricity are chapters, known by their headings.
HEADINGS: Final = {
    "dust_explosion": ("粉尘",),
    "hazardous_chemical_use": ("危险化学品", "危化品"),
    "fire": ("消防",),
    "electricity": ("用电", "电气"),
    "confined_space": ("有限空间",),
}


def focused(rulebook: Rulebook, areas: Iterable[str]) -> tuple[str, ...]:
    """Keys of the items of these areas, and of all special areas of the unit."""
    wanted = {*areas, *(rulebook.areas or ())}
    words = tuple(word for area in sorted(wanted) for word in HEADINGS.get(area, ()))
    chapters = _chapters(rulebook, words)
    return tuple(
        item.key for item in rulebook.book.items if set(item.areas) & wanted or item.element in chapters
    )


def _chapters(rulebook: Rulebook, words: tuple[str, ...]) -> frozenset[str]:
    """Elements whose heading, or that of one they lie in, speaks of an area."""
    elements = {each.key: each for each in rulebook.book.elements}

    def spoken(key: str) -> bool:
        while key:
            if any(word in elements[key].title for word in words):
                return True
            key = elements[key].parent
        return False

    return frozenset(key for key in elements if spoken(key))
