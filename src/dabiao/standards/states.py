"""States of an edition and of a duty to make a standard; every move with its clause."""

from enum import StrEnum
from typing import Final

from dabiao.kernel.moves import Move


class EditionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class MakingState(StrEnum):
    OPEN = "open"
    WORKING = "working"
    FINISHED = "finished"
    DROPPED = "dropped"


E, M = EditionState, MakingState

EDITION_TITLES: Final = {E.DRAFT: "草案", E.PUBLISHED: "已发布", E.WITHDRAWN: "已废止", E.DISCARDED: "已作废"}
MAKING_TITLES: Final = {M.OPEN: "已立项", M.WORKING: "编制中", M.FINISHED: "已完成", M.DROPPED: "已终止"}

PUBLISH = Move("publish", "发布", frozenset({E.DRAFT}), E.PUBLISHED, "uplift/1")
WITHDRAW = Move("withdraw", "废止", frozenset({E.PUBLISHED}), E.WITHDRAWN, "uplift/1")
DISCARD = Move("discard", "作废草案", frozenset({E.DRAFT}), E.DISCARDED, "uplift/1")

PROGRESS = Move("progress", "登记进展", frozenset({M.OPEN, M.WORKING}), M.WORKING, "uplift/1")
FINISH = Move("finish", "办结", frozenset({M.OPEN, M.WORKING}), M.FINISHED, "uplift/1")
DROP = Move("drop", "终止", frozenset({M.OPEN, M.WORKING}), M.DROPPED, "uplift/1")

EDITION_MOVES: Final = (PUBLISH, WITHDRAW, DISCARD)
MAKING_MOVES: Final = (PROGRESS, FINISH, DROP)
RUNNING: Final = (M.OPEN, M.WORKING)  # a duty somebody still works at
PUBLIC: Final = (E.PUBLISHED, E.WITHDRAWN)  # editions everybody may read
