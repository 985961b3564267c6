"""States of a follow-up that is owed after attaining, and of the visits that answer it."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class FollowUpState(StrEnum):
    OWED = "owed"
    MET = "met"
    RELEASED = "released"


class RevisitState(StrEnum):
    OPEN = "open"
    CONCLUDED = "concluded"
    CALLED_OFF = "called_off"


TITLES = {
    FollowUpState.OWED: "待回访",
    FollowUpState.MET: "已回访",
    FollowUpState.RELEASED: "不再要求回访",
}
VISIT_TITLES = {
    RevisitState.OPEN: "回访中",
    RevisitState.CONCLUDED: "已作出结论",
    RevisitState.CALLED_OFF: "已取消",
}
Q4 = "quality-2015/4"
OWED, OPEN = frozenset({FollowUpState.OWED}), frozenset({RevisitState.OPEN})
MEET = Move("meet_follow_up", "完成达标后回访", OWED, FollowUpState.MET, Q4)
RELEASE = Move("release_follow_up", "证书失效，不再要求回访", OWED, FollowUpState.RELEASED, Q4)
DUTY_MOVES = (MEET, RELEASE)
CONCLUDE = Move("conclude_follow_up", "作出回访结论", OPEN, RevisitState.CONCLUDED, Q4)
CALL_OFF = Move("call_off_follow_up", "取消回访", OPEN, RevisitState.CALLED_OFF, Q4)
VISIT_MOVES = (CONCLUDE, CALL_OFF)
