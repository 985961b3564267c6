"""States of a verification that is owed once its unit was drawn, and of the visits that answer it."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class VerificationState(StrEnum):
    DRAWN = "drawn"
    VERIFIED = "verified"
    RELEASED = "released"


class VisitState(StrEnum):
    ARRANGED = "arranged"
    OPEN = "open"
    CONCLUDED = "concluded"
    CALLED_OFF = "called_off"


TITLES = {
    VerificationState.DRAWN: "待核查",
    VerificationState.VERIFIED: "已核查",
    VerificationState.RELEASED: "不再核查",
}
VISIT_TITLES = {
    VisitState.ARRANGED: "已安排",
    VisitState.OPEN: "核查中",
    VisitState.CONCLUDED: "已作出结论",
    VisitState.CALLED_OFF: "已取消",
}
Q8 = "quality-2015/8"
DRAWN, OPEN = frozenset({VerificationState.DRAWN}), frozenset({VisitState.OPEN})
UNDER_WAY = frozenset({VisitState.ARRANGED, VisitState.OPEN})
VERIFY = Move("verify", "完成核查", DRAWN, VerificationState.VERIFIED, Q8)
RELEASE = Move(
    "release_verification", "证书失效，不再核查", DRAWN, VerificationState.RELEASED, "house/verification"
)
DUTY_MOVES = (VERIFY, RELEASE)
BEGIN = Move("open_verification", "打开核查表", frozenset({VisitState.ARRANGED}), VisitState.OPEN, Q8)
CONCLUDE = Move("conclude_verification", "作出核查结论", OPEN, VisitState.CONCLUDED, Q8)
CALL_OFF = Move("call_off_verification", "取消核查安排", UNDER_WAY, VisitState.CALLED_OFF, Q8)
VISIT_MOVES = (BEGIN, CONCLUDE, CALL_OFF)
