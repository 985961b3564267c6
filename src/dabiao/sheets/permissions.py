"""Who may do what with a sheet. Seeing it is asked before, by `queries`."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.sheets.models import ORGANIZING, OUTSIDE, Contest, Sheet
from dabiao.sheets.rules.share import Share
from dabiao.sheets.states import SheetState

WRITING = (Role.UNIT_OFFICER, Role.SELF_ASSESSOR, *OUTSIDE)

OPEN = act("sheets.open", "按规则册打开评分表", "quality-2015/4", *WRITING)
RECORD = act("sheets.record_answer", "评分人员逐项记录所见与扣分", "quality-2015/4", *WRITING)
RETRACT = act("sheets.retract_answer", "评分人员收回一项答复", "quality-2015/4", *WRITING)
COPY = act("sheets.copy_answers", "沿用上一次的答复作为起点", "uplift/13", *WRITING)
CONFIRM_COPIED = act("sheets.confirm_copied", "评分人员核对沿用的答复", "quality-2015/1", *WRITING)
ATTACH = act("sheets.attach_picture", "评分人员附上影像", "quality-2015/4", *WRITING)
DETACH = act("sheets.detach_picture", "评分人员移除影像", "quality-2015/4", *WRITING)
CAPTION = act("sheets.caption_picture", "评分人员为影像写说明", "quality-2015/4", *WRITING)
ASSIGN = act("sheets.assign", "牵头人分派要素", "uplift/18", *WRITING)
CLOSE = act("sheets.close", "牵头人签字关闭评分表", "quality-2015/4", *WRITING)
ABANDON = act("sheets.abandon", "所为事项取消或者作废时，停止填写未签字的评分表", "quality-2015/4", *WRITING)
SIGN = act("sheets.sign", "对关闭的内容签字确认", "quality-2015/4", *WRITING, Role.UNIT_PRINCIPAL)
CONTEST = act("sheets.keep_contest", "现场带回而未采用的内容两边都保留", "quality-2015/4", *WRITING)
DECLARE = act(
    "sheets.declare_lost", "牵头人声明同组人员的设备已坏，不再等其移交的内容", "quality-2015/4", *OUTSIDE
)
DECIDE = act(
    "sheets.decide_contest",
    "牵头人或者评审组织单位处理现场带回而未采用的内容",
    "quality-2015/4",
    *OUTSIDE,
    Role.ORGANIZER_LEAD,
)
CHANGE_RULEBOOK = act(
    "sheets.change_rulebook", "否决项立即生效时换用新规则册", "uplift/2", Role.INDUSTRY_CITY
)

ACTS = (
    OPEN,
    RECORD,
    RETRACT,
    COPY,
    CONFIRM_COPIED,
    ATTACH,
    DETACH,
    CAPTION,
    ASSIGN,
    CLOSE,
    ABANDON,
    SIGN,
    CONTEST,
    DECLARE,
    DECIDE,
    CHANGE_RULEBOOK,
)

UNFINISHED = "评分表还没有关闭，不能签字；请先由牵头人签字关闭。"
TAKEABLE = frozenset({f"{RECORD.name}@1", f"{RETRACT.name}@1"})  # as devices name them
FINISHED = "评分表已签字关闭，内容不能再改；确有错误请办理更正。"
GIVEN_UP = "评分表已作废，不能再填写或者签字；已填的内容原样保留备查。"


def may_record(actor: Actor, sheet: Sheet, share: Share, element: str) -> Permit:
    """Write on a line of an outermost element: a writer, in time, and not into a colleague's part."""
    return may_write(actor, sheet, share).and_then(lambda: _own_part(share, element))


def may_write(actor: Actor, sheet: Sheet, share: Share) -> Permit:
    if not share.writes:
        return denied("您不在这份评分表的评分人员中，只能查看；如需参与，请牵头人把您加入。")
    return allowed if sheet.state == SheetState.OPEN else too_early(_ended(sheet), "quality-2015/4")


def may_lead(actor: Actor, sheet: Sheet, share: Share) -> Permit:
    """Split the work, close."""
    if not share.leads:
        return denied("只有牵头人可以分派和签字关闭。")
    return allowed if sheet.state == SheetState.OPEN else too_early(_ended(sheet), "quality-2015/4")


def _ended(sheet: Sheet) -> str:
    return GIVEN_UP if sheet.state == SheetState.ABANDONED else FINISHED


def may_sign(actor: Actor, sheet: Sheet, share: Share) -> Permit:
    """Sign what has been closed: those who wrote it, and the unit's officer and principal."""
    if not share.writes and not actor.at_unit(sheet.unit_id, Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL):
        return denied("由评分人员或本企业安全管理员、主要负责人签字。", "quality-2015/4")
    if sheet.state == SheetState.ABANDONED:
        return too_early(GIVEN_UP, "quality-2015/4")
    return allowed if sheet.state == SheetState.CLOSED else too_early(UNFINISHED, "quality-2015/4")


def may_decide(actor: Actor, contest: Contest, share: Share) -> Permit:
    """What was not taken over: who leads the sheet decides, or the organizing unit whose case it is."""
    if not (share.leads or actor.at_body(contest.organizing_id, *ORGANIZING)):
        return denied("由牵头人或者评审组织单位处理。", "quality-2015/4")
    return too_early("这一件已经处理过了。") if contest.decided_at else allowed


def may_take(actor: Actor, contest: Contest, sheet: Sheet, share: Share) -> Permit:
    """Take over what was brought in is to write on the sheet; others ask those who do."""
    if contest.act not in TAKEABLE:
        return denied("这类内容不能在这里采用，请在评分表中或者现场重新办理。")
    return may_decide(actor, contest, share).and_then(lambda: may_write(actor, sheet, share))


def _own_part(share: Share, element: str) -> Permit:
    if share.leads or element not in share.taken or element in share.mine:
        return allowed
    return denied("这一要素已分派给其他自评员，请与牵头人商量调整分派后再填。")
