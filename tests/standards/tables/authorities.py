"""One invented scoring table, and the many shapes in which authorities hand such tables round.

`TRUTH` is what every shape says; `rows` prints it as lines of a table, each shape then changes the lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from dabiao.standards.rules.book import Book
from dabiao.standards.tables.values import Understanding

HEADING = ("考评类目", "考评项目", "考评内容", "标准分值", "考评办法")
Line = list[Any]


class Asked(NamedTuple):
    outer: str
    inner: str
    requirement: str
    points: float
    method: str


TRUTH = (
    Asked("目标", "目标制定", "制定年度安全生产目标，以文件发布。", 4, "未制定的，不得分；未发布的，扣1分。"),
    Asked("目标", "目标制定", "目标分解到各部门。", 6, "每缺一个部门扣2分；扣满6分的，追加扣除5分。"),
    Asked("目标", "目标考核", "每季度考核目标完成情况。", 10, "每缺一次扣2.5分。"),
    Asked("机构和职责", "机构设置", "设置安全生产管理机构。", 20, "未设置的，不得分，并追加扣除10分。"),
    Asked("机构和职责", "机构设置", "每月召开安全会议。", 8, "每缺一次会议记录扣1分；每处不全扣0.5分。"),
    Asked("机构和职责", "责任制", "建立全员安全生产责任制。", 12, "未建立的，不得分；每缺一个岗位扣1分。"),
    Asked("现场管理", "设备设施", "特种设备定期检验合格。", 15, "未检验的，每台扣5分。"),
    Asked("现场管理", "作业安全", "动火作业办理审批手续。", 15, "未办理的，每次扣3分。"),
    Asked("现场管理", "作业安全", "临时用电有专人管理。", 10, "每发现一处不符合扣2分。"),
)
SUMS = {"目标": 20, "机构和职责": 40, "现场管理": 40}
FULL = 100


def rows(asked: Sequence[Asked] = TRUTH, *, repeat: bool = False) -> list[Line]:
    """Lines with numbered headings, each where it begins, or in every line."""
    lines: list[Line] = []
    outer = inner = ("", "")
    first = second = 0
    for each in asked:
        began, within = (each.outer, "") != outer, (each.outer, each.inner) != inner
        first, second = first + began, 1 if began else second + within
        outer, inner = (each.outer, ""), (each.outer, each.inner)
        headings = [f"{first}.{each.outer}", f"{first}.{second}{each.inner}"]
        shown = [text if new or repeat else None for text, new in zip(headings, (began, within), strict=True)]
        lines.append([*shown, each.requirement, each.points, each.method])
    return lines


def groups(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each outermost element."""
    starts = [0, 3, 6, len(lines)]
    return [list(lines[start:end]) for start, end in pairwise(starts)]


def merges(lines: Sequence[Line], top: int, columns: str = "AB") -> list[str]:
    """Ranges over each heading and the blanks below it, where the first line stands in row `top`."""
    found = []
    for place, letter in enumerate(columns):
        begins = [at for at, line in enumerate(lines) if line[place]]
        for start, end in zip(begins, [*begins[1:], len(lines)], strict=True):
            found += [f"{letter}{top + start}:{letter}{top + end - 1}"] if end > start + 1 else []
    return found


def total(label: str, points: Any, *, at: int = 0) -> Line:
    line: Line = [None] * len(HEADING)
    line[at], line[3] = label, points
    return line


def path(book: Book, key: str) -> list[str]:
    """Titles of the elements around an item, outermost first."""
    known = {each.key: each for each in book.elements}
    found: list[str] = []
    while key:
        found.insert(0, known[key].title)
        key = known[key].parent
    return found


def told(found: Understanding) -> str:
    """Everything a person is shown besides the items."""
    return "\n".join(
        [
            *found.remarks,
            *(f"{each.text} {each.why}" for each in (*found.unread, *found.doubtful)),
            *(f"{each.name} {each.why}" for each in found.sheets if not each.used),
            *(str(each) for each in found.errors),
        ]
    )


def same(found: Understanding, asked: Sequence[Asked] = TRUTH) -> Understanding:
    """Exactly what the table says: items, points, methods, elements; no error, every stated sum agreeing."""
    assert not found.errors
    assert [
        (path(found.book, item.element), item.requirement, item.points, item.method)
        for item in found.book.items
    ] == [
        ([each.outer, each.inner], each.requirement, int(each.points * 1000), each.method) for each in asked
    ]
    assert [each for each in found.sums if not each.agrees] == []
    assert not found.unread
    return found
