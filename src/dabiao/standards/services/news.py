"""What standards announce; listed in `config.reactions`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditionPublished:
    edition: int
    standard: int
    in_force: str  # ISO day


@dataclass(frozen=True, slots=True)
class EditionWithdrawn:
    edition: int
    standard: int
    until: str  # ISO, first day no longer


@dataclass(frozen=True, slots=True)
class VetoChanged:
    """An overlay came, changed or went; with `at_once` open sheets get a new rulebook (uplift/2)."""

    veto: int
    department: int
    standard: int | None  # None: see VetoOverlay
    day: str  # ISO, from when
    at_once: bool


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A standard has been in force for five years and its owner is reminded (uplift/1)."""

    standard: int
    owner: int
    due: str


@dataclass(frozen=True, slots=True)
class MakingOpened:
    making: int
    department: int
