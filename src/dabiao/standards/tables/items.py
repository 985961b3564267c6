"""Read the rows of one sheet below its heading into items, sums, notes and faults."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from dabiao.kernel.points import points, spell
from dabiao.standards.tables import headings, lines
from dabiao.standards.tables.formulas import Sums
from dabiao.standards.tables.grid import Grid, letter, plain
from dabiao.standards.tables.headings import Heading
from dabiao.standards.tables.numbers import printed, thousandths, worth
from dabiao.standards.tables.raw import UNSTORED, RawItem, SheetRead, Total
from dabiao.standards.tables.roles import Role
from dabiao.standards.tables.values import Fault, Spot

_CHINESE: Final = frozenset({0, 1, 2})  # depths of 第一部分, 一、, （一）
_SAME: Final = frozenset({"同上", "〃", '"', "″", "”"})
_VETO: Final = "否决"
_SHORT: Final = re.compile(r"[^。；;，,]{1,30}")
_FILLED_IN: Final = (Role.WORDS, Role.NOT_APPLICABLE, Role.ACTUAL, Role.DEDUCTED)
_FEW: Final = 3
_MOST_POINTS: Final = points("100000")
_NO_POINTS: Final = frozenset({"/", "-", "—", "——", "无"})
_NO_VALUE: Final = "有考评内容，却没有标准分值。"
_ADD_VALUE: Final = "请补上分值；如属上一条，请去掉前面的要素名称。"
_CARRIED: Final = (Role.NUMBER, Role.CHECK, Role.CITATION, Role.VETO, Role.MANDATORY)


def read(grid: Grid, heading: Heading) -> SheetRead:
    """Read every row below the heading; nothing is dropped without a word."""
    reader = _Reader(SheetRead(grid, heading), grid, heading)
    rows = [row for row in grid.rows if row > heading.last]
    for row, following in pairwise([*rows, 0]):
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
    titles: frozenset[str] = field(init=False)  # what stands above the heading

    def __post_init__(self) -> None:
        self.levels = [""] * len(self.heading.levels)
        self.sums = Sums(self.grid, thousandths)
        self.titles = lines.above(self.grid, self.heading.first)

    def take(self, row: int, following: int) -> None:
        label = lines.sum_label(self.grid, row)
        if label and (label.plainly or not self._own(row, Role.METHOD)):
            self._total(row, label)
        elif self._prints_again(row, following) or self._numbers_columns(row):
            pass
        elif self._is_note(row):
            self._note(row)
        elif self._is_section(row, following):
            self._section(row)
        else:
            self._row(row)

    def close(self) -> None:
        """Headings under which no item came are notes below the table."""
        self.out.said += [(row, text) for row, text in self.loose if not lines.is_field(text)]

    def _prints_again(self, row: int, following: int) -> bool:
        """The heading, or the title above the heading, printed once more at the top of a page."""
        if headings.repeats(self.grid, row, self.heading):
            return True
        if not self._is_title(row):
            return False
        return headings.repeats(self.grid, following, self.heading) or self._is_title(following)

    def _is_title(self, row: int) -> bool:
        texts = {plain(text) for _, text in self.grid.texts(row)}
        return bool(texts) and texts <= self.titles

    def _note(self, row: int) -> None:
        texts = list(self.grid.texts(row))
        self.out.said += [(row, text) for _, text in texts if not lines.is_field(text)]
        self.noted = texts[0][0]
        if all(lines.is_field(text) for _, text in texts):
            self.out.remarks.append(f"{self._spot(row)}看作填写栏，没有读取。")

    def _own(self, row: int, role: Role) -> str:
        return self.grid.at(row, self.heading.column(role))

    def _shown(self, row: int, role: Role) -> str:
        return self.grid.filled(row, self.heading.column(role))

    def _total(self, row: int, label: lines.SumLabel) -> None:
        self.ended = self.ended or (lines.is_grand(label.kind) and bool(self.out.items))
        stated = thousandths(label.points) if label.points else self._stated(row, label.column)
        self.out.totals.append(Total(row, label.kind, stated, len(self.out.items)))
        if stated is None:
            self.out.remarks.append(f"{self._spot(row)}“{label.kind}”没有写出数，或公式算不出来，没有核对。")

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
        return len(texts) > _FEW and texts == [str(each + 1) for each in range(len(texts))]

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
            return self._outlines(row, following)
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

    def _outlines(self, row: int, following: int) -> bool:
        """Without a column of numbers: a text whose number the next one continues (1 目标 -> 1.1 …)."""
        if not following or self.heading.levels or self.heading.column(Role.NUMBER):
            return False
        here, after = (printed(self._own(each, Role.REQUIREMENT)) for each in (row, following))
        if here.depth in _CHINESE:
            return here.depth < after.depth and bool(after.number)
        return bool(here.digits) and after.digits.startswith(f"{here.digits}.")

    def _section(self, row: int) -> None:
        text, number = lines.section(self.grid, row), self._own(row, Role.NUMBER).rstrip("、.．")
        if not text:
            asked = self._own(row, Role.REQUIREMENT)
            text = f"{number}、{asked}" if number else asked
        depth = printed(text).depth
        self.sections = [each for each in self.sections if each[0] < depth]
        self.sections.append((depth, text))
        self.levels = [""] * len(self.levels)
        self.loose.append((row, text))
        stated = worth(self._own(row, Role.POINTS)).points
        if stated is not None:
            self.out.level_points[self._path()] = stated
            self.out.level_rows[self._path()] = row

    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.sections) + tuple(filter(None, self.levels))

    def _row(self, row: int) -> None:
        changed = self._level_texts(row)
        written = self._points_text(row)
        if written and changed and self._states_sum(row, written):
            self.current = None
        elif written:
            self._item(row, written)
        elif self._is_veto(row):
            self._item(row, _VETO)
        elif self._own(row, Role.REQUIREMENT) or self._own(row, Role.METHOD):
            self._go_on(row, changed=changed)
        self._filled_in(row)
        self._level_points(row)

    def _states_sum(self, row: int, written: str) -> bool:
        """The row of an element alone, with its points: a sum to check, no item."""
        value = worth(written).points
        if value is None or self._shown(row, Role.REQUIREMENT) or self._shown(row, Role.METHOD):
            return False
        if self._path() in self.out.level_points:
            return False
        self.out.level_points[self._path()] = value
        self.out.level_rows[self._path()] = row
        return True

    def _is_veto(self, row: int) -> bool:
        """A condition without points under a heading that speaks of 否决, or that itself fails the whole."""
        if self.grid.begun_above(row, self.heading.column(Role.POINTS)) or not self._own(
            row, Role.REQUIREMENT
        ):
            return False
        under = any(_VETO in text for text in self._path())
        return under or (bool(self.loose) and _VETO in self._own(row, Role.METHOD))

    def _level_texts(self, row: int) -> bool:
        """Take up the headings of the row; a new outer one clears the inner. Says whether one began here."""
        changed = False
        for depth, column in enumerate(self.heading.levels):
            shown = "" if self.grid.begun_left(row, column) else self.grid.filled(row, column)
            if not shown or shown in _SAME or plain(shown) == plain(self.levels[depth]):
                continue
            if not depth and self.sections and _VETO in self.sections[-1][1] and not self.loose:
                self.sections.pop()  # 否决 conditions ahead of the elements do not lie around them
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
            return UNSTORED if value is None else spell(value)
        return text

    def _item(self, row: int, written: str) -> None:
        requirement, method = self._shown(row, Role.REQUIREMENT), self._shown(row, Role.METHOD)
        self.current = None
        said = worth(written)
        value = said.points
        if value is None and (
            _VETO in said.marks or "※" in said.marks or self._none_for_veto(written, method)
        ):
            value = 0
        fault = self._fault_of(row, value, written, requirement or method)
        if fault or value is None:
            self.out.faults += [fault] if fault else []
            return
        if not requirement and self.out.items and self.out.items[-1].levels == self._path():
            requirement = self.out.items[-1].requirement[0]
            self.out.remarks.append(f"{self._spot(row)}没有写考评内容，沿用上一条的考评内容，请确认。")
        item = RawItem(
            row,
            self._path(),
            value,
            [requirement],
            [method] if method else [],
            self._texts(row),
            self._basis(row),
        )
        item.marks = said.marks or (_VETO if value == 0 and self._none_for_veto(written, method) else "")
        item.beside = self._beside(row)
        number = self.heading.column(Role.NUMBER)
        item.within = self.grid.filled(row, number) if self.grid.begun_above(row, number) else ""
        item.doubts += [(written, said.doubt)] if said.doubt else []
        item.doubts += self._of_dates(row)
        self.out.items.append(item)
        self.current, self.noted = item, 0
        self.loose.clear()

    @staticmethod
    def _none_for_veto(written: str, method: str) -> bool:
        return written in _NO_POINTS and _VETO in method

    def _texts(self, row: int) -> dict[Role, str]:
        texts = {role: self._shown(row, role) for role in _CARRIED}
        return texts | {Role.NUMBER: self._own(row, Role.NUMBER)}

    def _basis(self, row: int) -> str:
        return "\n".join(filter(None, (self.grid.filled(row, place) for place in self.heading.basis)))

    def _beside(self, row: int) -> dict[str, str]:
        unused = (each for each in self.heading.columns if each.meaning.role in {Role.OTHER, Role.REMARK})
        found = {str(each): self.grid.filled(row, each.place) for each in unused}
        return {column: text for column, text in found.items() if text}

    def _of_dates(self, row: int) -> list[tuple[str, str]]:
        column = self.heading.column(Role.NUMBER)
        if (row, column) not in self.grid.dates:
            return []
        text = self._own(row, Role.NUMBER)
        return [(text, f"编号被表格软件当成了日期，已按“{text}”读取，请确认。")]

    def _fault_of(self, row: int, value: int | None, written: str, text: str) -> Fault | None:
        spot = self._spot(row, self.heading.column(Role.POINTS))
        if value is None and written == UNSTORED:
            return Fault(spot, "标准分值是公式，文件里没有存结果，也算不出来。", "请改填数字。")
        if value is None:
            return Fault(spot, f"标准分值“{written[:20]}”不是最多三位小数的数。", "请改填数字，如 4 或 2.5。")
        if value < 0:
            return Fault(spot, f"标准分值“{written[:20]}”小于零。", "请改填不小于零的数字。")
        if value > _MOST_POINTS:
            return Fault(spot, f"标准分值“{written[:20]}”大得不像一条的分值。", "请核对并改正。")
        if not text:
            return Fault(spot, "有标准分值，却没有考评内容和考评办法。", "请补上内容，或删去这一行的分值。")
        return None

    def _go_on(self, row: int, *, changed: bool) -> None:
        """A row without points: the item above goes on, unless a new element began here."""
        merged = self.grid.begun_above(row, self.heading.column(Role.POINTS))
        if not self.out.items or (self.loose and not (changed and merged)):
            self.current = None
            self.out.faults.append(
                Fault(self._spot(row, self.heading.column(Role.POINTS)), _NO_VALUE, _ADD_VALUE)
            )
            return
        item = self.out.items[-1]
        self.out.joined.append(row)
        asked = self._own(row, Role.REQUIREMENT)
        for texts, role in ((item.requirement, Role.REQUIREMENT), (item.method, Role.METHOD)):
            text = self._own(row, role)
            if text:
                texts.append(text)
        if changed or (asked and not merged):
            why = "标准分值的合并单元格跨了几个要素" if changed else "这一行没有标准分值"
            item.doubts.append(
                (asked or self._own(row, Role.METHOD), f"{why}，已并入上一条，请确认；不对的请拆分。")
            )
        self.loose.clear()

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
        return UNSTORED if value is None else spell(value)

    def _level_points(self, row: int) -> None:
        stated = (each for each in self.heading.columns if each.meaning.role is Role.LEVEL_POINTS)
        for each in stated:
            value = worth(self.grid.at(row, each.place)).points
            path = self._path()
            outer = path[: len(self.sections) + each.meaning.rank] or path
            if value is not None and outer:
                self.out.level_points.setdefault(outer, value)

    def _spot(self, row: int, column: int = 0) -> Spot:
        return Spot(self.grid.name, row, letter(column))
