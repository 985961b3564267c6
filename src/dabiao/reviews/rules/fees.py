"""What a contract may not charge: an organizing unit takes no review fee (quality-2015/7)."""

from typing import Final

from dabiao.law import Cited

ORGANIZING: Final = "organizing_unit"
REFUSED: Final = (
    "评审组织单位不得收取企业评审费用，也不开展评审。"
    "请与评审单位签订评审合同；培训等其他服务请单独签订、单独列明价格。"
)


def fault(kind: str, firm: str, review_fee: int, law: Cited) -> str:
    """Why the contract is refused; empty where it is not. `firm` is the kind of body, empty: not on file."""
    if firm != ORGANIZING or law.value is not False:
        return ""
    return REFUSED if kind == "review" or review_fee > 0 else ""
