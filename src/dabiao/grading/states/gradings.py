"""States of a grading 定级件: from the report received to the announcement."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class GradingState(StrEnum):
    RECEIVED = "received"
    AUDITED = "audited"
    RECHECKING = "rechecking"
    RECHECKED = "rechecked"
    JUDGED = "judged"
    CONSULTING = "consulting"
    PROPOSED = "proposed"
    PUBLICISED = "publicised"
    REFUSING = "refusing"
    ANNOUNCED = "announced"
    REFUSED = "refused"
    SENT_BACK = "sent_back"
    CLOSED = "closed"


TITLES = {
    GradingState.RECEIVED: "报告资料审核中",
    GradingState.AUDITED: "待现场复核",
    GradingState.RECHECKING: "现场复核中",
    GradingState.RECHECKED: "待提出复核意见",
    GradingState.JUDGED: "复核意见待决定",
    GradingState.CONSULTING: "复核通过，征求意见",
    GradingState.PROPOSED: "拟公示，待决定",
    GradingState.PUBLICISED: "公示中",
    GradingState.REFUSING: "拟不予定级，待决定",
    GradingState.ANNOUNCED: "已公告定级",
    GradingState.REFUSED: "未通过定级",
    GradingState.SENT_BACK: "已退回",
    GradingState.CLOSED: "已终止",
}
S = GradingState
ENDED = frozenset({S.ANNOUNCED, S.REFUSED, S.SENT_BACK, S.CLOSED})
RUNNING = frozenset(set(S) - ENDED)
AT_ORGANIZER = frozenset({S.RECEIVED, S.AUDITED, S.RECHECKING, S.RECHECKED, S.JUDGED})
AT_DEPARTMENT = frozenset({S.CONSULTING, S.PROPOSED, S.PUBLICISED, S.REFUSING})
Q2, Q4, U11, M9 = "quality-2015/2", "quality-2015/4", "uplift/11", "mem-2021-83/9"

AUDIT = Move("audit", "审核评审资料", frozenset({S.RECEIVED}), S.AUDITED, Q4)
ARRANGE = Move("arrange", "组织现场复核", frozenset({S.AUDITED}), S.RECHECKING, U11)
WAIVE = Move("waive", "按比例不作现场复核", frozenset({S.AUDITED}), S.RECHECKED, U11)
FINISH = Move("finish", "完成现场复核", frozenset({S.RECHECKING}), S.RECHECKED, U11)
JUDGE = Move("judge", "提出复核意见", frozenset({S.RECHECKED, S.AUDITED}), S.JUDGED, U11)
RETURN = Move("return", "退回重提复核意见", frozenset({S.JUDGED}), S.RECHECKED, U11)
RETURN_PAPERS = Move("return_papers", "退回重提资料审核意见", frozenset({S.JUDGED}), S.AUDITED, U11)
PASS = Move("pass", "复核通过", frozenset({S.JUDGED}), S.CONSULTING, U11)
SEND_BACK = Move("send_back", "退回评审", frozenset({S.JUDGED}), S.SENT_BACK, U11)
REFUSE_AT_RECHECK = Move("refuse_at_recheck", "复核不予通过", frozenset({S.JUDGED}), S.REFUSED, U11)
PROPOSE = Move("propose", "提出公示", frozenset({S.CONSULTING}), S.PROPOSED, M9)
RECALL = Move("recall", "退回公示提议", frozenset({S.PROPOSED}), S.CONSULTING, M9)
PUBLISH = Move("publish", "向社会公示", frozenset({S.PROPOSED}), S.PUBLICISED, M9)
DOUBT = Move(
    "doubt",
    "提出不予定级",
    frozenset({S.CONSULTING, S.PROPOSED, S.PUBLICISED}),
    S.REFUSING,
    "mem-2021-83/10",
)
RELENT = Move("relent", "退回不予定级的提议", frozenset({S.REFUSING}), S.CONSULTING, "mem-2021-83/10")
REFUSE = Move("refuse", "不予定级", frozenset({S.REFUSING}), S.REFUSED, "mem-2021-83/10")
ANNOUNCE = Move("announce", "公告定级", frozenset({S.PUBLICISED}), S.ANNOUNCED, U11)
CLOSE = Move("close", "随评审终止", RUNNING, S.CLOSED, U11)
MOVES = (
    *(AUDIT, ARRANGE, WAIVE, FINISH, JUDGE, RETURN, RETURN_PAPERS, PASS, SEND_BACK, REFUSE_AT_RECHECK),
    *(PROPOSE, RECALL, PUBLISH, DOUBT, RELENT, REFUSE, ANNOUNCE, CLOSE),
)
