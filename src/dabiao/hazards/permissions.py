"""Who may do what with a finding of a unit's own self-assessment."""

from dabiao.hazards.models import Handover, Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import UNIT_ROLES, Role

OFFICERS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
OUTSIDE = (Role.REVIEW_ADMIN, Role.REVIEWER, Role.EXPERT, *OFFICERS)  # posted at the body that confirms
LEADING = (Role.UNIT_PRINCIPAL, Role.UNIT_OFFICER)

RAISE = act("hazards.raise", "评分发现的问题登记为隐患或不符合项", "uplift/19", *UNIT_ROLES)
PLAN = act("hazards.plan", "企业分析原因并制定整改、预防措施", "uplift/19", *UNIT_ROLES)
REPORT = act("hazards.report", "企业报告整改完成并附证据", "uplift/19", *UNIT_ROLES)
CONFIRM = act("hazards.confirm", "企业负责人员确认销号或退回", "uplift/19", *LEADING)
CONFIRM_FOUND = act("hazards.confirm_found", "提出问题的单位确认销号或退回", "mem-2021-83/9", *OUTSIDE)
STAMP = act(
    "hazards.stamp_limit",
    "整改期限变动时更新隐患的期限",
    "mem-2021-83/9",
    *LEADING,
    *OUTSIDE,
    Role.ORGANIZER_LEAD,
)
DEMAND = act("hazards.track_demand", "企业收集并跟踪主管部门的工作要求", "uplift/19", *UNIT_ROLES)
REGISTER = act("hazards.keep_register", "企业建立和维护风险分级管控清单", "uplift/13", *LEADING)
SCREEN = act("hazards.screen", "企业开展隐患排查并登记发现的隐患", "uplift/13", *UNIT_ROLES)
LINK = act("hazards.link_risk", "企业把隐患对应到风险点", "uplift/13", *UNIT_ROLES)

RECEIVING = (
    *(Role.ENFORCEMENT, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT),
    *(Role.BUREAU_CITY, Role.BUREAU_DISTRICT),
)
HAND_OVER = act(
    "hazards.hand_over",
    "把隐患和违法行为报告部门、移交执法机构",
    "uplift/12",
    *(Role.REVIEWER, Role.REVIEW_ADMIN, Role.ORGANIZER, Role.TIME, *RECEIVING),
)
ACKNOWLEDGE = act("hazards.acknowledge_handover", "收到移交的机构签收", "uplift/12", *RECEIVING)
ANSWER = act("hazards.answer_handover", "收到移交的机构反馈处理结果", "uplift/12", *RECEIVING)
ESCALATE = act("hazards.escalate_handover", "移交逾期未签收，上提一级", "house/time-limits", Role.TIME)

ACTS = (
    *(RAISE, PLAN, REPORT, CONFIRM, CONFIRM_FOUND, STAMP, DEMAND, REGISTER, SCREEN, LINK),
    *(HAND_OVER, ACKNOWLEDGE, ANSWER, ESCALATE),
)
OTHERS = "只有本企业人员可以办理，您可以查看。"


def may_plan(actor: Actor, hazard: Hazard) -> Permit:
    if not actor.at_unit(hazard.unit_id, *UNIT_ROLES):
        return denied(OTHERS)
    if hazard.state not in {HazardState.FOUND, HazardState.PLANNED}:
        return too_early("已报告整改完成，方案不能再改；如需调整请先由负责人员退回。", "uplift/19")
    return allowed


def may_report(actor: Actor, hazard: Hazard) -> Permit:
    if not actor.at_unit(hazard.unit_id, *UNIT_ROLES):
        return denied(OTHERS)
    if hazard.state != HazardState.PLANNED:
        return too_early("请先写明原因、整改措施和期限，再报告完成。", "uplift/19")
    return allowed


def may_confirm(actor: Actor, hazard: Hazard) -> Permit:
    """Confirmed by the officer or the principal, and not by the one who reported it done; what a body from
    outside found is confirmed by that body."""
    if hazard.confirmer_id is not None:
        return _may_confirm_found(actor, hazard)
    if not actor.at_unit(hazard.unit_id, *LEADING):
        return denied("由本企业安全管理员或主要负责人确认销号。")
    if hazard.state != HazardState.DONE:
        return too_early("还没有报告整改完成。", "uplift/19")
    if hazard.done_by == actor.account:
        return denied("整改完成由您本人报告，请由另一位负责人员确认。", "uplift/19")
    return allowed


def _may_confirm_found(actor: Actor, hazard: Hazard) -> Permit:
    if not actor.at_body(hazard.confirmer_id, *OUTSIDE):
        return denied("由提出问题的单位确认，企业不能自行销号。", CONFIRM_FOUND.clause)
    return allowed if hazard.state == HazardState.DONE else too_early("还没有报告整改完成。", "mem-2021-83/9")


def may_track(actor: Actor, unit: int) -> Permit:
    return allowed if actor.at_unit(unit, *UNIT_ROLES) else denied(OTHERS)


def may_register(actor: Actor, unit: int) -> Permit:
    """The register is kept by those who lead."""
    return allowed if actor.at_unit(unit, *LEADING) else denied("由本企业安全管理员或主要负责人维护清单。")


def may_screen(actor: Actor, unit: int) -> Permit:
    return allowed if actor.at_unit(unit, *UNIT_ROLES) else denied(OTHERS)


def may_receive(actor: Actor, handover: Handover) -> Permit:
    """Acknowledge and answer: the body it was sent to, or the one it was escalated to."""
    there = actor.at_body(handover.to_id, *RECEIVING) or actor.at_body(handover.escalated_to_id, *RECEIVING)
    return allowed if there else denied("由收到移交的机构办理。", ACKNOWLEDGE.clause)


def may_acknowledge(actor: Actor, handover: Handover) -> Permit:
    return may_receive(actor, handover).and_then(
        lambda: too_early("已经签收。", ACKNOWLEDGE.clause) if handover.acknowledged_at else allowed
    )


def may_answer(actor: Actor, handover: Handover) -> Permit:
    return may_receive(actor, handover).and_then(
        lambda: too_early("已经反馈。", ANSWER.clause) if handover.answered_at else allowed
    )
