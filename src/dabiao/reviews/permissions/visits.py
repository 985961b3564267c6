"""Who goes on the initial visit, and who may close it."""

from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.models import InitialVisit, Review
from dabiao.reviews.states import reviews as states

U10 = "uplift/10"
BEGIN = act("reviews.begin_visit", "评审单位管理员安排初访现场核验", U10, Role.REVIEW_ADMIN)
CLOSE = act("reviews.close_visit", "评审员作出初访现场核验结论", U10, Role.REVIEWER)
ENFORCE = act("reviews.hand_to_enforcement", "立即整改逾期未到位，移交执法机构", U10, Role.TIME)
ACTS = (BEGIN, CLOSE, ENFORCE)


def may_begin(actor: Actor, review: Review, *, told: bool, unrectified: int) -> Permit:
    """The engaged unit, once the departments were told, and what held the last one is put right."""
    if not actor.at_body(review.body_id, Role.REVIEW_ADMIN):
        return denied("由承担评审的评审单位管理员安排初访。", U10)
    if review.state not in states.VISIT.from_:
        return too_early("现在不能安排初访。", U10)
    if not told:
        return too_early("还没有向区行业主管部门和属地通报签约，不能开展初访。", "uplift/8")
    if unrectified:
        return too_early(f"上次初访发现的问题还有 {unrectified} 项没有整改销号。", U10)
    return allowed


def may_close(actor: Actor, visit: InitialVisit) -> Permit:
    if actor.account != visit.lead_id or not actor.at_body(visit.review.body_id, Role.REVIEWER):
        return denied("由本次初访的牵头评审员作出结论。", U10)
    return too_early("本次初访已经作出结论。", U10) if visit.outcome else allowed


def may_let_time(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("到期自动办理，不由个人办理。")
