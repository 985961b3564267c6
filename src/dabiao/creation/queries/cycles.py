"""Reading creation cycles."""

from collections.abc import Sequence

from dabiao.creation.models.cycles import Cycle
from dabiao.creation.states.cycles import CycleState


def open_one(unit: int) -> Cycle | None:
    """The cycle a unit is in; None before its first act of creation and after the end."""
    return Cycle.objects.filter(unit=unit, state=CycleState.OPEN).first()


def open_of(units: Sequence[int]) -> list[int]:
    """Which of these units are in a cycle; nothing is asked for none."""
    if not units:
        return []
    rows = Cycle.objects.filter(unit__in=units, state=CycleState.OPEN)
    return list(rows.order_by("unit").values_list("unit", flat=True))
