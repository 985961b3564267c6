"""Who objects, who states the facts, who decides: never the one who proposed the publicity."""

from dabiao.grading.models import Objection, Ruling
from dabiao.grading.models.rulings import Matter
from dabiao.grading.permissions.gates import DEPARTMENTS, apart, time_only
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, denied, too_early
from dabiao.kernel.roles import Role

CLAUSE = "house/recusal"
OBJECT = act("grading.object", "公众对公示提出异议", "mem-2021-83/9", Role.PUBLIC)
STATE = act(
    "grading.state_facts", "评审组织单位说明异议所涉事实", CLAUSE, Role.ORGANIZER, Role.ORGANIZER_LEAD
)
SETTLE = act(
    "grading.settle_objection", "公示部门由提议人以外的人员决定异议", CLAUSE, *DEPARTMENTS, Role.BUREAU_CITY
)
OVERDUE = act("grading.report_overdue_objection", "异议逾期逐级报告", "house/time-limits", Role.TIME)

ACTS = (OBJECT, STATE, SETTLE, OVERDUE)


def may_state(actor: Actor, objection: Objection) -> Permit:
    if not actor.at_body(objection.grading.organizing_id, Role.ORGANIZER, Role.ORGANIZER_LEAD):
        return denied("由复核的评审组织单位说明事实。", CLAUSE)
    if objection.stated_at is not None or objection.decided_at is not None:
        return too_early("事实已经说明。", CLAUSE)
    return apart(actor, objection.grading)


def may_settle(actor: Actor, objection: Objection) -> Permit:
    """After the facts were stated; another person than the proposer of the publicity."""
    if not actor.at_body(objection.decider_id, *DEPARTMENTS, Role.BUREAU_CITY):
        return denied("由公示部门决定；异议指向该部门的，由上一级决定。", CLAUSE)
    if objection.decided_at is not None:
        return too_early("异议已经答复。", CLAUSE)
    if objection.stated_at is None:
        return too_early("评审组织单位说明事实之后才能决定。", CLAUSE)
    proposals = Ruling.objects.filter(grading=objection.grading_id, matter=Matter.PUBLICITY)
    if proposals.filter(proposed_by=actor.account, sent_back="").exists():
        return denied("公示由您本人提出，异议应当由其他人员决定。", CLAUSE)
    return apart(actor, objection.grading)


def may_report(actor: Actor) -> Permit:
    return time_only(actor)
