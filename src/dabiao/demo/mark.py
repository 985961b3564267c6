"""The mark by which a city is known again: which one it is, its logins, the keys of its main objects.

Apart from the telling, so that a second start need not load the whole story.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from dabiao.base.models import PublicRecord

KIND: Final = "demonstration"
NUMBER: Final = "city"
PASSWORD: Final = "Yanshi-2026"  # noqa: S105  shown to everybody: a demonstration


@dataclass(frozen=True, slots=True)
class City:
    """What was made. `ids`: keys of the main objects, for whoever wants to go straight to them."""

    seed: int
    scale: float
    made_at: str
    logins: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


def found() -> City | None:
    """The city this database holds, if it was made here."""
    row = PublicRecord.objects.filter(kind=KIND, number=NUMBER).first()
    return City(**row.payload) if row else None
