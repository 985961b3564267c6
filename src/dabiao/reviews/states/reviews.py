"""States of a review 评审: from the contract to the report."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class ReviewState(StrEnum):
    ENGAGED = "engaged"
    VISITING = "visiting"
    HELD = "held"
    CLEARED = "cleared"
    PLANNED = "planned"
    REVIEWING = "reviewing"
    RECTIFYING = "rectifying"
    CONFIRMING = "confirming"
    WRITING = "writing"
    REPORTED = "reported"
    STOPPED = "stopped"
    CLOSED = "closed"


TITLES = {
    ReviewState.ENGAGED: "已签合同，待初访",
    ReviewState.VISITING: "初访现场核验中",
    ReviewState.HELD: "初访暂缓，先行整改",
    ReviewState.CLEARED: "初访通过，待制定评审计划",
    ReviewState.PLANNED: "已制定计划，待现场评审",
    ReviewState.REVIEWING: "现场评审中",
    ReviewState.RECTIFYING: "整改中",
    ReviewState.CONFIRMING: "待确认整改",
    ReviewState.WRITING: "编写评审报告",
    ReviewState.REPORTED: "评审报告已提交",
    ReviewState.STOPPED: "已中止，待组织单位处理",
    ReviewState.CLOSED: "已终止",
}
S = ReviewState
Q3, Q4, M9 = "quality-2015/3", "quality-2015/4", "mem-2021-83/9"
OPEN = frozenset(set(S) - {S.REPORTED, S.CLOSED})  # the review unit has work to do, or may have again
RUNNING = frozenset(set(S) - {S.CLOSED})  # one a case
STOPPABLE = frozenset(set(S) - {S.STOPPED, S.CLOSED})

VISIT = Move("visit", "开展初访", frozenset({S.ENGAGED, S.HELD}), S.VISITING, "uplift/10")
HOLD = Move("hold", "初访暂缓", frozenset({S.VISITING}), S.HELD, "uplift/10")
CLEAR = Move("clear", "初访通过", frozenset({S.VISITING}), S.CLEARED, "uplift/10")
PLAN = Move("plan", "制定评审计划", frozenset({S.CLEARED}), S.PLANNED, "quality-2015/4")
REPLAN = Move("replan", "撤销评审计划", frozenset({S.PLANNED}), S.CLEARED, "quality-2015/4")
BEGIN = Move("begin", "召开首次会议，开始评审", frozenset({S.PLANNED}), S.REVIEWING, Q4)
DELIVER = Move("deliver", "双方签字，送达不符合项", frozenset({S.REVIEWING}), S.RECTIFYING, Q4)
NO_FINDINGS = Move("no_findings", "双方签字，无不符合项", frozenset({S.REVIEWING}), S.WRITING, Q4)
RECTIFIED = Move("rectified", "企业报告整改完成", frozenset({S.RECTIFYING}), S.CONFIRMING, M9)
NOT_RECTIFIED = Move("not_rectified", "整改未通过确认", frozenset({S.CONFIRMING}), S.RECTIFYING, M9)
CONFIRM = Move("confirm", "确认整改完成", frozenset({S.CONFIRMING}), S.WRITING, M9)
REPORT = Move("report", "提交评审报告", frozenset({S.WRITING}), S.REPORTED, "quality-2015/4")
STOP = Move("stop", "发现冲突，中止评审", STOPPABLE, S.STOPPED, "quality-2015/3")


def _resume(state: S) -> Move:
    return Move(f"resume_{state}", "认定不是同一人，恢复评审", frozenset({S.STOPPED}), state, Q3)


# A review that a namesake stopped goes on where it stood.
RESUME_ENGAGED = _resume(S.ENGAGED)
RESUME_VISITING = _resume(S.VISITING)
RESUME_HELD = _resume(S.HELD)
RESUME_CLEARED = _resume(S.CLEARED)
RESUME_PLANNED = _resume(S.PLANNED)
RESUME_REVIEWING = _resume(S.REVIEWING)
RESUME_RECTIFYING = _resume(S.RECTIFYING)
RESUME_CONFIRMING = _resume(S.CONFIRMING)
RESUME_WRITING = _resume(S.WRITING)
RESUME_REPORTED = _resume(S.REPORTED)
RESUMES = {
    S(each.to): each
    for each in (
        *(RESUME_ENGAGED, RESUME_VISITING, RESUME_HELD, RESUME_CLEARED, RESUME_PLANNED),
        *(RESUME_REVIEWING, RESUME_RECTIFYING, RESUME_CONFIRMING, RESUME_WRITING, RESUME_REPORTED),
    )
}
CLOSE = Move("close", "终止评审", frozenset(set(S) - {S.CLOSED}), S.CLOSED, "uplift/11")
# A re-check sends back to one named step; what was agreed after that step has to be agreed anew.
BACK_TO_REVIEW = Move("back_to_review", "退回重新评审", frozenset({S.REPORTED}), S.CLEARED, "uplift/11")
BACK_TO_RECTIFY = Move("back_to_rectify", "退回继续整改", frozenset({S.REPORTED}), S.RECTIFYING, "uplift/11")
BACK_TO_WRITE = Move("back_to_write", "退回修改报告", frozenset({S.REPORTED}), S.WRITING, "uplift/11")
MOVES = (
    *(VISIT, HOLD, CLEAR, PLAN, REPLAN, BEGIN, DELIVER, NO_FINDINGS),
    *(RECTIFIED, NOT_RECTIFIED, CONFIRM, REPORT, STOP, CLOSE),
    *(BACK_TO_REVIEW, BACK_TO_RECTIFY, BACK_TO_WRITE),
    *RESUMES.values(),
)
