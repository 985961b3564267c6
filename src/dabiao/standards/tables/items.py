"""Read the rows of one sheet below its heading into items, sums, notes and faults."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dabiao.kernel.points import spell
from dabiao.standards.tables import headings, lines
from dabiao.standards.tables.formulas import Sums
from dabiao.standards.tables.grid import Grid, letter, plain
from dabiao.standards.tables.headings import Heading
from dabiao.standards.tables.numbers import printed, thousandths
from dabiao.standards.tables.roles import Role
from dabiao.standards.tables.values import Fault, Spot

_FORMULA: Final = "公式"  # one that cannot be computed
_CHINESE: Final = frozenset({0, 1, 2})  # depths of 第一部分, 一、, （一）
_SAME: Final = frozenset({"同上", "〃", '"', "″", "”"})
_VETO_MARKS: Final = ("※", "否决")
_SHORT: Final = re.compile(r"[^。；;，,]{1,30}")
_FILLED_IN: Final = (Role.WORDS, Role.NOT_APPLICABLE, Role.ACTUAL)
_NO_POINTS: Final = frozenset({"/", "-", "—", "——", "无"})
_CARRIED: Final = (Role.NUMBER, Role.CHECK, Role.CITATION, Role.VETO, Role.MANDATORY)


@dataclass(slots=True)
class RawItem:
    """An item as printed: texts of its rows, not yet joined. `levels`: headings it lies under."""

    row: int
    levels: tuple[str, ...]
    points: int
    requirement: list[str]
    method: list[str]
    texts: dict[Role, str]
    basis: str = ""
    marked: bool = False  # ※ or 否决 stands in the points column
    filled: dict[Role, list[tuple[int, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum the table states: `upto` items of the sheet come before it."""

    row: int
    kind: str
    stated: int | None
    upto: int


@dataclass(slots=True)
class SheetRead:
    """All that one sheet says."""

    grid: Grid
    heading: Heading
    items: list[RawItem] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    level_points: dict[tuple[str, ...], int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # rows taken as the going on of an item


def read(grid: Grid, heading: Heading) -> SheetRead:
    """Read every row below the heading; nothing is dropped without a word."""
    reader = _Reader(SheetRead(grid, heading), grid, heading)
    rows = [row for row in grid.rows if row > heading.last]
    for row, following in zip(rows, [*rows[1:], 0], strict=True):
        reader.take(row, following)
    reader.close()
    return reader.out


@dataclass(slots=True)
class _Reader:
    out: SheetRead
    grid: Grid
    heading: Heading
    levels: list[str] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)  # headings with no item beneath them yet
    ended: bool = False  # the grand total has been passed
    noted: int = 0  # column of a note, until an item comes
    current: RawItem | None = None  # what filled-in cells belong to
    sums: Sums = field(init=False)

    def __post_init__(self) -> None:
        self.levels = [""] * len(self.heading.levels)
        self.sums = Sums(self.grid, thousandths)

    def take(self, row: int, following: int) -> None:
        label = lines.sum_label(self.grid, row)
        if label:
            self._total(row, *label)
        elif headings.repeats(self.grid, row, self.heading) or self._numbers_columns(row):
            pass
        elif self._is_note(row):
            self._note(row)
        elif self._is_section(row, following):
            self._section(row)
        else:
            self._row(row)

    def close(self) -> None:
        """Headings under which no item came are notes below the table."""
        self.out.notes += [text for _, text in self.loose if not lines.is_field(text)]

    def _note(self, row: int) -> None:
        texts = list(self.grid.texts(row))
        self.out.notes += [text for _, text in texts if not lines.is_field(text)]
        self.noted = texts[0][0]
        if all(lines.is_field(text) for _, text in texts):
            self.out.remarks.append(f"{self._spot(row)}看作填写栏，没有读取。")

    def _own(self, row: int, role: Role) -> str:
        return self.grid.at(row, self.heading.column(role))

    def _shown(self, row: int, role: Role) -> str:
        return self.grid.filled(row, self.heading.column(role))

    def _total(self, row: int, column: int, found: re.Match[str]) -> None:
        kind = found["kind"]
        self.ended = self.ended or lines.is_grand(kind)
        stated = thousandths(found["points"]) if found["points"] else self._stated(row, column)
        self.out.totals.append(Total(row, kind, stated, len(self.out.items)))

    def _stated(self, row: int, label: int) -> int | None:
        """The number beside the words: in the points column, else the first to their right."""
        filled_in = {self.heading.column(role) for role in _FILLED_IN}
        beside = [place for place in range(label + 1, self.grid.width + 1) if place not in filled_in]
        for place in (self.heading.column(Role.POINTS), *beside):
            value = self._number(row, place)
            if value is not None:
                return value
        return None

    def _number(self, row: int, column: int) -> int | None:
        stored = thousandths(self.grid.at(row, column))
        if stored is None and (row, column) in self.grid.formulas:
            return self.sums.at(row, column)
        return stored

    def _numbers_columns(self, row: int) -> bool:
        """A row that only numbers the columns: 1, 2, 3, 4 …"""
        texts = [plain(text).strip("()") for _, text in self.grid.texts(row)]
        return len(texts) > len(_FILLED_IN) and texts == [str(each + 1) for each in range(len(texts))]

    def _is_note(self, row: int) -> bool:
        texts = list(self.grid.texts(row))
        if not texts or self._points_text(row):
            return False
        prose = {self.heading.column(Role.REQUIREMENT), self.heading.column(Role.METHOD)}
        fields = texts[0][0] not in prose and all(lines.is_field(text) for _, text in texts)
        if fields or lines.is_note(texts[0][1]):
            return True
        goes_on = [column for column, _ in texts] == [self.noted] and self.noted not in self.heading.levels
        return goes_on or (self.ended and not self._own(row, Role.METHOD))

    def _is_section(self, row: int, following: int) -> bool:
        if self._own(row, Role.METHOD):
            return False
        if lines.section(self.grid, row) and not self._is_cell_of_its_column(row):
            return True
        number = printed(self._own(row, Role.NUMBER) + "、项")
        if not number.number:
            return False
        return self._heads(row, following, number.digits, chinese=number.depth in _CHINESE)

    def _is_cell_of_its_column(self, row: int) -> bool:
        """Alone in the row, yet a level's own cell, or one more line of the item above."""
        column, text = next(iter(self.grid.texts(row)))
        if self.grid.span(row, column) > 1:
            return False
        prose = {self.heading.column(Role.REQUIREMENT), self.heading.column(Role.METHOD)}
        if column in prose and not self.heading.levels:
            return printed(text).depth not in _CHINESE and not _SHORT.fullmatch(text)
        return column in prose or column in self.heading.levels

    def _heads(self, row: int, following: int, digits: str, *, chinese: bool) -> bool:
        """A numbered row without a method whose number the next one continues (1 -> 1.1), or 一、二 …"""
        named = self._own(row, Role.REQUIREMENT) or self.levels
        after = plain(self._own(following, Role.NUMBER)) if following else ""
        return bool(named) and (chinese or after.startswith(f"{digits}."))

    def _section(self, row: int) -> None:
        text = lines.section(self.grid, row)
        if not text:
            number = self._own(row, Role.NUMBER).rstrip("、.．")
            text = f"{number}、{self._own(row, Role.REQUIREMENT)}"
        depth = printed(text).depth
        self.sections = [each for each in self.sections if each[0] < depth]
        self.sections.append((depth, text))
        self.levels = [""] * len(self.levels)
        self.loose.append((row, text))
        stated = thousandths(self._own(row, Role.POINTS))
        if stated is not None:
            self.out.level_points[self._path()] = stated

    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.sections) + tuple(filter(None, self.levels))

    def _row(self, row: int) -> None:
        changed = self._level_texts(row)
        written = self._points_text(row)
        if written:
            self._item(row, written)
        elif self._own(row, Role.REQUIREMENT) or self._own(row, Role.METHOD):
            self._go_on(row, changed=changed)
        self._filled_in(row)
        self._level_points(row)

    def _level_texts(self, row: int) -> bool:
        """Take up the headings of the row; a new outer one clears the inner. Says whether one began here."""
        changed = False
        for depth, column in enumerate(self.heading.levels):
            shown = self.grid.filled(row, column)
            if not shown or shown in _SAME or plain(shown) == plain(self.levels[depth]):
                continue
            self.levels[depth:] = [shown, *[""] * (len(self.levels) - depth - 1)]
            self.loose.append((row, shown))
            changed = True
        return changed

    def _points_text(self, row: int) -> str:
        column = self.heading.column(Role.POINTS)
        if self.grid.begun_above(row, column):
            return ""
        text = self.grid.at(row, column)
        if not text and (row, column) in self.grid.formulas:
            value = self.sums.at(row, column)
            return _FORMULA if value is None else spell(value)
        return text

    def _item(self, row: int, written: str) -> None:
        requirement, method = self._shown(row, Role.REQUIREMENT), self._shown(row, Role.METHOD)
        self.current = None
        marked = any(mark in written for mark in _VETO_MARKS) or (written in _NO_POINTS and "否决" in method)
        value = thousandths(written.strip("※★"))
        value = 0 if marked and value is None else value
        fault = self._fault_of(row, value, written, requirement or method)
        if fault or value is None:
            self.out.faults += [fault] if fault else []
            return
        if not requirement and self.out.items and self.out.items[-1].levels == self._path():
            requirement = self.out.items[-1].requirement[0]
            self.out.remarks.append(f"{self._spot(row)}没有写考评内容，沿用上一条的考评内容，请确认。")
        texts = {role: self._shown(row, role) for role in _CARRIED}
        texts[Role.NUMBER] = self._own(row, Role.NUMBER)
        basis = "\n".join(filter(None, (self.grid.filled(row, place) for place in self.heading.basis)))
        item = RawItem(
            row, self._path(), value, [requirement], [method] if method else [], texts, basis, marked
        )
        self.out.items.append(item)
        self.current, self.noted = item, 0
        self.loose.clear()

    def _fault_of(self, row: int, value: int | None, written: str, text: str) -> Fault | None:
        spot = self._spot(row, self.heading.column(Role.POINTS))
        if value is None and written == _FORMULA:
            return Fault(spot, "标准分值是公式，文件里没有存结果，也算不出来。", "请改填数字。")
        if value is None:
            return Fault(spot, f"标准分值“{written[:20]}”不是最多三位小数的数。", "请改填数字，如 4 或 2.5。")
        if value < 0:
            return Fault(spot, f"标准分值“{written[:20]}”小于零。", "请改填不小于零的数字。")
        if not text:
            return Fault(spot, "有标准分值，却没有考评内容和考评办法。", "请补上内容，或删去这一行的分值。")
        return None

    def _go_on(self, row: int, *, changed: bool) -> None:
        """A row without points: the item above goes on, unless a new element began here."""
        if changed or not self.out.items or self.loose:
            self.current = None
            spot = self._spot(row, self.heading.column(Role.POINTS))
            self.out.faults.append(
                Fault(spot, "有考评内容，却没有标准分值。", "请补上分值；如属上一条，请去掉前面的要素名称。")
            )
            return
        item = self.out.items[-1]
        self.out.joined.append(row)
        for texts, role in ((item.requirement, Role.REQUIREMENT), (item.method, Role.METHOD)):
            text = self._own(row, role)
            if text:
                texts.append(text)

    def _filled_in(self, row: int) -> None:
        """What was filled in beside an item, in whichever of its rows."""
        for role in _FILLED_IN:
            text = self._own(row, role) or self._computed(row, role)
            if text and self.current:
                self.current.filled.setdefault(role, []).append((row, text))

    def _computed(self, row: int, role: Role) -> str:
        place = (row, self.heading.column(role))
        if role is not Role.ACTUAL or place not in self.grid.formulas:
            return ""
        value = self.sums.at(*place)
        return _FORMULA if value is None else spell(value)

    def _level_points(self, row: int) -> None:
        stated = (each for each in self.heading.columns if each.meaning.role is Role.LEVEL_POINTS)
        for each in stated:
            value = thousandths(self.grid.at(row, each.place))
            path = self._path()
            outer = path[: len(self.sections) + each.meaning.rank] or path
            if value is not None and outer:
                self.out.level_points.setdefault(outer, value)

    def _spot(self, row: int, column: int = 0) -> Spot:
        return Spot(self.grid.name, row, letter(column))


def together(texts: Iterable[str]) -> str:
    """The texts of an item's rows as one, each once, in their order."""
    return "\n".join(dict.fromkeys(filter(None, texts)))
