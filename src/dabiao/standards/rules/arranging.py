"""Items of a draft that were read wrongly: two that are one, one that is two, one in the wrong place.

Keys of rules are counted anew; `Moved` says what became of each, so that confirmed phrases follow their rule.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dabiao.standards.rules.book import Book, Item, Rule

STEP: Final = 1000  # between the places of two items, so that others fit between

Moved = dict[tuple[str, str], tuple[str, str]]  # item and rule as they were -> as they are


@dataclass(frozen=True, slots=True)
class Part:
    """What of an item goes into a new one of its own: its words, its points, keys of its rules."""

    requirement: str
    points: int
    rules: frozenset[str] = frozenset()


def together(first: Item, second: Item, points: int) -> tuple[Item, Moved]:
    """Two items as one, under the first's key and number; what the second says comes after."""
    rules = _counted((*first.rules, *second.rules))
    olds = [(item.key, rule.key) for item in (first, second) for rule in item.rules]
    one = replace(
        first,
        requirement=_lines(first.requirement, second.requirement),
        method=_lines(first.method, second.method),
        check=_lines(first.check, second.check),
        citation=_lines(first.citation, second.citation),
        points=points,
        rules=rules,
        veto=max(first.veto, second.veto, key=len),
        mandatory=first.mandatory or second.mandatory,
        areas=tuple(dict.fromkeys((*first.areas, *second.areas))),
    )
    return one, {old: (first.key, rule.key) for old, rule in zip(olds, rules, strict=True)}


def apart(item: Item, stays: Part, goes: Part, key: str) -> tuple[Item, Item, Moved]:
    """One item as two in the same element; the second begins with what goes and the key given."""
    left = _part(item, stays, [rule for rule in item.rules if rule.key not in goes.rules], item.key)
    right = _part(item, goes, [rule for rule in item.rules if rule.key in goes.rules], key)
    moved: Moved = {}
    for old in item.rules:
        new = right if old.key in goes.rules else left
        place = [each.key for each in item.rules if (each.key in goes.rules) == (new is right)].index(old.key)
        moved[item.key, old.key] = (new.key, new.rules[place].key)
    return left, right, moved


def free_key(book: Book, element: str, taken: Collection[str] = ()) -> str:
    """The next number below the element that no item has, or has had."""
    used = {each.key for each in book.items} | {each.number for each in book.items} | set(taken)
    ordinal = sum(each.element == element for each in book.items) + 1
    while f"{element}.{ordinal}" in used:
        ordinal += 1
    return f"{element}.{ordinal}"


def free_element(book: Book, parent: str) -> str:
    """The next number below the parent that no element has."""
    used = {each.key for each in book.elements}
    ordinal = sum(each.parent == parent for each in book.elements) + 1
    while (key := f"{parent}.{ordinal}" if parent else str(ordinal)) in used:
        ordinal += 1
    return key


def after(book: Book, element: str) -> str:
    """Key of the item a new one of the element comes behind: the last at or below it, or before it."""
    order = [each.key for each in book.elements]
    up_to = set(order[: order.index(element) + 1]) | set(below(book, element))
    return next((item.key for item in reversed(book.items) if item.element in up_to), "")


def below(book: Book, element: str) -> list[str]:
    """The element and all that lie in it, in printed order."""
    found = [element]
    for each in book.elements:
        if each.parent in found:
            found.append(each.key)
    return found


def room(before: int, behind: int | None) -> int | None:
    """A place between two, None where there is none; behind None: at the end."""
    if behind is None:
        return before + STEP
    middle = (before + behind) // 2
    return middle if before < middle < behind else None


def _part(item: Item, part: Part, rules: Sequence[Rule], key: str) -> Item:
    method = "；".join(rule.text for rule in rules)
    return replace(
        item,
        key=key,
        number=item.number if key == item.key else key,
        requirement=part.requirement,
        points=part.points,
        rules=_counted(rules),
        method=f"{method}。" if method else "",
    )


def _counted(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(replace(rule, key=str(number)) for number, rule in enumerate(rules, start=1))


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))
