"""Who plans, joins, draws experts; who watches and remarks."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.models import ExpertDraw, Member, Remark, Review
from dabiao.reviews.queries import plans as queries
from dabiao.reviews.states.reviews import OPEN, ReviewState

Q4, U20 = "quality-2015/4", "uplift/20"
AUTHORITIES = (Role.INDUSTRY_DISTRICT, Role.BUREAU_DISTRICT, Role.INDUSTRY_CITY, Role.LOCALITY)

PLAN = act("reviews.plan", "评审单位管理员制定评审计划", Q4, Role.REVIEW_ADMIN)
REPLAN = act("reviews.replan", "评审单位管理员撤销评审计划", Q4, Role.REVIEW_ADMIN)
FREEZE = act("reviews.freeze_experts", "评审单位管理员锁定专家抽取名单", U20, Role.REVIEW_ADMIN)
SEED = act("reviews.seed_experts", "双方各出随机词抽取专家", U20, Role.REVIEW_ADMIN, Role.ORGANIZER)
ACCEPT = act(
    "reviews.accept_membership", "评审组成员申报回避事项并接受", "house/recusal", Role.REVIEWER, Role.EXPERT
)
DECLINE = act(
    "reviews.decline_membership", "评审组成员不参加或者回避", "house/recusal", Role.REVIEWER, Role.EXPERT
)
REMARK = act("reviews.remark", "区主管部门、属地跟踪评审，到场或者提出意见", Q4, *AUTHORITIES)
ANSWER = act("reviews.answer_remark", "评审组答复意见", Q4, Role.REVIEW_ADMIN, Role.REVIEWER)

ACTS = (PLAN, REPLAN, FREEZE, SEED, ACCEPT, DECLINE, REMARK, ANSWER)
ADMIN = "由承担评审的评审单位管理员办理。"
UNCLEARED = "初访现场核验通过之后才能制定评审计划。"


def may_plan(actor: Actor, review: Review) -> Permit:
    """No review is planned before a passed gate."""
    if not actor.at_body(review.body_id, Role.REVIEW_ADMIN):
        return denied(ADMIN, PLAN.clause)
    if review.state == ReviewState.PLANNED:
        return too_early("已经制定评审计划；需要调整的请先撤销。", PLAN.clause)
    return allowed if review.state == ReviewState.CLEARED else too_early(UNCLEARED, "uplift/10")


def may_replan(actor: Actor, review: Review) -> Permit:
    if not actor.at_body(review.body_id, Role.REVIEW_ADMIN):
        return denied(ADMIN, REPLAN.clause)
    return _in(review, "只有尚未开始的评审计划可以撤销。", ReviewState.PLANNED)


def may_seed(actor: Actor, draw: ExpertDraw) -> Permit:
    """One word from either body."""
    if not party(actor, draw.review):
        return denied("由承担评审的评审单位和评审组织单位各出一个随机词。", SEED.clause)
    return too_early("已经抽取。", SEED.clause) if draw.drawn_at else allowed


def party(actor: Actor, review: Review) -> int | None:
    """The body somebody gives a word for."""
    if actor.at_body(review.body_id, Role.REVIEW_ADMIN):
        return review.body_id
    return review.organizing_id if actor.at_body(review.organizing_id, Role.ORGANIZER) else None


def may_join(actor: Actor, member: Member) -> Permit:
    """Accept or decline: oneself, once, while the plan is in force and has not begun."""
    if member.account_id != actor.account:
        return denied("由评审组成员本人办理。", ACCEPT.clause)
    if member.plan.withdrawn_at is not None or member.accepted_at or member.declined_at:
        return too_early("您已经答复，或者计划已经撤销。", ACCEPT.clause)
    return allowed


def may_remark(actor: Actor, review: Review) -> Permit:
    if watcher(actor, review) is None:
        return denied("由区行业主管部门、应急管理局和属地跟踪评审过程。", REMARK.clause)
    return allowed if review.state in OPEN else too_early("评审报告已经提交。", REMARK.clause)


def watcher(actor: Actor, review: Review) -> int | None:
    """The authority somebody speaks for: the locality, the district's, the department of the level."""
    for post in actor.posts:
        district = post.jurisdiction == review.jurisdiction_id and post.role in AUTHORITIES[:2]
        if district or (post.role in AUTHORITIES and post.body in {review.locality_id, review.department_id}):
            return post.body
    return None


def may_answer(actor: Actor, remark: Remark) -> Permit:
    review = remark.review
    if not (queries.leads(actor, review) or actor.at_body(review.body_id, Role.REVIEW_ADMIN)):
        return denied("由评审组长或者评审单位管理员答复。", ANSWER.clause)
    return too_early("已经答复。", ANSWER.clause) if remark.answered_at else allowed


def _in(review: Review, otherwise: str, *states: ReviewState) -> Permit:
    return allowed if review.state in states else too_early(otherwise)
