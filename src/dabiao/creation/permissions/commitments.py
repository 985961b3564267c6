"""Who signs the commitment letter, and who withdraws it."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied
from dabiao.kernel.roles import Role

SIGN = act("creation.sign_commitment", "主要负责人签署承诺书并向社会公开", "uplift/16", Role.UNIT_PRINCIPAL)
WITHDRAW = act("creation.withdraw_commitment", "主要负责人撤回承诺书", "uplift/16", Role.UNIT_PRINCIPAL)

ACTS = (SIGN, WITHDRAW)


def may_sign(actor: Actor, unit: int) -> Permit:
    """The principal himself; nobody signs for another."""
    if actor.at_unit(unit, Role.UNIT_PRINCIPAL):
        return allowed
    return denied("承诺书由本企业主要负责人用自己的账号签署，他人不能代签。", "uplift/16")
