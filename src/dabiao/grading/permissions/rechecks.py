"""Who re-checks: the organizing unit's people handle it, its leader decides what another proposed."""

from dabiao.grading.models import Grading, Ruling
from dabiao.grading.permissions.gates import another, apart, in_state, time_only
from dabiao.grading.states.gradings import GradingState as S
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied
from dabiao.kernel.roles import Role

Q2, Q4, U11 = "quality-2015/2", "quality-2015/4", "uplift/11"
OPEN = act("grading.open", "收到评审报告，建立定级件", U11, Role.TIME)
AUDIT = act("grading.audit_papers", "评审组织单位审核评审资料", Q4, Role.ORGANIZER)
ARRANGE = act("grading.arrange_recheck", "评审组织单位组织现场复核", U11, Role.ORGANIZER)
EXTRA = act("grading.answer_extra", "评审组织单位记录加大复核项目", Q2, Role.ORGANIZER)
FINISH = act("grading.finish_recheck", "评审组织单位完成现场复核并比对", U11, Role.ORGANIZER)
WAIVE = act("grading.waive_recheck", "按比例未抽中的不作现场复核", U11, Role.ORGANIZER)
JUDGE = act("grading.judge_recheck", "评审组织单位经办提出复核意见", U11, Role.ORGANIZER)
DECIDE = act("grading.decide_recheck", "评审组织单位负责人决定复核意见", U11, Role.ORGANIZER_LEAD)
RETURN = act("grading.return_recheck", "评审组织单位负责人退回复核意见", U11, Role.ORGANIZER_LEAD)
DRAW = act("grading.draw_spot_check", "评审组织单位抽取现场抽查", Q4, Role.ORGANIZER, Role.ORGANIZER_LEAD)
OVERDUE = act("grading.report_overdue_recheck", "复核逾期逐级报告", "house/time-limits", Role.TIME)
CLOSE = act("grading.close", "评审终止的，定级件随之终止", U11, Role.TIME)

ACTS = (OPEN, AUDIT, ARRANGE, EXTRA, FINISH, WAIVE, JUDGE, DECIDE, RETURN, DRAW, OVERDUE, CLOSE)
ORGANIZER = "由受理的评审组织单位经办人办理。"
LEAD = "由受理的评审组织单位负责人办理。"


def handles(actor: Actor, grading: Grading) -> Permit:
    """Somebody of the organizing unit, with nothing to do with unit or review unit."""
    if not actor.at_body(grading.organizing_id, Role.ORGANIZER):
        return denied(ORGANIZER, U11)
    return apart(actor, grading)


def may_audit(actor: Actor, grading: Grading) -> Permit:
    return handles(actor, grading).and_then(lambda: in_state(grading, "评审资料已经审核。", S.RECEIVED))


def may_arrange(actor: Actor, grading: Grading) -> Permit:
    return handles(actor, grading).and_then(
        lambda: in_state(grading, "审核评审资料之后、现场复核之前才能组织。", S.AUDITED)
    )


def may_recheck(actor: Actor, grading: Grading) -> Permit:
    """Answer the intensified items, and finish."""
    return handles(actor, grading).and_then(lambda: in_state(grading, "没有在现场复核。", S.RECHECKING))


def may_judge(actor: Actor, grading: Grading) -> Permit:
    """After the re-check; where the papers do not hold, before it."""
    return handles(actor, grading).and_then(
        lambda: in_state(grading, "完成复核之后才能提出复核意见。", S.RECHECKED, S.AUDITED)
    )


def may_decide(actor: Actor, grading: Grading, ruling: Ruling | None) -> Permit:
    """Another person than the one who proposed, and nobody concerned."""
    if not actor.at_body(grading.organizing_id, Role.ORGANIZER_LEAD):
        return denied(LEAD, U11)
    standing = in_state(grading, "经办人提出复核意见之后才能决定。", S.JUDGED)
    return standing.and_then(lambda: another(actor, ruling)).and_then(lambda: apart(actor, grading))


def may_draw(actor: Actor, body: int) -> Permit:
    if actor.at_body(body, Role.ORGANIZER, Role.ORGANIZER_LEAD):
        return allowed
    return denied("由评审组织单位抽取。", Q4)


def may_open(actor: Actor) -> Permit:
    return time_only(actor)
