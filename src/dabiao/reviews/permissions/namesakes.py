"""Who says whether two of one name are one person."""

from dabiao.base.clock import day_of
from dabiao.creation.queries.cases import belonged
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.models import ContractKind, ServiceContract
from dabiao.reviews.permissions.contracts import APART
from dabiao.reviews.queries.recusal import concerned
from dabiao.reviews.states.contracts import ContractState

Q3 = "quality-2015/3"
JUDGE = act("reviews.judge_namesake", "评审组织单位认定重名的是否同一人", Q3, Role.ORGANIZER)
ACTS = (JUDGE,)


def may_judge(actor: Actor, contract: ServiceContract) -> Permit:
    """The organizing unit of the case, through somebody of neither the unit nor the review unit."""
    case = contract.case
    if contract.kind != ContractKind.REVIEW or case is None:
        return too_early("在评审合同上认定重名。", JUDGE.clause)
    if not actor.at_body(case.organizing_id, Role.ORGANIZER):
        return denied("重名的是否同一人，由受理的评审组织单位认定。", JUDGE.clause)
    if contract.state == ContractState.DECLINED:
        return too_early("合同没有生效，不需要认定。", JUDGE.clause)
    if belonged(actor.account, contract.unit_id):
        return denied(APART, "house/recusal")
    began = day_of(case.cycle.opened_at)
    reason = concerned(actor.account, contract.unit_id, contract.body_id or 0, began)
    return denied(reason, "house/recusal") if reason else allowed
