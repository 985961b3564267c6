"""The journey of a case as steps with dates and people."""

from datetime import date, datetime

from dabiao.base.clock import day_of
from dabiao.creation.models import Case, Decision
from dabiao.creation.queries.cases import correction_of
from dabiao.creation.states.cases import CaseState as S
from dabiao.kernel.limits import until
from dabiao.look.shapes import Light, LimitShown, Step, StepState

# state -> how many steps are behind it
REACHED = {
    S.DRAFT: 0,
    S.SUBMITTED: 2,
    S.CORRECTING: 3,
    S.RECEIVED: 3,
    S.PROPOSED: 4,
    S.ACCEPTED: 6,
    S.REFUSED: 4,
    S.ATTAINED: 6,
    S.FAILED: 6,
    S.CLOSED: 6,
}
LATE = StepState.LATE


def steps(case: Case, decided: list[Decision], limit: LimitShown | None) -> list[Step]:
    """起草 → 提交 → 接收 → 审核 → 决定 → 进入评审; completing papers stands between where it happened."""
    last = decided[0] if decided else None
    found = [
        Step("起草", StepState.DONE, day_of(case.started_at), "安全管理员"),
        Step("提交申请", day=case.submitted_on, who=case.submitted_by.name if case.submitted_by else ""),
        Step("接收", day=case.received_on, who=case.organizing.short or case.organizing.name),
        Step("审核", day=_day(last.proposed_at) if last else None, who=last.proposed_by.name if last else ""),
        Step("决定", day=_day(case.decided_at) if last else None, who=_decider(last)),
        Step("进入评审", day=case.accepted_on),
    ]
    drawn = [_drawn(case, each, place, limit) for place, each in enumerate(found)]
    asked = correction_of(case)
    if asked is not None:
        state = StepState.NOW if case.state == S.CORRECTING else StepState.DONE
        late = limit is not None and limit.state is Light.RED and state is StepState.NOW
        note = until(asked.due, provisional=asked.due_provisional)
        drawn.insert(3, Step("补正", LATE if late else state, asked.completed_on, "安全管理员", note))
    return drawn


def _drawn(case: Case, step: Step, place: int, limit: LimitShown | None) -> Step:
    return Step(step.title, _state(case, place, limit), step.day, step.who, step.note)


def _state(case: Case, place: int, limit: LimitShown | None) -> StepState:
    state = S(case.state)
    if state in {S.WITHDRAWN, S.DISCARDED}:
        reached = 0 if case.submitted_on is None else 2 if case.received_on is None else 3
        return StepState.DONE if place < reached else StepState.FAILED if place == reached else StepState.TODO
    reached = REACHED[state]
    if place < reached:
        return StepState.DONE
    if place > reached or state == S.CORRECTING:
        return StepState.TODO
    if state == S.REFUSED:
        return StepState.FAILED
    return LATE if limit is not None and limit.state is Light.RED else StepState.NOW


def _decider(last: Decision | None) -> str:
    return last.decided_by.name if last and last.decided_by else ""


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
