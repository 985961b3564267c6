"""What all permissions of the grading ask: the state, the review still standing, nobody concerned."""

from dabiao.grading.models import Grading, Ruling
from dabiao.grading.queries import recusal
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.states.reviews import ReviewState

ACTS = ()
STOPPED = "评审已经中止或者终止，定级不能继续办理。"
TWO_PEOPLE = "house/two-people"
DEPARTMENTS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)


def apart(actor: Actor, grading: Grading) -> Permit:
    reason = recusal.concerned(actor.account, grading)
    return denied(reason, "house/recusal") if reason else allowed


def in_state(grading: Grading, otherwise: str, *states: GradingState) -> Permit:
    """In one of the states, on a review that still stands."""
    if grading.state not in states:
        return too_early(otherwise)
    return allowed if grading.review.state == ReviewState.REPORTED else too_early(STOPPED, "quality-2015/3")


def another(actor: Actor, ruling: Ruling | None) -> Permit:
    """Nobody both proposes and decides; what a colleague has decided meanwhile waits no more."""
    if ruling is None:
        return too_early("没有等待决定的提议，请刷新页面。")
    if ruling.proposed_by_id == actor.account:
        return denied("由您本人提出的，应当由另一位人员决定。", TWO_PEOPLE)
    return allowed


def time_only(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("到期自动办理，不由个人办理。")
