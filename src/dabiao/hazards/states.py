"""States of a finding: found, its putting right planned, reported done, confirmed."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class HazardState(StrEnum):
    FOUND = "found"
    PLANNED = "planned"
    DONE = "done"
    CLOSED = "closed"


TITLES = {
    HazardState.FOUND: "待分析",
    HazardState.PLANNED: "整改中",
    HazardState.DONE: "待确认",
    HazardState.CLOSED: "已销号",
}

PLAN = Move(
    "plan",
    "制定整改方案",
    frozenset({HazardState.FOUND, HazardState.PLANNED}),
    HazardState.PLANNED,
    "uplift/19",
)
REPORT = Move("report", "报告整改完成", frozenset({HazardState.PLANNED}), HazardState.DONE, "uplift/19")
CONFIRM = Move("confirm", "确认销号", frozenset({HazardState.DONE}), HazardState.CLOSED, "uplift/19")
SEND_BACK = Move("send_back", "退回整改", frozenset({HazardState.DONE}), HazardState.PLANNED, "uplift/19")
MOVES = (PLAN, REPORT, CONFIRM, SEND_BACK)
