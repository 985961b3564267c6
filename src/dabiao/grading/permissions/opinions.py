"""Who gives an opinion: the body that was asked; after its limit the level above, or whom it appoints."""

from dabiao.grading.models import Grading, Opinion
from dabiao.grading.permissions.gates import apart, time_only
from dabiao.grading.states.gradings import RUNNING
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role

U8 = "uplift/8"
GIVERS = (Role.LOCALITY, Role.INDUSTRY_DISTRICT, Role.INDUSTRY_CITY)
GIVE = act("grading.give_opinion", "属地、区行业主管部门提出意见", U8, *GIVERS, Role.BUREAU_CITY)
APPOINT = act("grading.appoint_opinion", "上一级指定人员提出意见", "house/escalation", *GIVERS)
ESCALATE = act("grading.escalate_opinion", "意见逾期未出上提一级", "house/escalation", Role.TIME)

ACTS = (GIVE, APPOINT, ESCALATE)
ROLES = (Role.LOCALITY, Role.INDUSTRY_DISTRICT, Role.INDUSTRY_CITY, Role.BUREAU_CITY)


def may_give(actor: Actor, opinion: Opinion) -> Permit:
    """One's own body's; once escalated the level above's, or one's own by appointment."""
    if not (_asked(actor, opinion) or _appointed(actor, opinion)):
        return denied("由被征求意见的部门提出；逾期的由上一级提出或者指定人员提出。", U8)
    return _open(opinion).and_then(lambda: apart(actor, opinion.grading))


def may_appoint(actor: Actor, opinion: Opinion) -> Permit:
    if opinion.above_id is None or not actor.at_body(opinion.above_id, *ROLES):
        return denied("意见上提之后，由上一级指定人员。", "house/escalation")
    return _open(opinion)


def may_escalate(actor: Actor, opinion: Opinion) -> Permit:
    return time_only(actor).and_then(lambda: _open(opinion))


def _asked(actor: Actor, opinion: Opinion) -> bool:
    return actor.at_body(opinion.body_id, *ROLES) or actor.at_body(opinion.above_id, *ROLES)


def _appointed(actor: Actor, opinion: Opinion) -> bool:
    return opinion.appointed_id is not None and opinion.appointed_id == actor.account


def _open(opinion: Opinion) -> Permit:
    if opinion.given_at is not None:
        return too_early("意见已经提出，不能再改。", U8)
    grading: Grading = opinion.grading
    return allowed if grading.state in RUNNING else too_early("定级件已经办结。", U8)
