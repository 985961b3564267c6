"""Who leads the visit and delivers; who puts right, confirms, extends, closes; who reports."""

from dabiao.creation.queries.cases import belonged
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.reviews.models import Extension, Plan, Report, Review
from dabiao.reviews.queries import plans, recusal
from dabiao.reviews.states.reviews import ReviewState as S

Q4, M9, U11 = "quality-2015/4", "mem-2021-83/9", "uplift/11"
LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)
LEAD = (Role.ORGANIZER, Role.ORGANIZER_LEAD)

BEGIN = act("reviews.begin", "评审组长召开首次会议，开始评审", Q4, Role.REVIEWER)
CONCLUDE = act("reviews.closing_meeting", "评审组长召开末次会议", Q4, Role.REVIEWER)
DELIVER = act("reviews.deliver", "评审组长在双方签字后送达不符合项", Q4, Role.REVIEWER)
GUIDE = act("reviews.guide", "评审组指导企业制定整改方案", Q4, Role.REVIEWER, Role.EXPERT)
PLAN = act("reviews.plan_rectification", "企业逐项制定整改方案", Q4, *UNIT_ROLES)
RECTIFIED = act("reviews.report_rectified", "企业报告整改完成", M9, *LEADING)
CONFIRM = act("reviews.confirm_rectification", "评审组逐项确认整改或者退回", M9, Role.REVIEWER)
ASK = act("reviews.ask_extension", "企业在期限内申请延期整改", M9, *LEADING)
DECIDE = act("reviews.decide_extension", "评审组织单位决定是否延期", M9, *LEAD)
CLOSE = act("reviews.close_overdue", "评审组织单位负责人确认整改逾期，终止评审", U11, Role.ORGANIZER_LEAD)
REPORT_OVERDUE = act("reviews.report_overdue", "初访、评审、整改确认逾期逐级报告", M9, Role.TIME)
REPORT = act("reviews.submit_report", "评审组长提交评审报告", Q4, Role.REVIEWER)
KEEP = act("reviews.keep_report", "提交时留存评审报告的 PDF 文件", Q4, Role.REVIEWER, Role.TIME)
RETURN = act("reviews.send_back", "复核退回到一个步骤", U11, Role.ORGANIZER, Role.ORGANIZER_LEAD)

ACTS = (
    *(BEGIN, CONCLUDE, DELIVER, GUIDE, PLAN, RECTIFIED, CONFIRM),
    *(ASK, DECIDE, CLOSE, REPORT_OVERDUE, REPORT, KEEP, RETURN),
)
LEADER = "由评审组长办理。"
LATER = "现在不能办理这一步，请看评审的进度。"
NOT_NOW = {
    S.STOPPED: "评审已中止，正由评审组织单位处理，处理之前不能办理这一步。",
    S.CLOSED: "评审已终止，不再办理这一步；已有的记录原样保留备查。",
}
APART = "您在这家企业任过职，应当回避，请由其他人员办理。"


def may_lead(actor: Actor, review: Review, *states: S, plan: Plan | None = None) -> Permit:
    """What the leader does, each in its state. `plan`: the one in force, if it is at hand."""
    if not plans.leads(actor, review, plan):
        return denied(LEADER, Q4)
    return allowed if review.state in states else too_early(NOT_NOW.get(S(review.state), LATER), Q4)


def may_keep(actor: Actor, report: Report) -> Permit:
    """Who handed it in, once; time, where that did not succeed."""
    if actor != TIME and actor.account != report.submitted_by_id:
        return denied("由提交报告的评审组长留存。", Q4)
    return too_early("报告文件已经留存，不能更换。", Q4) if report.file_id else allowed


def may_check(actor: Actor, review: Review, *states: S) -> Permit:
    """Guide or confirm: the team."""
    member = plans.joined(actor, review)
    if member is None or member.accepted_at is None:
        return denied("由评审组成员办理。", Q4)
    return allowed if review.state in states else too_early("现在没有需要办理的整改。", M9)


def may_rectify(actor: Actor, review: Review, *roles: Role) -> Permit:
    if not actor.at_unit(review.unit_id, *(roles or UNIT_ROLES)):
        return denied("由本企业人员办理。", M9)
    return allowed if review.state == S.RECTIFYING else too_early("现在不在整改期间。", M9)


def may_decide(actor: Actor, extension: Extension) -> Permit:
    if not actor.at_body(extension.review.organizing_id, *LEAD):
        return denied("由评审组织单位决定。", DECIDE.clause)
    if extension.granted is not None:
        return too_early("已经决定。", DECIDE.clause)
    return _apart(actor, extension.review)


def may_close(actor: Actor, review: Review, *, overdue: bool) -> Permit:
    """Confirmed by a person: time alone closes nothing."""
    if not actor.at_body(review.organizing_id, Role.ORGANIZER_LEAD):
        return denied("整改逾期由评审组织单位负责人确认。", CLOSE.clause)
    if review.state != S.RECTIFYING or not overdue:
        return too_early("整改没有确定逾期，不能终止。", CLOSE.clause)
    return _apart(actor, review)


def may_let_time(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("到期自动办理，不由个人办理。")


def _apart(actor: Actor, review: Review) -> Permit:
    """Nobody decides who was ever of the unit, or within the cycle of the review unit."""
    reason = APART if belonged(actor.account, review.unit_id) else recusal.of_review(actor.account, review)
    return denied(reason, "house/recusal") if reason else allowed
