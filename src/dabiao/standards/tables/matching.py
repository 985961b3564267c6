"""Which row of a filled copy is which item: by text first, by place only between sure neighbours."""

import difflib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from dabiao.standards.rules.book import Book, Item
from dabiao.standards.tables.grid import plain
from dabiao.standards.tables.numbers import dotted, printed
from dabiao.standards.tables.raw import RawItem, together

_ALIKE: Final = 0.8  # of the text, between sure neighbours
_COMPARED: Final = 400  # characters
_MOST_TRIED: Final = 40  # items compared with one row


@dataclass(frozen=True, slots=True)
class _Print:
    """What an item or a row is recognised by. `place` counts in the order printed."""

    place: int
    element: str
    number: str
    requirement: str
    method: str
    points: int


@dataclass(slots=True)
class Matches:
    """`found`: place of a row -> place of its item. `alike`: rows matched although their text differs."""

    found: dict[int, int] = field(default_factory=dict)
    alike: list[int] = field(default_factory=list)
    ambiguous: set[int] = field(default_factory=set)


_KEYS: Final[tuple[Callable[[_Print], Hashable], ...]] = (
    lambda each: (each.element, each.requirement, each.method, each.points),
    lambda each: (each.element, each.requirement, each.points),
    lambda each: (each.requirement, each.method, each.points),
    lambda each: (each.requirement, each.points),
    lambda each: (each.element, each.requirement),
    lambda each: each.requirement,
)


def match(book: Book, rows: Sequence[RawItem]) -> Matches:
    """Pair rows with items; a row is left out rather than paired on a guess."""
    items = [_of_item(place, item, book) for place, item in enumerate(book.items)]
    prints = [_of_row(place, row) for place, row in enumerate(rows)]
    matches = Matches()
    for key in _KEYS:
        _by(key, items, prints, matches)
    _first_of_repeated(items, prints, matches)
    _by_likeness(items, prints, matches)
    _tell_ambiguous(items, prints, matches)
    return matches


def _of_item(place: int, item: Item, book: Book) -> _Print:
    titles = {each.key: each.title for each in book.elements}
    element = plain(titles.get(item.element, ""))
    return _Print(place, element, item.number, plain(item.requirement), plain(item.method), item.points)


def _of_row(place: int, row: RawItem) -> _Print:
    requirement = together(row.requirement)
    number = dotted(requirement)
    text = plain(requirement).removeprefix(number).lstrip("、.") if number else plain(requirement)
    element = printed(row.levels[-1]).title if row.levels else ""
    return _Print(place, plain(element), number, text, plain(together(row.method)), row.points)


def _by(key: Callable[[_Print], Hashable], items: list[_Print], rows: list[_Print], matches: Matches) -> None:
    """Pair in order where as many rows as items share the key."""
    for here, there in _groups(key, items, rows, matches):
        if len(here) == len(there):
            matches.found.update({row.place: item.place for row, item in zip(here, there, strict=True)})


def _groups(
    key: Callable[[_Print], Hashable], items: list[_Print], rows: list[_Print], matches: Matches
) -> Iterator[tuple[list[_Print], list[_Print]]]:
    taken = set(matches.found.values())
    there: dict[Hashable, list[_Print]] = defaultdict(list)
    here: dict[Hashable, list[_Print]] = defaultdict(list)
    for item in items:
        if item.place not in taken and item.requirement:
            there[key(item)].append(item)
    for row in rows:
        if row.place not in matches.found:
            here[key(row)].append(row)
    for same in here.keys() & there.keys():
        yield here[same], there[same]


def _first_of_repeated(items: list[_Print], rows: list[_Print], matches: Matches) -> None:
    """A row copied once more: the first stands for the item, the copies stay unmatched and are told."""
    for here, there in _groups(_KEYS[0], items, rows, matches):
        if len(here) > len(there):
            matches.found.update({row.place: item.place for row, item in zip(here, there, strict=False)})


def _by_likeness(items: list[_Print], rows: list[_Print], matches: Matches) -> None:
    for row in rows:
        if row.place in matches.found:
            continue
        free = [items[place] for place in _between(row.place, len(items), matches)]
        alike = max(free[:_MOST_TRIED], key=lambda each: _likeness(row, each), default=None)
        if alike is not None and _likeness(row, alike) >= _ALIKE:
            matches.found[row.place] = alike.place
            matches.alike.append(row.place)


def _between(place: int, count: int, matches: Matches) -> list[int]:
    """Items not yet taken between the neighbours of the row that are sure."""
    before = [matches.found[each] for each in range(place - 1, -1, -1) if each in matches.found][:1]
    after = [item for each, item in sorted(matches.found.items()) if each > place][:1]
    first, last = (before or [-1])[0] + 1, (after or [count])[0]
    taken = set(matches.found.values())
    return [each for each in range(first, last) if each not in taken]


def _likeness(row: _Print, item: _Print) -> float:
    if row.points != item.points:
        return 0.0
    if row.requirement and row.requirement.startswith(item.requirement) and item.requirement:
        return 1.0
    if row.requirement and item.requirement.startswith(row.requirement):
        return 1.0
    texts = row.requirement[:_COMPARED], item.requirement[:_COMPARED]
    return difflib.SequenceMatcher(None, *texts, autojunk=False).ratio()


def _tell_ambiguous(items: list[_Print], rows: list[_Print], matches: Matches) -> None:
    for here, there in _groups(_KEYS[-1], items, rows, matches):
        if len(there) > 1:
            matches.ambiguous.update(row.place for row in here)
