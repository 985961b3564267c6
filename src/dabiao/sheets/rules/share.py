"""What one person has to do with a sheet, as a plain value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """What a person has to do with a sheet: writes at all, leads, and which elements are whose."""

    writes: bool
    leads: bool
    mine: frozenset[str]
    taken: frozenset[str]  # elements assigned to anybody
