"""Reading creation cycles."""

from dabiao.creation.models.cycles import Cycle
from dabiao.creation.states.cycles import CycleState


def open_one(unit: int) -> Cycle | None:
    """The cycle a unit is in; None before its first act of creation and after the end."""
    return Cycle.objects.filter(unit=unit, state=CycleState.OPEN).first()
