"""States of a case 申报件, from application to its end."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class CaseState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CORRECTING = "correcting"
    RECEIVED = "received"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ATTAINED = "attained"
    FAILED = "failed"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


TITLES = {
    CaseState.DRAFT: "起草中",
    CaseState.SUBMITTED: "已提交，待接收",
    CaseState.CORRECTING: "补正中",
    CaseState.RECEIVED: "审核中",
    CaseState.PROPOSED: "待负责人决定",
    CaseState.ACCEPTED: "审核通过，进入评审",
    CaseState.ATTAINED: "已定级",
    CaseState.FAILED: "未通过定级",
    CaseState.CLOSED: "已终止",
    CaseState.REFUSED: "不予受理",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.DISCARDED: "草稿已作废",
}
S = CaseState
OPEN = frozenset({S.DRAFT, S.SUBMITTED, S.CORRECTING, S.RECEIVED, S.PROPOSED})
RUNNING = OPEN | {S.ACCEPTED}  # one a unit
DRAFTS = frozenset({S.DRAFT, S.DISCARDED})
AT_ORGANIZER = frozenset({S.SUBMITTED, S.RECEIVED, S.PROPOSED})
ENDED = frozenset({S.REFUSED, S.WITHDRAWN, S.DISCARDED, S.ATTAINED, S.FAILED, S.CLOSED})

SUBMIT = Move("submit", "提交申请", frozenset({S.DRAFT}), S.SUBMITTED, "uplift/11")
DISCARD = Move("discard", "作废草稿", frozenset({S.DRAFT}), S.DISCARDED, "house/bars")
RECEIVE = Move("receive", "接收", frozenset({S.SUBMITTED}), S.RECEIVED, "mem-2021-83/9")
DEEM = Move("deem", "视为收到", frozenset({S.SUBMITTED}), S.RECEIVED, "house/acceptance")
ASK_CORRECTION = Move(
    "ask_correction",
    "一次性告知补正",
    frozenset({S.SUBMITTED, S.RECEIVED}),
    S.CORRECTING,
    "mem-2021-83/9",
)
COMPLETE = Move("complete", "完成补正", frozenset({S.CORRECTING}), S.RECEIVED, "mem-2021-83/9")
LAPSE = Move("lapse", "补正期满", frozenset({S.CORRECTING}), S.RECEIVED, "house/correction")
PROPOSE = Move("propose", "提出审核意见", frozenset({S.RECEIVED}), S.PROPOSED, "uplift/11")
SEND_BACK = Move("send_back", "退回重审", frozenset({S.PROPOSED}), S.RECEIVED, "uplift/11")
ACCEPT = Move("accept", "审核通过", frozenset({S.PROPOSED}), S.ACCEPTED, "house/acceptance")
REFUSE = Move("refuse", "不予受理", frozenset({S.PROPOSED}), S.REFUSED, "uplift/11")
WITHDRAW = Move(
    "withdraw",
    "撤回申请",
    frozenset({S.SUBMITTED, S.CORRECTING, S.RECEIVED, S.PROPOSED}),
    S.WITHDRAWN,
    "house/bars",
)
ATTAIN = Move("attain", "公告定级", frozenset({S.ACCEPTED}), S.ATTAINED, "uplift/11")
FAIL = Move("fail", "未通过定级", frozenset({S.ACCEPTED}), S.FAILED, "mem-2021-83/10")
CLOSE = Move("close", "终止申报", frozenset({S.ACCEPTED}), S.CLOSED, "uplift/11")
MOVES = (
    *(SUBMIT, DISCARD, RECEIVE, DEEM, ASK_CORRECTION, COMPLETE, LAPSE),
    *(PROPOSE, SEND_BACK, ACCEPT, REFUSE, WITHDRAW),
    *(ATTAIN, FAIL, CLOSE),
)
