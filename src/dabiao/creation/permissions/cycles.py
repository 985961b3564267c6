"""Who opens and closes a creation cycle."""

from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied
from dabiao.kernel.roles import Role

LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)

OPEN = act("creation.open_cycle", "企业的第一项创建工作开启创建周期", "uplift/16", *LEADING)
CLOSE = act("creation.close_cycle", "时限到期结束创建周期", "uplift/11", Role.TIME)

ACTS = (OPEN, CLOSE)


def may_open(actor: Actor, unit: int) -> Permit:
    return allowed if actor.at_unit(unit, *LEADING) else denied("创建周期由本企业的创建工作开启。")


def may_close(actor: Actor) -> Permit:
    return allowed if actor == TIME else denied("创建周期到期自动结束，不由个人办理。")
