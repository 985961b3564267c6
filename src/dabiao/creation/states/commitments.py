"""States of a commitment letter: in force, then replaced or withdrawn; it stays visible as such."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class CommitmentState(StrEnum):
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


TITLES = {
    CommitmentState.IN_FORCE: "有效",
    CommitmentState.REPLACED: "已重新签署",
    CommitmentState.WITHDRAWN: "已撤回",
}

REPLACE = Move(
    "replace",
    "由新的承诺书代替",
    frozenset({CommitmentState.IN_FORCE}),
    CommitmentState.REPLACED,
    "uplift/16",
)
WITHDRAW = Move(
    "withdraw", "撤回承诺书", frozenset({CommitmentState.IN_FORCE}), CommitmentState.WITHDRAWN, "uplift/16"
)
MOVES = (REPLACE, WITHDRAW)
