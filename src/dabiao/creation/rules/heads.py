"""Who may head the leading group: the unit's principal (uplift/17)."""

from dataclasses import dataclass
from typing import Final

from dabiao.kernel.permit import Permit, allowed, denied

PRINCIPAL: Final = "principal"


@dataclass(frozen=True, slots=True)
class Principals:
    """Who is known as principal: accounts with that posting today (key and name), and the name on file."""

    posted: tuple[tuple[int, str], ...] = ()
    registered: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Those with a posting come first: it is the surer source."""
        named = [name for _, name in self.posted]
        return tuple(dict.fromkeys([*named, *([self.registered] if self.registered else [])]))

    def posted_as(self, account: int) -> bool:
        """Has that posting."""
        return any(key == account for key, _ in self.posted)

    def include(self, name: str, account: int | None) -> bool:
        if account is not None:
            return self.posted_as(account)
        return name.strip() in self.names


def may_head(asked: object, principals: Principals, name: str, account: int | None, clause: str) -> Permit:
    """`asked`: what law `leading_group.head` says."""
    if asked != PRINCIPAL or principals.include(name, account):
        return allowed
    if not principals.names:
        return denied("还不知道本企业主要负责人是谁，请先在企业信息中登记，或请系统管理员授予任职。", clause)
    known = "、".join(principals.names)
    return denied(f"组长应当由主要负责人（{known}）担任，不能是“{name.strip() or '（未填写）'}”。", clause)
