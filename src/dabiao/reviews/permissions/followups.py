"""Who owes a follow-up visit, who arranges, closes, concludes and calls it off, what time does about it."""

from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.models import FollowUp, Review, Revisit
from dabiao.reviews.queries import plans
from dabiao.reviews.states.followups import FollowUpState, RevisitState

Q4, LIMITS = "quality-2015/4", "house/time-limits"
DEPARTMENTS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
OWE = act("reviews.owe_follow_up", "公告定级，评审单位应当在期限内现场回访", Q4, *DEPARTMENTS, Role.TIME)
RELEASE = act("reviews.release_follow_up", "证书失效，不再要求回访", Q4, Role.TIME)
REPORT = act("reviews.report_follow_up", "达标后回访逾期，报告评审组织单位", LIMITS, Role.TIME)
ARRANGE = act("reviews.arrange_follow_up", "评审单位安排达标后回访", Q4, Role.REVIEW_ADMIN, Role.REVIEWER)
CLOSE = act("reviews.close_follow_up", "牵头评审员签字关闭回访表", Q4, Role.REVIEWER)
CONCLUDE = act("reviews.conclude_follow_up", "牵头评审员按回访表作出回访结论", Q4, Role.REVIEWER)
CALL_OFF = act("reviews.call_off_follow_up", "评审单位取消回访", Q4, Role.REVIEW_ADMIN, Role.REVIEWER)
ACTS = (OWE, RELEASE, REPORT, ARRANGE, CLOSE, CONCLUDE, CALL_OFF)
ENDED = "这次回访已经作出结论或者取消。"
LEADING = "由评审单位管理员或者评审组长安排。"


def may_owe(actor: Actor, review: Review) -> Permit:
    """Follows from the announcement: the department that makes it, or time where it was not put down then."""
    by = actor == TIME or actor.at_body(review.department_id, *DEPARTMENTS)
    return allowed if by else denied("公告定级时自动登记，不由个人办理。", Q4)


def may_let_time(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("到期自动办理，不由个人办理。")


def may_arrange(actor: Actor, review: Review, owed: FollowUp | None, *, under_way: bool) -> Permit:
    """Once announced, one at a time; more than those owed too, unless it was released."""
    if not _of_review_unit(actor, review):
        return denied(LEADING, Q4)
    if owed is None:
        return too_early("公告定级之后再安排回访。", Q4)
    if owed.state == FollowUpState.RELEASED:
        return too_early(f"不再要求回访：{owed.ended_why}", Q4)
    return too_early("已经安排了一次回访，请先办结或者取消。", Q4) if under_way else allowed


def _of_review_unit(actor: Actor, review: Review) -> bool:
    """Its administrator, or who led the team and is still there."""
    return actor.at_body(review.body_id, Role.REVIEW_ADMIN) or plans.leads(actor, review)


def may_close(actor: Actor, visit: Revisit) -> Permit:
    """Close its sheet: who leads it."""
    return _leads(actor, visit)


def may_conclude(actor: Actor, visit: Revisit) -> Permit:
    """Who leads it, by its sheet."""
    return _leads(actor, visit)


def may_call_off(actor: Actor, visit: Revisit) -> Permit:
    """Who leads it, or who may arrange another."""
    if visit.state != RevisitState.OPEN:
        return too_early(ENDED, Q4)
    return allowed if _of_review_unit(actor, visit.review) else _leads(actor, visit)


def _leads(actor: Actor, visit: Revisit) -> Permit:
    if actor.account != visit.lead_id or not actor.at_body(visit.review.body_id, Role.REVIEWER):
        return denied("由这次回访的牵头评审员办理。", Q4)
    return allowed if visit.state == RevisitState.OPEN else too_early(ENDED, Q4)
