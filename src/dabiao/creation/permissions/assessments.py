"""Who may do what with a self-assessment."""

from datetime import date

from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.states.assessments import AssessmentState
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role

LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)

START = act("creation.start_self_assessment", "企业安全管理员发起自评", "uplift/19", Role.UNIT_OFFICER)
SIGN = act("creation.sign_self_assessment", "企业签字形成自评报告", "uplift/19", *LEADING)
POST = act("creation.post_self_assessment", "企业在内部公示自评报告", "mem-2021-83/9", Role.UNIT_OFFICER)
HAND_IN = act("creation.hand_in_self_assessment", "企业提交自评报告", "uplift/19", Role.UNIT_OFFICER)
ABANDON = act("creation.abandon_self_assessment", "企业作废未完成的自评", "quality-2015/1", Role.UNIT_OFFICER)

ACTS = (START, SIGN, POST, HAND_IN, ABANDON)
OTHERS = "由本企业安全管理员办理。"


def may_start(actor: Actor, unit: int) -> Permit:
    return allowed if actor.at_unit(unit, Role.UNIT_OFFICER) else denied(OTHERS)


def may_sign(actor: Actor, assessment: SelfAssessment) -> Permit:
    if not actor.at_unit(assessment.unit_id, *LEADING):
        return denied("由本企业安全管理员或主要负责人签字。")
    if assessment.state != AssessmentState.FILLING:
        return too_early("自评报告已经签字。", "uplift/19")
    return allowed


def may_countersign(actor: Actor, assessment: SelfAssessment) -> Permit:
    """A further signature over the report, before it is handed in."""
    if not actor.at_unit(assessment.unit_id, *LEADING):
        return denied("由本企业主要负责人签字。")
    if assessment.state not in {AssessmentState.SIGNED, AssessmentState.POSTED}:
        return too_early("自评报告形成之后、提交之前可以签字。", "uplift/19")
    return allowed


def may_post(actor: Actor, assessment: SelfAssessment) -> Permit:
    if not actor.at_unit(assessment.unit_id, Role.UNIT_OFFICER):
        return denied(OTHERS)
    if assessment.state != AssessmentState.SIGNED:
        return too_early("签字形成报告后才能公示，每份报告公示一次。", "mem-2021-83/9")
    return allowed


def may_hand_in(actor: Actor, assessment: SelfAssessment, day: date) -> Permit:
    """Only after the posting period has run to its end."""
    if not actor.at_unit(assessment.unit_id, Role.UNIT_OFFICER):
        return denied(OTHERS)
    if assessment.state != AssessmentState.POSTED or assessment.posting_ends is None:
        return too_early("先在企业内公示，公示期满后才能提交。", "mem-2021-83/9")
    if day <= assessment.posting_ends:
        last = f"{assessment.posting_ends:%Y-%m-%d}"
        return too_early(f"公示期到 {last}（含当日）为止，期满次日起可以提交。", "mem-2021-83/9")
    return allowed


def may_abandon(actor: Actor, assessment: SelfAssessment) -> Permit:
    if not actor.at_unit(assessment.unit_id, Role.UNIT_OFFICER):
        return denied(OTHERS)
    if assessment.state != AssessmentState.FILLING:
        return too_early("已签字的自评不能作废。", "quality-2015/4")
    return allowed
