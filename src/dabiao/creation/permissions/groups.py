"""Who forms the leading group, changes it, and records its meetings and work."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied
from dabiao.kernel.roles import Role

LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)

FORM = act("creation.form_group", "企业发文成立标准化工作领导小组", "uplift/17", *LEADING)
CHANGE = act("creation.change_group", "企业调整领导小组组成人员", "uplift/17", *LEADING)
MEET = act("creation.record_meeting", "企业记录领导小组会议", "uplift/17", *LEADING)
WORK = act("creation.record_work", "企业记录全员培训、对标、自查自纠", "uplift/17", *LEADING)

ACTS = (FORM, CHANGE, MEET, WORK)


def may_lead(actor: Actor, unit: int) -> Permit:
    """All of these are for the officer and the principal of the unit itself."""
    return allowed if actor.at_unit(unit, *LEADING) else denied("由本企业安全管理员或主要负责人办理。")
