"""Reading commitment letters, and the text somebody would sign today."""

from dataclasses import dataclass
from datetime import date

from dabiao import law
from dabiao.creation.models.commitments import Commitment
from dabiao.creation.queries.principals import principals
from dabiao.creation.rules import letters
from dabiao.creation.states.commitments import CommitmentState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.organisations.models import Unit

# placeholder -> what it is called, and where it is entered
PLACES = {
    "principal": ("主要负责人姓名", "账号任职"),
    "unit": ("企业名称", "企业信息"),
    "uscc": ("统一社会信用代码", "企业信息"),
    "jurisdiction": ("管辖区", "企业信息"),
    "address": ("地址", "企业信息"),
    "industry": ("行业", "企业信息"),
    "day": ("签署日期", "签署当日"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """`version` names template and text version; `lacking`: what the text says 未登记 for."""

    version: str
    text: str
    lacking: tuple[str, ...]


def letter(unit: Unit, signer: str, day: date) -> Letter:
    """The text as it stands on a day, filled from what is known of the unit."""
    template = law.on(day)["commitment.letter"]
    known = {
        "principal": signer,
        "unit": unit.name,
        "uscc": unit.uscc or "",
        "jurisdiction": unit.jurisdiction.name,
        "address": unit.address,
        "industry": str(unit.industry),
        "day": f"{day.year}年{day.month}月{day.day}日",
    }
    version = f"{template.name}@{template.since.isoformat()}"
    text, lacking = str(template.value), letters.lacking(str(template.value), known)
    return Letter(version, letters.filled(text, known), tuple(PLACES[name][0] for name in lacking))


def in_force(unit: int) -> Commitment | None:
    return Commitment.objects.filter(unit=unit, state=CommitmentState.IN_FORCE).first()


def stands(commitment: Commitment, unit: Unit, day: date) -> bool:
    """Whether the signer is principal of the unit still."""
    return any(key == commitment.account_id for key, _ in principals(unit, day).posted)


def visible(actor: Actor, key: int) -> Commitment:
    found = Commitment.objects.visible_to(actor).select_related("unit", "record").filter(pk=key).first()
    if found is None:
        raise Absent
    return found
