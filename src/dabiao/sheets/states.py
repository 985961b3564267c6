"""States of a sheet. A closed sheet never moves again: a correction is a new sheet that names it."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class SheetState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


TITLES = {SheetState.OPEN: "填写中", SheetState.CLOSED: "已签字关闭"}

CLOSE = Move("close", "签字关闭", frozenset({SheetState.OPEN}), SheetState.CLOSED, "quality-2015/4")
MOVES = (CLOSE,)
