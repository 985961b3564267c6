"""Who announces: two people of the department; who acknowledges the copies."""

from dabiao.grading.models import Bulletin, Copy
from dabiao.grading.permissions.gates import DEPARTMENTS, TWO_PEOPLE, time_only
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role

U11, COPY = "uplift/11", "house/certificates"
RECEIVERS = (
    *(Role.ORGANIZER, Role.ORGANIZER_LEAD, Role.LOCALITY),
    *(Role.INDUSTRY_DISTRICT, Role.INDUSTRY_CITY, Role.BUREAU_DISTRICT, Role.BUREAU_CITY),
)
PROPOSE = act("grading.propose_bulletin", "行业主管部门提出公告", U11, *DEPARTMENTS)
ANNOUNCE = act("grading.announce", "行业主管部门公告定级，颁发证书", U11, *DEPARTMENTS)
DROP = act("grading.drop_bulletin", "行业主管部门退回公告提议", U11, *DEPARTMENTS)
ACKNOWLEDGE = act("grading.acknowledge_copy", "有关部门签收公告抄送", COPY, *RECEIVERS)
CHASE = act("grading.chase_copy", "公告抄送逾期未签收", COPY, Role.TIME)

ACTS = (PROPOSE, ANNOUNCE, DROP, ACKNOWLEDGE, CHASE)


def may_propose(actor: Actor, department: int) -> Permit:
    if actor.at_body(department, *DEPARTMENTS):
        return allowed
    return denied("由对该等级负责的行业主管部门公告。", U11)


def may_decide(actor: Actor, bulletin: Bulletin) -> Permit:
    """Another person of the department than the one who proposed."""
    if not actor.at_body(bulletin.department_id, *DEPARTMENTS):
        return denied("由提出公告的行业主管部门决定。", U11)
    if bulletin.decided_at is not None or bulletin.dropped:
        return too_early("公告已经决定。", U11)
    if bulletin.proposed_by_id == actor.account:
        return denied("公告由您本人提出，应当由另一位人员决定。", TWO_PEOPLE)
    return allowed


def may_acknowledge(actor: Actor, copy: Copy) -> Permit:
    if not actor.at_body(copy.body_id, *RECEIVERS):
        return denied("由收到抄送的部门签收。", COPY)
    return too_early("已经签收。", COPY) if copy.acknowledged_at else allowed


def may_chase(actor: Actor) -> Permit:
    return time_only(actor)
