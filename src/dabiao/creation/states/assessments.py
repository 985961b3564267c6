"""States of a self-assessment: filled, signed, posted inside the unit, handed in."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class AssessmentState(StrEnum):
    FILLING = "filling"
    SIGNED = "signed"
    POSTED = "posted"
    HANDED_IN = "handed_in"
    ABANDONED = "abandoned"


TITLES = {
    AssessmentState.FILLING: "逐项自评",
    AssessmentState.SIGNED: "已签字，待内部公示",
    AssessmentState.POSTED: "内部公示中",
    AssessmentState.HANDED_IN: "已提交",
    AssessmentState.ABANDONED: "已作废",
}
FINAL = frozenset({AssessmentState.HANDED_IN, AssessmentState.ABANDONED})

SIGN = Move(
    "sign", "签字形成自评报告", frozenset({AssessmentState.FILLING}), AssessmentState.SIGNED, "uplift/19"
)
POST = Move(
    "post", "在企业内公示", frozenset({AssessmentState.SIGNED}), AssessmentState.POSTED, "mem-2021-83/9"
)
HAND_IN = Move(
    "hand_in", "提交自评报告", frozenset({AssessmentState.POSTED}), AssessmentState.HANDED_IN, "uplift/19"
)
ABANDON = Move(
    "abandon", "作废", frozenset({AssessmentState.FILLING}), AssessmentState.ABANDONED, "quality-2015/1"
)
MOVES = (SIGN, POST, HAND_IN, ABANDON)
