"""What columns hold, told by their cells where the heading does not say it; and what was left unread."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from dabiao.standards.tables.grid import Grid, letter
from dabiao.standards.tables.numbers import worth
from dabiao.standards.tables.roles import Meaning, Role

_SAMPLE: Final = 200  # rows looked at
_NUMBERS: Final = 0.8  # of the cells, for a column to be the 标准分值
_TEXTS: Final = 0.6  # of the cells, for a column to hold headings
_SHORT: Final = 60  # characters of an element's heading
_POINTS: Final = re.compile(r"分|值|point|score", re.IGNORECASE)
_TOLD: Final = frozenset({Role.OTHER, Role.REMARK})


@dataclass(frozen=True, slots=True)
class Column:
    place: int
    heading: str
    meaning: Meaning

    @property
    def short(self) -> str:
        return "".join(self.heading.split())

    def __str__(self) -> str:
        return (
            f"{letter(self.place)}列“{self.short}”" if self.heading else f"{letter(self.place)}列（没有标题）"
        )


Columns = tuple[Column, ...]


def sample(grid: Grid, last: int) -> list[int]:
    """The first rows below the heading."""
    return [row for row in grid.rows if row > last][:_SAMPLE]


def with_points(grid: Grid, last: int, columns: Columns) -> tuple[Columns, list[str]]:
    """Without a known heading of points, the one column of numbers that speaks of 分 is taken, and shown."""
    if any(each.meaning.role is Role.POINTS for each in columns):
        return columns, []
    likely = [each for each in columns if _may_be_points(grid, last, each)]
    if len(likely) != 1:
        return columns, []
    told = f"{grid.name}：{likely[0]}没有见过，因为是数字，按标准分值读取，请确认。"
    return _given(columns, likely, Meaning(Role.POINTS)), [told]


def with_levels(grid: Grid, last: int, columns: Columns) -> tuple[Columns, list[str]]:
    """Unknown columns of short texts, left of what is asked, are taken for elements, and shown."""
    asked = [each.place for each in columns if each.meaning.role in {Role.REQUIREMENT, Role.METHOD}]
    likely = [
        each
        for each in columns
        if each.meaning.role is Role.OTHER
        and each.place < min(asked, default=0)
        and _headings(grid, last, each)
    ]
    told = [f"{grid.name}：{each}没有见过，按要素名称读取，请确认。" for each in likely]
    levels = [each for each in columns if each.meaning.role is Role.LEVEL]
    for each in likely:
        outer = max((level.meaning.rank for level in levels if level.place < each.place), default=0)
        columns = _given(columns, [each], Meaning(Role.LEVEL, outer))
        levels = [column for column in columns if column.meaning.role is Role.LEVEL]
    return columns, told


def left_unread(grid: Grid, last: int, columns: Columns) -> Iterator[str]:
    """Columns with text beneath that serve nothing: never dropped without a word."""
    known = {each.place for each in columns}
    unheaded = (
        Column(place, "", Meaning(Role.OTHER)) for place in range(1, grid.width + 1) if place not in known
    )
    for each in (*(each for each in columns if each.meaning.role in _TOLD), *unheaded):
        rows = [
            row for row in sample(grid, last) if grid.at(row, each.place) and len(list(grid.texts(row))) > 1
        ]
        if rows:
            yield f"{grid.name}：{each}有文字（如第{rows[0]}行），没有读入条目，请确认是否需要。"


def _given(columns: Columns, chosen: Sequence[Column], meaning: Meaning) -> Columns:
    return tuple(replace(each, meaning=meaning) if each in chosen else each for each in columns)


def _texts(grid: Grid, last: int, column: Column) -> list[str]:
    return [text for row in sample(grid, last) if (text := grid.at(row, column.place))]


def _may_be_points(grid: Grid, last: int, column: Column) -> bool:
    texts = _texts(grid, last, column)
    if column.meaning.role is not Role.OTHER or not texts or not _POINTS.search(column.heading):
        return False
    return sum(worth(text).points is not None for text in texts) >= _NUMBERS * len(texts)


def _headings(grid: Grid, last: int, column: Column) -> bool:
    texts = _texts(grid, last, column)
    short = [text for text in texts if len(text) <= _SHORT and worth(text).points is None]
    runs = [text for text, _ in groupby(texts)]
    return bool(texts) and len(short) >= _TEXTS * len(texts) and len(set(runs)) == len(runs)
