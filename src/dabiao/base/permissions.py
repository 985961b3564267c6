"""Who may do what with the plumbing."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied
from dabiao.kernel.roles import Role

ENTER_CALENDAR_YEAR = act(
    "base.enter_calendar_year", "系统管理员录入年度工作日历", "house/counting", Role.SYSTEM_ADMIN
)
SETTLE = act("base.settle", "系统把已生效的整批更新写入各行", "internal/journal", Role.TIME)

ACTS = (ENTER_CALENDAR_YEAR, SETTLE)


def may_enter_calendar_year(actor: Actor) -> Permit:
    """System administrators; whatever they enter shows its source."""
    if actor.holds(*ENTER_CALENDAR_YEAR.roles):
        return allowed
    return denied("工作日历由系统管理员录入，请联系系统管理员。", ENTER_CALENDAR_YEAR.clause)
