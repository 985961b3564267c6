"""States of a creation cycle: open while the unit creates and while its certificate is valid, then closed."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class CycleState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


TITLES = {CycleState.OPEN: "创建中", CycleState.CLOSED: "已结束"}

CLOSE = Move("close", "结束创建周期", frozenset({CycleState.OPEN}), CycleState.CLOSED, "uplift/11")
MOVES = (CLOSE,)
