"""States of a service contract 服务合同: entered by the unit, confirmed by the firm if it is on file here."""

from enum import StrEnum

from dabiao.kernel.moves import Move


class ContractState(StrEnum):
    ENTERED = "entered"
    IN_FORCE = "in_force"
    DECLINED = "declined"


TITLES = {
    ContractState.ENTERED: "待服务机构确认",
    ContractState.IN_FORCE: "已生效",
    ContractState.DECLINED: "服务机构未确认",
}

CONFIRM = Move(
    "confirm", "确认合同", frozenset({ContractState.ENTERED}), ContractState.IN_FORCE, "quality-2015/3"
)
DECLINE = Move(
    "decline", "不予确认", frozenset({ContractState.ENTERED}), ContractState.DECLINED, "quality-2015/3"
)
MOVES = (CONFIRM, DECLINE)
