"""The words by which other people's things are known, and to whom they must never be shown."""

from collections.abc import Iterator

from addresses.desks import DESKS
from addresses.props import CREWS
from addresses.reading import cast
from addresses.stage import Stage

POSTING = {"system_admin", "security_admin"}  # who post people to units know what units are called
# Where principals have published who they are and what they promise.
PUBLISHED = {"publicsite:commitments", "publicsite:commitment"}
UNSEEN = {"other_body", "other_jurisdiction", "former", "watchless"}


def forbidden(stage: Stage, who: str, where: str = "") -> Iterator[str]:
    """Names, numbers and texts of units, and titles of drafts, that this person may not come to know."""
    for owner, relation in cast().relations["unit"][who].items():
        if relation in UNSEEN:
            known = who in POSTING or where in PUBLISHED
            yield from _unknown(stage, who, owner, known=known)
    for owner, relation in cast().relations["department"][who].items():
        if relation != "own":
            yield f"草案{DESKS[owner][1]}"


def _unknown(stage: Stage, who: str, owner: str, *, known: bool) -> Iterator[str]:
    """Who reviews a unit, or has received what was found there, knows its case and that, and nothing else."""
    if cast().relations["handover"][who][owner] not in {"engaged", "receiver"}:
        yield from of_unit(stage, owner)[known:]
        return
    yield from (str(of[owner]["number"]) for of in stage.things["assessment"].values())


def of_unit(stage: Stage, owner: str) -> list[str]:
    """A unit's name first, the mark in all it wrote, and the numbers of its things."""
    numbers = [
        str(of[owner]["number"])
        for kind in ("assessment", "hazard", "case")
        for of in stage.things[kind].values()
    ]
    return [stage.world.units[owner].name, CREWS[owner].mark, *numbers]


def shown(stage: Stage, who: str, text: str, where: str = "") -> list[str]:
    """Forbidden words found in a text."""
    return [mark for mark in forbidden(stage, who, where) if mark in text]
