"""Reading commitment letters, and the text somebody would sign today."""

from dataclasses import dataclass
from datetime import date

from dabiao import law
from dabiao.creation.models.commitments import Commitment
from dabiao.creation.rules import letters
from dabiao.creation.states.commitments import CommitmentState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import spelled
from dabiao.kernel.errors import Absent
from dabiao.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Letter:
    """`version` names the template and the day its text is in force from."""

    version: str
    text: str


def letter(unit: Unit, signer: str, day: date) -> Letter:
    """The text as it stands on a day, filled from what is known of the unit."""
    template = law.on(day)["commitment.letter"]
    known = {
        "principal": signer,
        "unit": unit.name,
        "uscc": unit.uscc or "",
        "place": _place(unit),
        "industry": unit.industry.name,
        "day": spelled(day),
    }
    version = f"{template.name}@{template.since.isoformat()}"
    return Letter(version, letters.filled(str(template.value), known))


def _place(unit: Unit) -> str:
    """Where the unit is; many addresses name their district already."""
    where = unit.jurisdiction.name
    return unit.address if where in unit.address else f"{where}{unit.address}"


def in_force(unit: int) -> Commitment | None:
    return Commitment.objects.filter(unit=unit, state=CommitmentState.IN_FORCE).first()


def visible(actor: Actor, key: int) -> Commitment:
    found = Commitment.objects.visible_to(actor).select_related("unit", "record").filter(pk=key).first()
    if found is None:
        raise Absent
    return found
