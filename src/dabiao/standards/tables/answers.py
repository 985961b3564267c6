"""What was filled in beside one item: 空项, 实际得分, 自评/评审描述 (spec/contract.md, `dabiao score`)."""

import re
from dataclasses import dataclass
from typing import Final

from dabiao.kernel.points import spell
from dabiao.standards.rules.book import Item
from dabiao.standards.tables.grid import plain
from dabiao.standards.tables.numbers import thousandths
from dabiao.standards.tables.raw import UNSTORED, RawItem, together
from dabiao.standards.tables.roles import Role
from dabiao.standards.tables.values import FilledAnswer

_NA: Final = re.compile(r"(?:本项|该项|此项|本条)?(?:为|属于|属|按|系)?(?:合理缺项|空项|不涉及|缺项|不适用)")
_NOT_NA: Final = re.compile(r"(?:不是|不属于|非|并非|不为|无|没有)(?:合理缺项|空项|缺项)|不得(?:按|作)")
_NO: Final = frozenset({"否", "无", "-", "/", "×", "x", "X", "0", "—", "不是", "涉及"})
_TICKS: Final = frozenset(
    {"√", "✓", "✔", "是", "1", "空", "空项", "不涉及", "Y", "y", "缺项", "合理缺项", "不适用", "v", "V"}
)
_KEPT: Final = frozenset(
    {"符合", "合格", "满足", "通过", "是", "√", "✓", "无", "未发生", "不存在"}
)  # of 否决
_FAILED: Final = frozenset({"不符合", "不合格", "不满足", "不通过", "否", "×", "否决", "有", "发生", "存在"})
_NO_REASON: Final = "空项（表中没有写原因）"


class Wrong(Exception):
    """What was filled in cannot be taken: role of the cell, row, what, what to do."""

    def __init__(self, role: Role, row: int, what: str, todo: str) -> None:
        super().__init__(what)
        self.role, self.row, self.what, self.todo = role, row, what, todo


@dataclass(frozen=True, slots=True)
class _Cells:
    """The filled cells of an item's rows; `row` is where the actual score stands, else the item's first."""

    na: str
    actual: str
    words: str
    row: int


def answer(raw: RawItem, item: Item, *, na_column: bool) -> FilledAnswer | None:
    """The answer of one item; None where it is missing. Raises `Wrong` where it contradicts itself.

    With a 空项 column (`na_column`) a description does not make an item not applicable by itself."""
    cells = _cells(raw)
    number = thousandths(cells.actual)
    if _is_na(cells, number, na_column=na_column):
        if number:
            todo = "空项请不要填得分；有得分请去掉空项。"
            raise Wrong(Role.ACTUAL, cells.row, f"既是空项，又有实际得分 {spell(number)}。", todo)
        return FilledAnswer(True, _reason(cells), None, cells.words, raw.row)
    if not cells.actual:
        return None
    if item.veto and not item.points and plain(cells.actual) in (_KEPT | _FAILED):
        return FilledAnswer(False, "", 0, cells.words, raw.row, fails=plain(cells.actual) in _FAILED)
    if cells.actual == UNSTORED:
        todo = "请改填数字，或用表格软件打开、保存后再用。"
        raise Wrong(Role.ACTUAL, cells.row, "实际得分是公式，文件里没有存结果，也算不出来。", todo)
    if number is None:
        todo = f"请填 0 到 {spell(item.points)} 的数，或写“空项”。"
        raise Wrong(Role.ACTUAL, cells.row, f"实际得分“{cells.actual[:20]}”不是最多三位小数的数。", todo)
    if number > item.points:
        what = f"实际得分 {spell(number)} 超过标准分值 {spell(item.points)}。"
        raise Wrong(Role.ACTUAL, cells.row, what, "请改正得分。")
    return FilledAnswer(False, "", number, cells.words, raw.row)


def _cells(raw: RawItem) -> _Cells:
    actuals = raw.filled.get(Role.ACTUAL, [])
    if len({plain(text) for _, text in actuals}) > 1:
        rows = "、".join(str(row) for row, _ in actuals)
        raise Wrong(
            Role.ACTUAL, actuals[-1][0], f"同一条有几个不同的实际得分（第{rows}行）。", "请只填一个。"
        )
    return _Cells(
        na=together(text for _, text in raw.filled.get(Role.NOT_APPLICABLE, [])),
        actual=actuals[0][1] if actuals else "",
        words=together(text for _, text in raw.filled.get(Role.WORDS, [])),
        row=actuals[0][0] if actuals else raw.row,
    )


def _is_na(cells: _Cells, number: int | None, *, na_column: bool) -> bool:
    if cells.na and plain(cells.na) not in _NO:
        return True
    if number is None and _NA.search(plain(cells.actual)) and not _NOT_NA.search(plain(cells.actual)):
        return True
    return not na_column and _words_say_na(plain(cells.words), number)


def _words_say_na(words: str, number: int | None) -> bool:
    """空项 in the description counts; beside a score only where the description begins with it: a sentence
    that merely mentions 不涉及 describes what was found."""
    if _NOT_NA.search(words):
        return False
    return bool(_NA.search(words) if number is None else _NA.match(words))


def _reason(cells: _Cells) -> str:
    said = [text for text in (cells.words, cells.na, cells.actual) if text and plain(text) not in _TICKS]
    said = [text for text in said if thousandths(text) is None and plain(text) not in _NO]
    return together(said) or _NO_REASON
