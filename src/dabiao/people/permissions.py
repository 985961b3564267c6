"""Who may do what with accounts and postings: three administrators, none of whom can do it alone."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied
from dabiao.kernel.roles import ADMIN_ROLES, Role
from dabiao.people.models import ORGANIZERS, Qualification

PEOPLE = frozenset(Role) - {Role.PUBLIC, Role.TIME, Role.CLIENT}

OPEN_ACCOUNT = act("people.open_account", "系统管理员开立账号", "internal/people", Role.SYSTEM_ADMIN)
GIVE_POSTING = act(
    "people.give_posting", "系统（安全）管理员授予任职", "internal/people", Role.SECURITY_ADMIN
)
END_POSTING = act("people.end_posting", "系统（安全）管理员终止任职", "internal/people", Role.SECURITY_ADMIN)
LOCK = act("people.lock", "系统（安全）管理员停用账号", "internal/people", Role.SECURITY_ADMIN)
UNLOCK = act("people.unlock", "系统（安全）管理员恢复账号", "internal/people", Role.SECURITY_ADMIN)
CHANGE_PASSWORD = act("people.change_password", "本人修改密码", "internal/people", *PEOPLE)
CHANGE_FIRST = act("people.change_first_password", "本人首次登录后更换密码", "internal/people", *PEOPLE)
RESET_PASSWORD = act(
    "people.reset_password", "系统（安全）管理员重置密码", "internal/people", Role.SECURITY_ADMIN
)
ENROL_FACTOR = act("people.enrol_factor", "本人启用两步验证", "internal/people", *PEOPLE)
RESET_FACTOR = act(
    "people.reset_factor", "系统（安全）管理员重置两步验证", "internal/people", Role.SECURITY_ADMIN
)
SIGN_OUT_OTHERS = act("people.sign_out_others", "本人退出其他设备", "internal/people", *PEOPLE)
FILE = act("people.file_qualification", "评审组织单位为评审员、专家建档", "uplift/20", *ORGANIZERS)
SUSPEND = act("people.suspend_qualification", "评审组织单位负责人暂停资格", "uplift/20", Role.ORGANIZER_LEAD)
RESUME = act("people.resume_qualification", "评审组织单位负责人恢复资格", "uplift/20", Role.ORGANIZER_LEAD)
WITHDRAW = act(
    "people.withdraw_qualification", "评审组织单位负责人撤销资格", "quality-2015/6", Role.ORGANIZER_LEAD
)
SIGN_IN = act("people.sign_in", "本人登录", "internal/people", *(frozenset(Role) - {Role.PUBLIC, Role.TIME}))

ACTS = (
    *(OPEN_ACCOUNT, GIVE_POSTING, END_POSTING, LOCK, UNLOCK, SIGN_IN, SIGN_OUT_OTHERS),
    *(CHANGE_PASSWORD, CHANGE_FIRST, RESET_PASSWORD, ENROL_FACTOR, RESET_FACTOR),
    *(FILE, SUSPEND, RESUME, WITHDRAW),
)
SEPARATED = ADMIN_ROLES
OWN = "本人的任职和账号状态由另一位管理员办理。"


def may_open_account(actor: Actor) -> Permit:
    """System administrators; time itself acts as the installer."""
    if actor.holds(Role.SYSTEM_ADMIN, Role.TIME):
        return allowed
    return denied("账号由系统管理员开立。")


def may_give_posting(actor: Actor, account: int | None) -> Permit:
    return _administers(actor, account, "任职由系统（安全）管理员授予。")


def may_end_posting(actor: Actor, account: int | None) -> Permit:
    return _administers(actor, account, "任职由系统（安全）管理员终止。")


def may_lock(actor: Actor, account: int | None) -> Permit:
    """Locking and unlocking."""
    return _administers(actor, account, "账号由系统（安全）管理员停用和恢复。")


def may_reset(actor: Actor, account: int | None) -> Permit:
    """Resetting somebody's password or second factor."""
    return _administers(actor, account, "密码和两步验证由系统（安全）管理员重置。")


def may_enrol(actor: Actor, account: int | None) -> Permit:
    return allowed if account is not None and actor.account == account else denied("两步验证只能由本人启用。")


def may_sign_out_others(actor: Actor, account: int | None) -> Permit:
    return allowed if account is not None and actor.account == account else denied("只能退出本人的其他设备。")


def may_change_password(actor: Actor, account: int | None) -> Permit:
    return allowed if account is not None and actor.account == account else denied("密码只能由本人修改。")


def may_file(actor: Actor, account: int | None) -> Permit:
    """The organizing unit, and nobody for themselves."""
    if not actor.holds(*ORGANIZERS):
        return denied("评审员和评审专家的资格由评审组织单位建档。", "uplift/20")
    return denied("本人的资格由同事建档。", "uplift/20") if actor.account == account else allowed


def may_sanction(actor: Actor, row: Qualification) -> Permit:
    """Suspending, resuming, withdrawing: the head of the unit that filed it, and nobody for themselves."""
    if not actor.holds(Role.ORGANIZER_LEAD) or row.filed_by_id not in actor.bodies:
        return denied("资格由建档的评审组织单位负责人暂停、恢复和撤销。", "quality-2015/6")
    return denied("本人的资格由他人办理。", "quality-2015/6") if actor.account == row.account_id else allowed


def filing_body(actor: Actor) -> int:
    """The organizing unit somebody files for."""
    return next(post.body for post in actor.posts if post.role in ORGANIZERS and post.body is not None)


def _administers(actor: Actor, account: int | None, others: str) -> Permit:
    """A security administrator, and never on oneself; time itself acts as the installer."""
    if actor.holds(Role.TIME):
        return allowed
    if not actor.holds(Role.SECURITY_ADMIN):
        return denied(others)
    return denied(OWN) if actor.account == account else allowed
