"""States of a rectification check on site: set, concluded or called off."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class CheckState(StrEnum):
    OPEN = "open"
    CONCLUDED = "concluded"
    CALLED_OFF = "called_off"


TITLES = {
    CheckState.OPEN: "现场确认中",
    CheckState.CONCLUDED: "已作出结论",
    CheckState.CALLED_OFF: "已取消",
}
M9 = "mem-2021-83/9"
OPEN = frozenset({CheckState.OPEN})
CONCLUDE = Move("conclude_check", "作出整改现场确认结论", OPEN, CheckState.CONCLUDED, M9)
CALL_OFF = Move("call_off_check", "取消整改现场确认", OPEN, CheckState.CALLED_OFF, M9)
MOVES = (CONCLUDE, CALL_OFF)
