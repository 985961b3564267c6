"""Find the heading rows of a sheet, and say which column holds what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dabiao.standards.tables import columns as telling
from dabiao.standards.tables.columns import Column
from dabiao.standards.tables.grid import Grid, column_number, letter, plain
from dabiao.standards.tables.numbers import worth
from dabiao.standards.tables.roles import Meaning, Role, meaning
from dabiao.standards.tables.values import Hints, TableError

_LOOKED_AT: Final = 60  # rows with text among which the heading is looked for
_DEEPEST: Final = 3  # heading rows
_LONGEST: Final = 24  # characters of a heading
_SHARE: Final = 0.3  # of cells that speak of deductions, for a column to be the 考评办法
_LEAST: Final = 2
_BY_BOTH: Final = frozenset({Role.LEVEL_POINTS, Role.ACTUAL})
_TALKS: Final = re.compile(r"扣|不得分|得\s*\d+\s*分")


@dataclass(frozen=True, slots=True)
class Heading:
    """`first`..`last` are the heading rows. `levels`: columns of the element levels, outermost first."""

    first: int
    last: int
    columns: tuple[Column, ...]
    single: Mapping[Role, int]
    levels: tuple[int, ...]
    basis: tuple[int, ...] = ()  # further columns of requirements, wider than the requirement itself
    remarks: tuple[str, ...] = ()

    def column(self, role: Role) -> int:
        """The column of a role, 0 where there is none."""
        return self.single.get(role, 0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(each.meaning.role for each in self.columns) - {Role.OTHER}

    @property
    def serves(self) -> bool:
        return Role.POINTS in self.roles and self.nearly

    @property
    def nearly(self) -> bool:
        """All but a known heading of points, which the cells beneath may tell."""
        has = self.roles | {Role.POINTS}
        return bool(has & {Role.REQUIREMENT, Role.METHOD}) and len(has) > _LEAST


def find(grid: Grid, hints: Hints) -> Heading | None:
    """The heading of a sheet; None where it has none. TableError where two columns claim one role."""
    told = hints.header_row
    found = _candidate(grid, told, told) if told else _best(grid)
    if hints.columns:
        found = _told(found or _Candidate(hints.header_row, hints.header_row, ()), hints)
    if found is None:
        return None
    columns, said = telling.with_points(grid, found.last, found.columns)
    if Role.POINTS not in {each.meaning.role for each in columns}:
        return None
    return _settled(grid, replace(found, columns=columns), said)


def repeats(grid: Grid, row: int, heading: Heading) -> bool:
    """Is the row the heading printed once more, as at the top of a page?"""
    same = sum(
        plain(grid.filled(row, each.place)) == plain(each.heading)
        for each in heading.columns
        if each.meaning.role is not Role.OTHER
    )
    return same > _LEAST


def _best(grid: Grid) -> _Candidate | None:
    rows = list(grid.rows)[:_LOOKED_AT]
    found = [
        candidate
        for row in rows
        for depth in range(_DEEPEST)
        for candidate in [_candidate(grid, row, row + depth)]
        if candidate.nearly
    ]
    found = [each for each in found if each.serves] or found
    return max(found, key=lambda each: (len(each.roles), each.first - each.last, -each.first), default=None)


def _candidate(grid: Grid, first: int, last: int) -> _Candidate:
    columns = tuple(_column(grid, first, last, place) for place in range(1, grid.width + 1))
    return _Candidate(first, last, tuple(each for each in columns if each.heading))


def _column(grid: Grid, first: int, last: int, place: int) -> Column:
    """Bottom heading first; but 一级要素 over 分值, or 自评 over 得分, say more together."""
    texts = [text for row in range(first, last + 1) if (text := grid.filled(row, place))]
    texts = [text for text in dict.fromkeys(texts) if len(plain(text)) <= _LONGEST]
    if not texts:
        return Column(place, "", Meaning(Role.OTHER))
    whole = meaning("".join(texts))
    known = [whole] if whole.role in _BY_BOTH else []
    known += [meaning(text) for text in (texts[-1], "".join(texts), *reversed(texts[:-1]))]
    found = next((each for each in known if each.role is not Role.OTHER), Meaning(Role.OTHER))
    return Column(place, " ".join(texts), found)


def _told(found: _Candidate, hints: Hints) -> _Candidate:
    """What the person importing said about columns goes before what was found."""
    columns = {each.place: each for each in found.columns}
    for role, letters in hints.columns.items():
        for place, each in columns.items():
            if each.meaning.role == role:
                columns[place] = Column(place, each.heading, Meaning(Role.OTHER))
        for rank, said in enumerate(letters.split("、")):
            place = _said(said)
            heading = columns[place].heading if place in columns else said
            columns[place] = Column(place, heading, Meaning(_role(role), rank))
    return _Candidate(found.first, found.last, tuple(columns[place] for place in sorted(columns)))


def _said(letters: str) -> int:
    try:
        return column_number(letters)
    except ValueError as error:
        raise TableError(f"“{letters}”不是列号。", "请写 A、B、C 这样的列号。") from error


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as error:
        raise TableError(f"不认识列的用途“{name}”。", "请从给出的用途中选。") from error


def _settled(grid: Grid, found: _Candidate, said: list[str]) -> Heading:
    """Exactly one column for each role but the levels; the wider of two requirement columns is the basis."""
    last = max([found.last, *(_bottom(grid, found, each.place) for each in found.columns)])
    columns, guessed = telling.with_levels(grid, last, _by_content(grid, last, found.columns))
    if all(each.meaning.role is not Role.REQUIREMENT for each in columns):
        columns = _last_level_as_requirement(columns)
    single: dict[Role, int] = {}
    remarks = [*said, *guessed, *telling.left_unread(grid, last, columns)]
    for role in Role:
        claims = [each for each in columns if each.meaning.role is role]
        if role in {Role.OTHER, Role.LEVEL, Role.REQUIREMENT, Role.LEVEL_POINTS} or not claims:
            continue
        single[role], more = _one(grid, last, role, claims)
        remarks += more
    required = _filled(grid, last, [each for each in columns if each.meaning.role is Role.REQUIREMENT])
    _refuse_twins(required)
    if required:
        single[Role.REQUIREMENT] = required[-1].place
    return Heading(
        found.first, last, columns, single, _levels(columns),
        tuple(each.place for each in required[:-1]), tuple(remarks),
    )  # fmt: skip


def _bottom(grid: Grid, found: _Candidate, place: int) -> int:
    """Last row of the merged range a heading lies in."""
    row = found.last
    heading_rows = range(found.first, found.last + 1)
    while row - found.last < _DEEPEST and grid.merged.get((row + 1, place), (0, 0))[0] in heading_rows:
        row += 1
    return row


def _by_content(grid: Grid, last: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """考核标准, 考评方法 and the like may head either; the 考评办法 is where deductions are spoken of."""
    prose = [each for each in columns if each.meaning.role in {Role.METHOD, Role.REQUIREMENT, Role.CHECK}]
    shares = {each.place: _share(grid, last, each.place) for each in prose}
    best = max(prose, key=lambda each: (shares[each.place], each.place), default=None)
    methods = [each for each in prose if each.meaning.role is Role.METHOD]
    if best is None or shares[best.place] < _SHARE or any(shares[each.place] >= _SHARE for each in methods):
        return columns
    swapped = {each.place: Column(each.place, each.heading, Meaning(Role.CHECK)) for each in methods}
    swapped[best.place] = Column(best.place, best.heading, Meaning(Role.METHOD))
    return tuple(swapped.get(each.place, each) for each in columns)


def _share(grid: Grid, last: int, place: int) -> float:
    texts = [text for row in telling.sample(grid, last) if (text := grid.at(row, place))]
    return sum(bool(_TALKS.search(text)) for text in texts) / len(texts) if texts else 0.0


def _last_level_as_requirement(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """类目, 项目, 分值, 评分标准: the innermost level is what is asked."""
    levels = [each for each in columns if each.meaning.role is Role.LEVEL]
    if not levels:
        return columns
    inner = max(levels, key=lambda each: (each.meaning.rank, each.place))
    asked = Column(inner.place, inner.heading, Meaning(Role.REQUIREMENT))
    return tuple(asked if each is inner else each for each in columns)


def _one(grid: Grid, last: int, role: Role, claims: list[Column]) -> tuple[int, list[str]]:
    claims = _filled(grid, last, claims, numbers=role is Role.POINTS)
    best = min(each.meaning.rank for each in claims)
    first = [each for each in claims if each.meaning.rank == best]
    if len(first) > 1 and role in {Role.POINTS, Role.METHOD}:
        raise _twins(first)
    if len(claims) == 1:
        return first[0].place, []
    named = "、".join(str(each) for each in claims)
    return first[0].place, [f"{named}含义相近，取{letter(first[0].place)}列，请确认。"]


def _filled(grid: Grid, last: int, claims: list[Column], *, numbers: bool = False) -> list[Column]:
    """Those of the columns with something beneath; all where none has."""
    rows = telling.sample(grid, last)

    def has(each: Column) -> bool:
        texts = (grid.at(row, each.place) for row in rows)
        if numbers:
            return any(worth(text).points is not None or (row, each.place) in grid.formulas
                       for row, text in zip(rows, texts, strict=True))  # fmt: skip
        return any(texts)

    return [each for each in claims if has(each)] or claims


def _refuse_twins(required: list[Column]) -> None:
    texts = [plain(each.heading) for each in required]
    twins = [each for each in required if texts.count(plain(each.heading)) > 1]
    if twins:
        raise _twins(twins)


def _twins(columns: list[Column]) -> TableError:
    named = "、".join(str(each) for each in columns)
    return TableError(
        f"{named}标题相同或含义相同，分不清用哪一列。",
        "请删去或改名其中一列，或在导入时指明列；两张表左右并排的，请改为上下排列或分放两张工作表。",
    )


def _levels(columns: tuple[Column, ...]) -> tuple[int, ...]:
    levels = [each for each in columns if each.meaning.role is Role.LEVEL]
    return tuple(each.place for each in sorted(levels, key=lambda each: (each.meaning.rank, each.place)))
