"""Who works with the field page, and the acts that are its own. What happens to a sheet is asked there."""

from typing import Final

from dabiao.field.models import Device
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, unseen
from dabiao.kernel.roles import Role

WORKING: Final = (Role.REVIEWER, Role.EXPERT, Role.ORGANIZER, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)

RECEIVE = act("field.receive", "现场设备送达办理事项，逐条判定并留存回执", "quality-2015/4", *WORKING)
ARRIVE = act("field.arrive", "现场人员记录到场", "quality-2015/4", *WORKING)
DEPART = act("field.depart", "现场人员记录离场", "quality-2015/4", *WORKING)
ENROL = act("field.enrol_device", "现场人员登记设备", "internal", *WORKING)
WIPE = act("field.ask_wipe", "本人或者安全管理员要求清除设备内容", "internal", *WORKING, Role.SECURITY_ADMIN)
WIPED = act("field.report_wiped", "设备报告已清除", "internal", *WORKING)

ACTS = (RECEIVE, ARRIVE, DEPART, ENROL, WIPE, WIPED)
SERVED: Final = frozenset(WORKING)
WIPING: Final = SERVED | {Role.SECURITY_ADMIN}


def may_wipe(actor: Actor, device: Device) -> Permit:
    """Its owner, or the security administrator: a lost phone is reported to either."""
    return allowed if actor.holds(Role.SECURITY_ADMIN) else owns(actor, device)


def owns(actor: Actor, device: Device) -> Permit:
    return allowed if device.account_id == actor.account else unseen


def may_enrol(actor: Actor, device: Device | None) -> Permit:
    """A store is one person's: two on one tablet have two."""
    if device is None or device.account_id == actor.account:
        return allowed
    return denied("这个编号属于另一个人的设备，请在设备上重新登记。")
