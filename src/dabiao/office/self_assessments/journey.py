"""The journey of a self-assessment as steps with dates and people."""

from datetime import date

from dabiao.base.clock import day_of
from dabiao.creation.models import SelfAssessment
from dabiao.creation.states.assessments import AssessmentState as S
from dabiao.kernel.limits import LimitState, until
from dabiao.look.shapes import Step, StepState
from dabiao.sheets.models import Signature

ORDER = (S.FILLING, S.SIGNED, S.POSTED, S.HANDED_IN)


def steps(
    assessment: SelfAssessment, signatures: list[Signature], lead: str, posting: LimitState | None
) -> list[Step]:
    """发起 → 逐项自评 → 签字形成报告 → 内部公示 → 提交."""
    signed = signatures[0] if signatures else None
    last = assessment.posting_ends
    ends = until(last, provisional=assessment.posting_provisional) if last else ""
    handed = assessment.handed_in_at
    return [
        Step("发起自评", StepState.DONE, day_of(assessment.started_at), lead),
        Step("逐项自评", _state(assessment, 0), None, "自评员"),
        Step("签字形成报告", _state(assessment, 0, after=True), _day(signed), signed.name if signed else ""),
        Step(
            "内部公示",
            _posting_state(assessment, bool(posting and posting.passed)),
            assessment.posted_on,
            "",
            ends,
        ),
        Step("提交自评报告", _state(assessment, 3, after=True), day_of(handed) if handed else None),
    ]


def _day(signature: Signature | None) -> date | None:
    return day_of(signature.signed_at) if signature else None


def _state(assessment: SelfAssessment, place: int, *, after: bool = False) -> StepState:
    if assessment.state == S.ABANDONED:
        return StepState.FAILED if place == 0 and not after else StepState.TODO
    reached = ORDER.index(S(assessment.state))
    if after:
        return StepState.DONE if reached > place or reached == ORDER.index(S.HANDED_IN) else StepState.TODO
    return StepState.NOW if reached == place else StepState.DONE


def _posting_state(assessment: SelfAssessment, passed: bool) -> StepState:
    if assessment.state == S.HANDED_IN or (assessment.state == S.POSTED and passed):
        return StepState.DONE
    return StepState.NOW if assessment.state in {S.SIGNED, S.POSTED} else StepState.TODO
