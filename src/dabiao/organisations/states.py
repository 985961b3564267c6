"""States of a file of units handed in: checked, then entered, either of which may find faults."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class ImportState(StrEnum):
    CHECKING = "checking"
    CHECKED = "checked"
    FAULTY = "faulty"
    ENTERING = "entering"
    DONE = "done"


TITLES = {
    ImportState.CHECKING: "检查中",
    ImportState.CHECKED: "待确认",
    ImportState.FAULTY: "有错误，没有写入",
    ImportState.ENTERING: "写入中",
    ImportState.DONE: "已导入",
}
RUNNING = frozenset({ImportState.CHECKING, ImportState.ENTERING})

_RULE = "internal/organisations"
PASS = Move("pass", "检查通过", frozenset({ImportState.CHECKING}), ImportState.CHECKED, _RULE)
FAIL = Move("fail", "检查出错误", RUNNING, ImportState.FAULTY, _RULE)
READ_AGAIN = Move(
    "read_again",
    "按指明的列重新读取",
    frozenset({ImportState.CHECKED, ImportState.FAULTY}),
    ImportState.CHECKING,
    _RULE,
)
CONFIRM = Move("confirm", "确认导入", frozenset({ImportState.CHECKED}), ImportState.ENTERING, _RULE)
FINISH = Move("finish", "导入完成", frozenset({ImportState.ENTERING}), ImportState.DONE, _RULE)
MOVES = (PASS, FAIL, READ_AGAIN, CONFIRM, FINISH)
