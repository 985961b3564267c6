"""Make elements of the headings that items lie under."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from dabiao.standards.rules.book import Element, Group
from dabiao.standards.tables.grid import plain
from dabiao.standards.tables.numbers import Printed, printed

_AGAIN: Final = re.compile(r"\(?续表?\)?$")  # an element going on over the page

Path = tuple[str, ...]


@dataclass(slots=True)
class Tree:
    """Elements in the order first met; a heading met again under the same parents is the same element."""

    elements: dict[str, Element] = field(default_factory=dict)
    _keys: dict[Path, str] = field(default_factory=dict)

    def key(self, path: Path, points: Mapping[Path, int]) -> str:
        """The key of the innermost element of the path, made with its parents where it is new."""
        if not path:
            return ""
        same = _bare(path)
        if same not in self._keys:
            parent = self.key(path[:-1], points)
            self._keys[same] = self._add(parent, printed(path[-1]), points.get(path))
        return self._keys[same]

    def has(self, path: Path) -> bool:
        """Does any item lie under these headings?"""
        return _bare(path) in self._keys

    def _add(self, parent: str, heading: Printed, points: int | None) -> str:
        key = self._free(self._wanted(parent, heading.digits), parent)
        stated = heading.points if heading.points is not None else points
        self.elements[key] = Element(key, heading.title, heading.number, parent, stated)
        return key

    def _wanted(self, parent: str, digits: str) -> str:
        """1.1 stays 1.1 below 1; below a heading of another number, or of none, it comes after its key."""
        if not digits or not parent or digits.startswith(f"{parent}."):
            return digits
        if "." not in digits:
            return _below(parent, digits)
        above = self.elements[parent]
        inner = digits.removeprefix(f"{printed(f'{above.number}、{above.title}').digits}.")
        return _below(parent, inner) if above.number and inner != digits else _below(parent, digits)

    def _free(self, wanted: str, parent: str) -> str:
        ordinal = sum(each.parent == parent for each in self.elements.values()) + 1
        key = wanted or _below(parent, str(ordinal))
        while key in self.elements:
            ordinal += 1
            key = _below(parent, str(ordinal))
        return key

    def grouped(self) -> tuple[Element, ...]:
        """The elements; with groups where 基础管理 and 现场安全技术 are outermost (DB11/T 1322.1)."""
        groups = {each.key: _group(each.title) for each in self.elements.values() if not each.parent}
        if not {Group.BASIC, Group.ONSITE} <= set(groups.values()):
            return tuple(self.elements.values())
        return tuple(replace(each, group=groups[self._root(each.key)]) for each in self.elements.values())

    def _root(self, key: str) -> str:
        while self.elements[key].parent:
            key = self.elements[key].parent
        return key


def _bare(path: Path) -> Path:
    return tuple(_AGAIN.sub("", plain(text)) for text in path)


def _below(parent: str, number: str) -> str:
    return f"{parent}.{number}" if parent else number


def _group(title: str) -> Group:
    if "现场安全技术" in title:
        return Group.ONSITE
    return Group.BASIC if "基础管理" in title else Group.NONE
