"""Who publicises and who refuses: the department of the level, one person proposing, another deciding."""

from dabiao.grading.models import Grading, Ruling
from dabiao.grading.permissions.gates import DEPARTMENTS, another, apart, in_state
from dabiao.grading.states.gradings import GradingState as S
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, denied

M9, M10 = "mem-2021-83/9", "mem-2021-83/10"
FIND = act("grading.judge_condition", "公示前核实申报条件", "house/conditions", *DEPARTMENTS)
PROPOSE = act("grading.propose_publicity", "行业主管部门提出公示", M9, *DEPARTMENTS)
PUBLISH = act("grading.publish", "行业主管部门决定公示", M9, *DEPARTMENTS)
RECALL = act("grading.recall_publicity", "行业主管部门退回公示提议", M9, *DEPARTMENTS)
DOUBT = act("grading.propose_refusal", "行业主管部门提出不予定级", M10, *DEPARTMENTS)
REFUSE = act("grading.refuse", "行业主管部门决定不予定级", M10, *DEPARTMENTS)
RELENT = act("grading.return_refusal", "行业主管部门退回不予定级的提议", M10, *DEPARTMENTS)

ACTS = (FIND, PROPOSE, PUBLISH, RECALL, DOUBT, REFUSE, RELENT)
DEPARTMENT = "由对该等级负责的行业主管部门办理。"


def belongs(actor: Actor, grading: Grading) -> Permit:
    """Somebody of the department that publishes, with nothing to do with unit or review unit."""
    if not actor.at_body(grading.department_id, *DEPARTMENTS):
        return denied(DEPARTMENT, PUBLISH.clause)
    return apart(actor, grading)


def may_find(actor: Actor, grading: Grading) -> Permit:
    when = "复核通过之后、公告之前可以核实。"
    return belongs(actor, grading).and_then(
        lambda: in_state(grading, when, S.CONSULTING, S.PROPOSED, S.PUBLICISED)
    )


def may_propose(actor: Actor, grading: Grading) -> Permit:
    return belongs(actor, grading).and_then(
        lambda: in_state(grading, "复核通过之后才能提出公示。", S.CONSULTING)
    )


def may_publish(actor: Actor, grading: Grading, ruling: Ruling | None) -> Permit:
    return belongs(actor, grading).and_then(
        lambda: in_state(grading, "经办人提出公示之后才能决定。", S.PROPOSED).and_then(
            lambda: another(actor, ruling)
        )
    )


def may_doubt(actor: Actor, grading: Grading) -> Permit:
    when = "复核通过之后、公告之前可以提出不予定级。"
    return belongs(actor, grading).and_then(
        lambda: in_state(grading, when, S.CONSULTING, S.PROPOSED, S.PUBLICISED)
    )


def may_refuse(actor: Actor, grading: Grading, ruling: Ruling | None) -> Permit:
    return belongs(actor, grading).and_then(
        lambda: in_state(grading, "提出不予定级之后才能决定。", S.REFUSING).and_then(
            lambda: another(actor, ruling)
        )
    )
