"""Who signs, confirms, judges, tells; who ends what a conflict has stopped."""

from dabiao.creation.models import Case
from dabiao.creation.queries.cases import belonged
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.reviews.models import ContractKind, Notice, Review, ServiceContract
from dabiao.reviews.queries import recusal
from dabiao.reviews.states.contracts import ContractState
from dabiao.reviews.states.reviews import ReviewState

FIRMS = (Role.REVIEW_ADMIN, Role.ORGANIZER_LEAD)
Q3, U8, Q7 = "quality-2015/3", "uplift/8", "quality-2015/7"

ENTER = act("reviews.enter_contract", "企业安全管理员登记服务合同", Q3, Role.UNIT_OFFICER)
CONFIRM = act("reviews.confirm_contract", "服务机构确认合同", Q3, *FIRMS)
DECLINE = act("reviews.decline_contract", "服务机构不予确认合同", Q3, *FIRMS)
OPEN = act("reviews.open", "评审合同生效，评审立项", "uplift/8", Role.REVIEW_ADMIN)
JUDGE = act("reviews.judge_training", "评审组织单位判断培训是否属于咨询", Q3, Role.ORGANIZER)
NOTIFY = act("reviews.notify_contract", "评审单位向区行业主管部门和属地通报签约", U8, Role.REVIEW_ADMIN)
ACKNOWLEDGE = act(
    "reviews.acknowledge_notice",
    "区行业主管部门、属地签收签约通报",
    U8,
    *(Role.INDUSTRY_DISTRICT, Role.BUREAU_DISTRICT, Role.INDUSTRY_CITY, Role.LOCALITY),
)
STOP = act("reviews.stop_for_conflict", "发现咨询与评审冲突，评审中止", Q3, Role.UNIT_OFFICER, Role.ORGANIZER)
ASK_NAMESAKE = act(
    "reviews.ask_namesake",
    "发现重名，请评审组织单位认定",
    Q3,
    Role.UNIT_OFFICER,
    Role.ORGANIZER,
    Role.REVIEW_ADMIN,
)
END = act("reviews.end_stopped", "评审组织单位负责人终止有冲突的评审", Q3, Role.ORGANIZER_LEAD)
LAPSE = act(
    "reviews.close_uncontracted", "逾期未签评审合同，负责人终止申报", "house/time-limits", Role.ORGANIZER_LEAD
)

ACTS = (ENTER, CONFIRM, DECLINE, OPEN, JUDGE, NOTIFY, ACKNOWLEDGE, STOP, ASK_NAMESAKE, END, LAPSE)
APART = "您在这家企业任过职，应当回避，请由其他人员办理。"


def may_enter(actor: Actor, unit: int) -> Permit:
    if actor.at_unit(unit, Role.UNIT_OFFICER):
        return allowed
    return denied("服务合同由本企业安全管理员登记。", ENTER.clause)


def may_confirm(actor: Actor, contract: ServiceContract) -> Permit:
    """Confirm or decline: the firm's own administrator."""
    if not actor.at_body(contract.body_id, *FIRMS):
        return denied("由合同的另一方确认。", CONFIRM.clause)
    if contract.state != ContractState.ENTERED:
        return too_early("合同已经办理过。", CONFIRM.clause)
    return allowed


def may_judge(actor: Actor, contract: ServiceContract) -> Permit:
    """Said once, by a person at the organizing unit who is not of the firm; it may be said anew."""
    if not actor.holds(Role.ORGANIZER):
        return denied("培训是否属于咨询由评审组织单位判断。", JUDGE.clause)
    if actor.at_body(contract.body_id, Role.ORGANIZER):
        return denied("培训由本单位提供，应当由其他评审组织单位判断。", "house/recusal")
    if contract.kind != ContractKind.TRAINING or contract.state == ContractState.DECLINED:
        return too_early("只有培训合同需要判断。", JUDGE.clause)
    return denied(APART, "house/recusal") if belonged(actor.account, contract.unit_id) else allowed


def may_notify(actor: Actor, review: Review, *, sent: bool) -> Permit:
    if not actor.at_body(review.body_id, Role.REVIEW_ADMIN):
        return denied("由承担评审的评审单位管理员通报。", NOTIFY.clause)
    if sent or review.state != ReviewState.ENGAGED:
        return too_early("已经通报。" if sent else "评审已经不在签约阶段。", NOTIFY.clause)
    return allowed


def may_acknowledge(actor: Actor, notice: Notice) -> Permit:
    if not actor.at_body(notice.to_id, *ACKNOWLEDGE.roles):
        return denied("由收到通报的部门、属地签收。", ACKNOWLEDGE.clause)
    return too_early("已经签收。", ACKNOWLEDGE.clause) if notice.acknowledged_at else allowed


def may_end(actor: Actor, review: Review) -> Permit:
    """End what a conflict has stopped; the case stays accepted and may engage another review unit."""
    if not actor.at_body(review.organizing_id, Role.ORGANIZER_LEAD):
        return denied("由评审组织单位负责人终止。", END.clause)
    if review.state != ReviewState.STOPPED:
        return too_early("评审没有中止。", END.clause)
    reason = APART if belonged(actor.account, review.unit_id) else recusal.of_review(actor.account, review)
    return denied(reason, "house/recusal") if reason else allowed


def may_lapse(actor: Actor, case: Case, *, passed: bool) -> Permit:
    """Close a case whose unit has engaged nobody in time."""
    if not actor.at_body(case.organizing_id, Role.ORGANIZER_LEAD):
        return denied("由受理的评审组织单位负责人终止。", LAPSE.clause)
    if case.state != CaseState.ACCEPTED or not passed:
        return too_early("签订评审合同的期限还没有届满，或者已经签订。", LAPSE.clause)
    return denied(APART, "house/recusal") if belonged(actor.account, case.unit_id) else allowed
