"""What a sum formula comes to, where the file does not store it: SUM, SUBTOTAL(9), + and - over cells."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from dabiao.kernel.points import points
from dabiao.standards.tables.grid import Grid, Place, column_number

_BUDGET: Final = 200_000  # cells looked at, so that formulas about formulas end
_TERM: Final = re.compile(r"([+-]?)((?:SUM|SUBTOTAL)\([^()]*\)|[A-Z]{1,3}\d{1,7}|\d+(?:\.\d+)?)")
_RANGE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_NINE: Final = re.compile(r"(?:10)?9,")


class _Unknown(Exception):
    """The formula is not a sum, or too long."""


@dataclass(slots=True)
class Sums:
    """Evaluates sums over one grid; `value` reads a cell's text as thousandths (None: not a number)."""

    grid: Grid
    value: Callable[[str], int | None]
    known: dict[Place, int | None] = field(default_factory=dict)
    budget: int = _BUDGET

    def at(self, row: int, column: int) -> int | None:
        """What the formula in this cell comes to in thousandths; None where that cannot be said."""
        try:
            return self._cell(row, column)
        except (_Unknown, RecursionError):
            return None

    def _cell(self, row: int, column: int) -> int:
        self.budget -= 1
        if self.budget < 0:
            raise _Unknown
        place = (row, column)
        if place not in self.known:
            self.known[place] = 0  # a formula that leads back to itself adds nothing
            self.known[place] = self._new(place)
        known = self.known[place]
        if known is None:
            raise _Unknown
        return known

    def _new(self, place: Place) -> int | None:
        formula = self.grid.formulas.get(place)
        stored = self.value(self.grid.at(*place))
        if not formula or stored is not None:
            return stored or 0
        try:
            return self._sum(formula)
        except _Unknown:
            return None

    def _sum(self, formula: str) -> int:
        text = "".join(formula.upper().replace("$", "").split()).removeprefix("=").removeprefix("+")
        total, end = 0, 0
        for term in _TERM.finditer(text):
            if term.start() != end or (end and not term[1]):
                raise _Unknown
            total += self._term(term[2]) * (-1 if term[1] == "-" else 1)
            end = term.end()
        if not text or end != len(text):
            raise _Unknown
        return total

    def _term(self, text: str) -> int:
        if text[0].isdigit():
            return points(text)
        if "(" not in text:
            return self._over(text)
        inside = text[text.index("(") + 1 : -1]
        if not text.startswith("SUBTOTAL"):
            return sum(self._over(part) for part in inside.split(",") if part)
        if not _NINE.match(inside):
            raise _Unknown
        parts = inside[inside.index(",") + 1 :].split(",")
        return sum(self._over(part, nested=False) for part in parts if part)

    def _over(self, text: str, *, nested: bool = True) -> int:
        """The cells of a range; SUBTOTAL leaves out other SUBTOTALs among them."""
        cells = (place for place in self._places(text) if nested or not self._is_subtotal(place))
        return sum(self._cell(*place) for place in cells)

    def _is_subtotal(self, place: Place) -> bool:
        return "SUBTOTAL(" in self.grid.formulas.get(place, "").upper()

    def _places(self, text: str) -> Iterator[Place]:
        found = _RANGE.fullmatch(text)
        if not found:
            raise _Unknown
        first, last = column_number(found[1]), column_number(found[3] or found[1])
        for row in range(int(found[2]), min(int(found[4] or found[2]), self.grid.last) + 1):
            for column in range(first, min(last, self.grid.width) + 1):
                yield row, column
