"""Who sets a rectification check on site, who concludes it, who calls it off."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.models import Check, MemberPlace, Review
from dabiao.reviews.permissions import rectifications
from dabiao.reviews.queries import plans
from dabiao.reviews.states.checks import CheckState
from dabiao.reviews.states.reviews import ReviewState

M9 = rectifications.M9
BEGIN = act("reviews.begin_check", "评审组安排整改现场确认", M9, Role.REVIEWER)
CLOSE = act("reviews.close_check", "牵头评审员签字关闭整改确认表", M9, Role.REVIEWER)
CONCLUDE = act("reviews.conclude_check", "牵头评审员按整改确认表逐项确认或者退回", M9, Role.REVIEWER)
CALL_OFF = act("reviews.call_off_check", "评审组取消整改现场确认", M9, Role.REVIEWER)
ACTS = (BEGIN, CLOSE, CONCLUDE, CALL_OFF)
REVIEWERS = (MemberPlace.LEADER, MemberPlace.REVIEWER)
ENDED = "这次现场确认已经办结或者取消。"


def may_begin(actor: Actor, review: Review) -> Permit:
    """A reviewer of the team, while it has to confirm."""
    return rectifications.may_check(actor, review, ReviewState.CONFIRMING).and_then(
        lambda: _reviewer(actor, review)
    )


def _reviewer(actor: Actor, review: Review) -> Permit:
    member = plans.joined(actor, review)
    fits = member is not None and member.place in REVIEWERS and actor.at_body(review.body_id, Role.REVIEWER)
    return allowed if fits else denied("由评审组的评审员安排。", M9)


def may_close(actor: Actor, check: Check) -> Permit:
    """Close its sheet: who leads it."""
    return _leads(actor, check)


def may_conclude(actor: Actor, check: Check) -> Permit:
    """Who leads it, on what was submitted then: what was submitted anew is looked at anew."""
    return _leads(actor, check).and_then(
        lambda: (
            allowed
            if check.review.state == ReviewState.CONFIRMING and check.submission.returned_on is None
            else too_early("整改已经退回或者办结，这次现场确认不再适用，请取消后另行安排。", M9)
        )
    )


def may_call_off(actor: Actor, check: Check, *, leads: bool) -> Permit:
    """Who leads it, or who leads the review: nothing hangs in the air because somebody left."""
    if check.state != CheckState.OPEN:
        return too_early(ENDED, M9)
    return allowed if leads else _leads(actor, check)


def _leads(actor: Actor, check: Check) -> Permit:
    if actor.account != check.lead_id or not actor.at_body(check.review.body_id, Role.REVIEWER):
        return denied("由这次现场确认的牵头评审员办理。", M9)
    return allowed if check.state == CheckState.OPEN else too_early(ENDED, M9)
