"""Which items of a book go onto a check list (uplift/4, uplift/12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dabiao.kernel.errors import Invalid
from dabiao.standards.rules.book import Book, Item


@dataclass(frozen=True, slots=True)
class Selection:
    """All conditions hold together; an empty one asks nothing.

    `elements` are keys, inner elements included. `areas` are special-area identifiers: items bound to
    none of them fall out, and with `general` False so do the items that hold everywhere.
    """

    elements: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    general: bool = True
    mandatory_only: bool = False


EVERYTHING: Final = Selection()


def chosen(book: Book, selection: Selection = EVERYTHING) -> tuple[Item, ...]:
    """The items selected, in the order printed; Invalid where an element is not the book's."""
    if unknown := selection.elements - {element.key for element in book.elements}:
        raise Invalid(
            f"所选要素不在《{book.title}》中：{'、'.join(sorted(unknown))}；请重新选择要素。",
            {"elements": "所选要素不在本标准中"},
        )
    parents = {element.key: element.parent for element in book.elements}
    return tuple(item for item in book.items if _wanted(item, selection, parents))


def _wanted(item: Item, selection: Selection, parents: Mapping[str, str]) -> bool:
    inside = not selection.elements or bool(selection.elements & set(_upward(item.element, parents)))
    return inside and _in_area(item, selection) and (item.mandatory or not selection.mandatory_only)


def _upward(key: str, parents: Mapping[str, str]) -> list[str]:
    """The element and all around it, innermost first."""
    found = []
    while key:
        found.append(key)
        key = parents.get(key, "")
    return found


def _in_area(item: Item, selection: Selection) -> bool:
    if not item.areas:
        return selection.general
    return not selection.areas or bool(selection.areas & set(item.areas))
