"""States of a sheet. A closed sheet never moves again: a correction is a new sheet that names it.

What a sheet was opened for may end before anybody signed; then it is abandoned, and is written on no more.
"""

from enum import StrEnum

from dabiao.kernel.moves import Move


class SheetState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ABANDONED = "abandoned"


TITLES = {SheetState.OPEN: "填写中", SheetState.CLOSED: "已签字关闭", SheetState.ABANDONED: "已作废"}
ENDED = frozenset({SheetState.CLOSED, SheetState.ABANDONED})

CLOSE = Move("close", "签字关闭", frozenset({SheetState.OPEN}), SheetState.CLOSED, "quality-2015/4")
ABANDON = Move("abandon", "作废", frozenset({SheetState.OPEN}), SheetState.ABANDONED, "quality-2015/4")
MOVES = (CLOSE, ABANDON)
