"""Who arranges a verification, pledges, opens, closes, concludes and calls it off; what time does."""

from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.supervision.models import Verification, Verifier, VerifyingVisit
from dabiao.supervision.states.verifications import UNDER_WAY, VerificationState, VisitState

Q8, LIMITS = "quality-2015/8", "house/verification"
OFFICERS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
ARRANGE = act("supervision.arrange", "主管部门安排核查人员和日期", Q8, *OFFICERS)
PLEDGE = act("supervision.pledge", "核查人员作出廉洁承诺", Q8, *OFFICERS)
ASIDE = act("supervision.stand_aside", "核查人员申报利害关系，回避核查", "house/recusal", *OFFICERS)
OPEN = act("supervision.open", "牵头人打开核查表", Q8, *OFFICERS)
CLOSE = act("supervision.close", "牵头人签字关闭核查表", Q8, *OFFICERS)
CONCLUDE = act("supervision.conclude", "牵头人按核查表作出核查结论", Q8, *OFFICERS)
CALL_OFF = act("supervision.call_off", "主管部门取消核查安排", Q8, *OFFICERS)
RELEASE = act("supervision.release", "证书失效，不再核查", LIMITS, Role.TIME)
REPORT = act("supervision.report_overdue", "核查逾期，逐级报告", LIMITS, Role.TIME)
ACTS = (ARRANGE, PLEDGE, ASIDE, OPEN, CLOSE, CONCLUDE, CALL_OFF, RELEASE, REPORT)
ENDED = "这次核查已经作出结论或者取消。"
OPENED = "核查表已经打开。"


def may_arrange(actor: Actor, verification: Verification, *, under_way: bool) -> Permit:
    """An officer of the department that owes it; one visit at a time."""
    if not actor.at_body(verification.department_id, *OFFICERS):
        return denied("由负责该等级的主管部门安排。", Q8)
    if verification.state != VerificationState.DRAWN:
        return too_early("已经完成核查，或者不再核查。", Q8)
    return too_early("已经安排了一次核查，请先办结或者取消。", Q8) if under_way else allowed


def may_pledge(actor: Actor, verifier: Verifier) -> Permit:
    """Each for themselves, before the sheet opens. Whoever stands aside pledges no more."""
    if actor.account != verifier.account_id or not actor.at_body(verifier.body_id, *OFFICERS):
        return denied("由核查人员本人承诺。", Q8)
    if verifier.visit.state != VisitState.ARRANGED:
        return too_early(OPENED if verifier.visit.state == VisitState.OPEN else ENDED, Q8)
    return too_early("您已经承诺或者申报回避。", Q8) if verifier.pledged_at or verifier.aside_at else allowed


def may_open(actor: Actor, visit: VerifyingVisit) -> Permit:
    return _leads(actor, visit, VisitState.ARRANGED, OPENED)


def may_close(actor: Actor, visit: VerifyingVisit) -> Permit:
    """Close its sheet: who leads it."""
    return _leads(actor, visit, VisitState.OPEN, "核查表还没有打开。")


def may_conclude(actor: Actor, visit: VerifyingVisit) -> Permit:
    """Who leads it, by its sheet."""
    return _leads(actor, visit, VisitState.OPEN, "核查表还没有打开。")


def may_call_off(actor: Actor, visit: VerifyingVisit) -> Permit:
    """Who leads it, or an officer of the department; what was drawn stays drawn."""
    if visit.state not in UNDER_WAY:
        return too_early(ENDED, Q8)
    if actor.at_body(visit.verification.department_id, *OFFICERS) or _is_lead(actor, visit):
        return allowed
    return denied("由负责该等级的主管部门或者牵头人取消。", Q8)


def may_let_time(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("到期自动办理，不由个人办理。")


def _leads(actor: Actor, visit: VerifyingVisit, state: VisitState, otherwise: str) -> Permit:
    if not _is_lead(actor, visit):
        return denied("由这次核查的牵头人办理。", Q8)
    if visit.state == state:
        return allowed
    return too_early(otherwise if visit.state in UNDER_WAY else ENDED, Q8)


def _is_lead(actor: Actor, visit: VerifyingVisit) -> bool:
    verification = visit.verification
    at = (verification.department_id, verification.district_id)
    return actor.account == visit.lead_id and any(actor.at_body(body, *OFFICERS) for body in at)
