"""Who applies, receives, audits, decides. Two people: nobody both proposes and decides."""

from dabiao.creation.models.cases import Case, Decision
from dabiao.creation.queries import cases as queries
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role

LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)

DRAFT = act("creation.draft_case", "企业安全管理员起草申报件", "uplift/11", Role.UNIT_OFFICER)
STATE = act("creation.state_conditions", "企业逐项核对申报条件", "uplift/13", Role.UNIT_OFFICER)
DISCARD = act("creation.discard_case", "企业作废申报草稿", "house/bars", Role.UNIT_OFFICER)
SUBMIT = act("creation.submit_case", "企业主要负责人提交申请", "uplift/16", Role.UNIT_PRINCIPAL)
WITHDRAW = act("creation.withdraw_case", "企业撤回申请", "house/bars", *LEADING)
COMPLETE = act("creation.complete_case", "企业完成补正", "mem-2021-83/9", Role.UNIT_OFFICER)
RECEIVE = act("creation.receive_case", "评审组织单位接收申请", "mem-2021-83/9", Role.ORGANIZER)
CORRECT = act("creation.ask_correction", "评审组织单位一次性告知补正", "mem-2021-83/9", Role.ORGANIZER)
FIND = act("creation.audit_condition", "评审组织单位逐项审核条件", "uplift/11", Role.ORGANIZER)
PROPOSE = act("creation.propose_decision", "评审组织单位经办提出审核意见", "uplift/11", Role.ORGANIZER)
DECIDE = act("creation.decide_case", "评审组织单位负责人决定", "uplift/11", Role.ORGANIZER_LEAD)
RETURN = act("creation.return_case", "评审组织单位负责人退回重审", "uplift/11", Role.ORGANIZER_LEAD)
DEEM = act("creation.deem_received", "逾期未告知补正视为收到", "house/acceptance", Role.TIME)
LAPSE = act("creation.lapse_correction", "补正期满按现有材料审核", "house/correction", Role.TIME)
REPORT_OVERDUE = act("creation.report_overdue_audit", "审核逾期逐级报告", "mem-2021-83/9", Role.TIME)
CONCLUDE = act(
    "creation.conclude_case",
    "评审、定级有了结果，申报件办结",
    "uplift/11",
    *(Role.ORGANIZER_LEAD, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT, Role.TIME),
)

ACTS = (
    *(DRAFT, STATE, DISCARD, SUBMIT, WITHDRAW, COMPLETE),
    *(RECEIVE, CORRECT, FIND, PROPOSE, DECIDE, RETURN),
    *(DEEM, LAPSE, REPORT_OVERDUE, CONCLUDE),
)
OFFICER = "由本企业安全管理员办理。"
ORGANIZER = "由受理的评审组织单位经办人办理。"
LEAD = "由受理的评审组织单位负责人办理。"
APART = "您在这家企业任过职，应当回避，请由其他人员办理。"


def may_draft(actor: Actor, unit: int) -> Permit:
    return allowed if actor.at_unit(unit, Role.UNIT_OFFICER) else denied(OFFICER)


def may_change(actor: Actor, case: Case) -> Permit:
    """Change or discard a draft."""
    return may_draft(actor, case.unit_id).and_then(
        lambda: _in(case, "申请已经提交，不能再改；需要调整的请先撤回。", CaseState.DRAFT)
    )


def may_submit(actor: Actor, case: Case) -> Permit:
    """The principal: who signed the commitment answers for the application too."""
    if not actor.at_unit(case.unit_id, Role.UNIT_PRINCIPAL):
        return denied("申请由本企业主要负责人提交；安全管理员起草、核对条件。", SUBMIT.clause)
    return _in(case, "申请已经提交。", CaseState.DRAFT)


def may_withdraw(actor: Actor, case: Case) -> Permit:
    if not actor.at_unit(case.unit_id, *LEADING):
        return denied("由本企业安全管理员或主要负责人撤回。")
    running = (CaseState.SUBMITTED, CaseState.CORRECTING, CaseState.RECEIVED, CaseState.PROPOSED)
    return _in(case, "提交之后、作出决定之前可以撤回。", *running)


def may_complete(actor: Actor, case: Case) -> Permit:
    if not actor.at_unit(case.unit_id, Role.UNIT_OFFICER):
        return denied(OFFICER)
    return _in(case, "没有需要补正的告知。", CaseState.CORRECTING)


def may_receive(actor: Actor, case: Case) -> Permit:
    return _handles(actor, case).and_then(lambda: _in(case, "已经接收。", CaseState.SUBMITTED))


def may_ask_correction(actor: Actor, case: Case) -> Permit:
    """Once only."""
    if queries.correction_of(case) is not None:
        return _handles(actor, case).and_then(
            lambda: denied("补正应当一次性告知，本件已经告知过，请按现有材料审核。", CORRECT.clause)
        )
    when = "提交之后、提出审核意见之前可以告知补正。"
    return _handles(actor, case).and_then(lambda: _in(case, when, CaseState.SUBMITTED, CaseState.RECEIVED))


def may_audit(actor: Actor, case: Case) -> Permit:
    """Judge conditions, and propose."""
    return _handles(actor, case).and_then(lambda: _in(case, "接收之后才能审核。", CaseState.RECEIVED))


def may_decide(actor: Actor, case: Case, decision: Decision | None) -> Permit:
    """Another person than the one who proposed, and nobody who belonged to the unit."""
    if not actor.at_body(case.organizing_id, Role.ORGANIZER_LEAD):
        return denied(LEAD, DECIDE.clause)
    if case.state != CaseState.PROPOSED or decision is None:
        return too_early("经办人提出审核意见之后才能决定。", DECIDE.clause)
    if decision.proposed_by_id == actor.account:
        return denied("审核意见由您本人提出，应当由另一位负责人决定。", DECIDE.clause)
    return denied(APART, "house/recusal") if queries.belonged(actor.account, case.unit_id) else allowed


def may_let_time(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("到期自动办理，不由个人办理。")


def _handles(actor: Actor, case: Case) -> Permit:
    if not actor.at_body(case.organizing_id, Role.ORGANIZER):
        return denied(ORGANIZER, RECEIVE.clause)
    return denied(APART, "house/recusal") if queries.belonged(actor.account, case.unit_id) else allowed


def _in(case: Case, otherwise: str, *states: CaseState) -> Permit:
    return allowed if case.state in states else too_early(otherwise)
