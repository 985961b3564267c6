"""Tables without a column of points that print them at the end of what is asked: 建立责任制（10分）。"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dabiao.standards.tables.grid import Grid, letter
from dabiao.standards.tables.roles import Role, meaning

HEADING: Final = "标准分值"
_PROSE: Final = frozenset({Role.REQUIREMENT, Role.METHOD})
_LOOKED_AT: Final = 30  # rows in which a heading may stand
_SHARE: Final = 0.8  # of the cells must end in points
_FEW: Final = 3
_POINTS: Final = re.compile(
    r"\s*[（(【\[]\s*(?:满分|计|共)?\s*(\d+(?:\.\d{1,3})?)\s*分\s*[）)】\]]\s*[。；;]?\s*$"
)

Found = Mapping[int, re.Match[str]]


def apart(grid: Grid) -> tuple[Grid, str] | None:
    """The sheet with its points in a column of their own, and what was done; None where none are within."""
    for row in list(grid.rows)[:_LOOKED_AT]:
        roles = {column: meaning(text).role for column, text in grid.texts(row)}
        if not _PROSE & set(roles.values()):
            continue
        for column in (column for column, role in roles.items() if role in _PROSE):
            found = _found(grid, row, column)
            if found:
                told = f"{grid.name}：分值写在{letter(column)}列末尾的括号里，已取出作为标准分值，请确认。"
                return _with_column(grid, row, column, found), told
    return None


def _found(grid: Grid, heading: int, column: int) -> Found:
    texts = {row: text for row in grid.rows if row > heading and (text := grid.at(row, column))}
    found = {row: match for row, text in texts.items() if (match := _POINTS.search(text))}
    return found if len(found) >= max(_FEW, _SHARE * len(texts)) else {}


def _with_column(grid: Grid, heading: int, column: int, found: Found) -> Grid:
    """Cells that were merged stay so in the new column: their points count once."""
    width = grid.width
    rows = {row: [*cells, *[""] * (width - len(cells)), ""] for row, cells in grid.rows.items()}
    rows[heading][width] = HEADING
    for row, match in found.items():
        rows[row][column - 1] = match.string[: match.start()]
        rows[row][width] = match[1]
    beside = {
        (row, width + 1): (first, width + 1)
        for (row, place), (first, begun) in grid.merged.items()
        if place == begun == column
    }
    return replace(
        grid, rows={row: tuple(cells) for row, cells in rows.items()}, merged={**grid.merged, **beside}
    )
