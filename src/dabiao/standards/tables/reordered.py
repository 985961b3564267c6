"""Several tables on one sheet: a heading further down that names its columns in another order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dabiao.standards.tables import headings
from dabiao.standards.tables.grid import Grid, Place, letter, plain
from dabiao.standards.tables.headings import Heading
from dabiao.standards.tables.roles import Role, meaning
from dabiao.standards.tables.values import Hints

_NAMES_POINTS: Final = re.compile(r"[^\d]{0,10}(?:分|值|points)[^\d]{0,4}", re.IGNORECASE)
_MOVED: Final = "?"  # a formula that comes to nothing known


@dataclass(frozen=True, slots=True)
class _Moved:
    """Rows `first`..`last` (the heading's) fall away; below them each column goes where `to` says."""

    first: int
    last: int
    to: Mapping[int, int]


def aligned(grid: Grid, heading: Heading) -> tuple[Grid, tuple[str, ...]]:
    """The sheet with the columns of every further table below those of the first, and what was done."""
    found = [(other, _moved(grid, heading, other)) for other in _others(grid, heading)]
    if not found:
        return grid, ()
    return _rearranged(grid, [each for _, each in found]), tuple(
        _told(grid, heading, other, each.to) for other, each in found
    )


def _others(grid: Grid, heading: Heading) -> Iterator[Heading]:
    for row in grid.rows:
        if row <= heading.last or not _names_points(grid, row):
            continue
        below = replace(grid, rows={place: cells for place, cells in grid.rows.items() if place >= row})
        other = headings.find(below, Hints())
        if other and other.first == row and _places(other) != _places(heading):
            yield other


def _names_points(grid: Grid, row: int) -> bool:
    return any(
        _NAMES_POINTS.fullmatch(plain(text)) and meaning(text).role is Role.POINTS
        for _, text in grid.texts(row)
    )


def _places(heading: Heading) -> dict[str, int]:
    """Every column that serves, by what it holds; levels by their depth."""
    ranked = {"level": heading.levels, "basis": heading.basis}
    found = {f"{name}{rank}": place for name, places in ranked.items() for rank, place in enumerate(places)}
    return found | {str(role): place for role, place in heading.single.items()}


def _moved(grid: Grid, heading: Heading, other: Heading) -> _Moved:
    """Columns that match none of the first table's go beyond its last, where they disturb nothing."""
    known, places = _places(heading), _places(other)
    to = {place: known[name] for name, place in places.items() if name in known}
    free = iter(range(grid.width + 1, 2 * grid.width + 1))
    return _Moved(
        other.first,
        other.last,
        {place: to.get(place) or next(free) for place in range(1, grid.width + 1)},
    )


def _told(grid: Grid, heading: Heading, other: Heading, to: Mapping[int, int]) -> str:
    lost = [
        letter(each.place)
        for each in other.columns
        if to[each.place] > grid.width
        and any(grid.at(row, each.place) for row in grid.rows if row > other.last)
    ]
    unread = f"，{'、'.join(lost)}列没有对应的列，没有读入" if lost else ""
    return (
        f"{grid.name}：第{other.last}行又是一行标题，各列与第{heading.last}行的不同，"
        f"其下各行已按标题对应读取{unread}，请确认。"
    )


def _rearranged(grid: Grid, moved: Sequence[_Moved]) -> Grid:
    fallen = {row for each in moved for row in range(each.first, each.last + 1)}

    def at(place: Place) -> Place:
        row, column = place
        return row, _target(grid, moved, row, column)

    return replace(
        grid,
        rows={row: _cells(grid, moved, row, cells) for row, cells in grid.rows.items() if row not in fallen},
        merged={at(place): at(first) for place, first in grid.merged.items()},
        # What a formula adds up has moved too: one that was not stored cannot be computed any more.
        formulas={
            at(place): written if at(place) == place else _MOVED for place, written in grid.formulas.items()
        },
        dates=frozenset(at(place) for place in grid.dates),
    )


def _cells(grid: Grid, moved: Sequence[_Moved], row: int, cells: tuple[str, ...]) -> tuple[str, ...]:
    placed = {_target(grid, moved, row, column): text for column, text in enumerate(cells, start=1)}
    return tuple(placed.get(column, "") for column in range(1, max(placed, default=0) + 1))


def _target(grid: Grid, moved: Sequence[_Moved], row: int, column: int) -> int:
    """Titles and sections that stand across the columns stay where they are."""
    under = [each for each in moved if each.last < row]
    texts = list(grid.texts(row))
    across = len(texts) == 1 and grid.span(row, texts[0][0]) > 1
    return column if not under or across else under[-1].to.get(column, column)
