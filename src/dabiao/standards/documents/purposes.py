"""What a check list is for decides its columns: what is printed and what is left to fill in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dabiao.kernel.points import THOUSANDTHS
from dabiao.standards.rules.book import Item, VetoLevel

MANDATORY: Final = "★强制"
VETO: Final = "※否决"


class Purpose(StrEnum):
    TRAINING = "training"  # 培训
    SCREENING = "screening"  # 隐患排查
    INSPECTION = "inspection"  # 执法检查


@dataclass(frozen=True, slots=True)
class Column:
    """`says` None: left empty, for whoever uses the list; `choices` make it a drop-down."""

    heading: str
    width: int  # in characters
    says: Callable[[Item], str | float] | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    title: str
    asks: tuple[str, ...]  # filled in above the table
    columns: tuple[Column, ...]
    signs: tuple[str, ...]  # filled in below it


def marks(item: Item) -> str:
    """★ where it rests on mandatory law, ※ where it is a veto item."""
    found = [MANDATORY] if item.mandatory else []
    return " ".join(found + ([VETO] if item.veto is not VetoLevel.NONE else []))


def _requirement(item: Item) -> str:
    return item.requirement


def _method(item: Item) -> str:
    return item.method


def _check(item: Item) -> str:
    return item.check or item.method


def _citation(item: Item) -> str:
    return item.citation


def _points(item: Item) -> float:
    return item.points / THOUSANDTHS  # a cell of Excel is a double; nothing is reckoned from it here


_MARKS: Final = Column("标记", 8, marks)
_BASIS: Final = Column("依据", 18, _citation)

FORMS: Final = {
    Purpose.TRAINING: Form(
        "安全生产标准化培训清单",
        ("培训单位", "培训日期", "授课人"),
        (
            Column("培训内容", 42, _requirement),
            Column("考评办法", 34, _method),
            Column("标准分", 7, _points),
            _MARKS,
            _BASIS,
            Column("掌握情况", 9, choices=("掌握", "基本掌握", "未掌握")),
            Column("备注", 10),
        ),
        ("授课人签字", "参训人员代表签字"),
    ),
    Purpose.SCREENING: Form(
        "事故隐患排查清单",
        ("受检部门或场所", "排查日期", "排查人员"),
        (
            Column("排查内容", 34, _requirement),
            Column("排查方法", 20, _check),
            _MARKS,
            _BASIS,
            Column("排查结果", 9, choices=("符合", "不符合", "不涉及")),
            Column("隐患描述", 18),
            Column("整改措施", 16),
            Column("责任人", 8),
            Column("整改期限", 10),
            Column("完成情况", 9, choices=("已完成", "整改中", "未整改")),
        ),
        ("排查人员签字", "受检部门负责人签字"),
    ),
    Purpose.INSPECTION: Form(
        "安全生产执法检查清单",
        ("被检查单位", "检查日期", "执法人员及证号"),
        (
            Column("检查内容", 38, _requirement),
            Column("检查方法", 22, _check),
            _MARKS,
            _BASIS,
            Column("检查结果", 11, choices=("未发现问题", "发现问题", "不涉及")),
            Column("问题描述", 24),
            Column("处理意见", 14),
            Column("备注", 10),
        ),
        ("执法人员签字", "被检查单位负责人签字"),
    ),
}
