"""Lists of the law with their Chinese titles, as standards use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dabiao import law


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list of the law."""

    id: str
    title: str
    clause: str


def areas(day: date) -> dict[str, Listed]:
    """The special areas that units, standards and items may be flagged with."""
    return entries("units.special_areas", day)


def entries(name: str, day: date) -> dict[str, Listed]:
    """A parameter that is a list of {id, title}, by id, in the order of the law."""
    cited = law.on(day)[name]
    found = [each for each in cited.items if isinstance(each, Mapping)]
    listed = (Listed(str(e["id"]), str(e["title"]), str(e.get("clause", cited.clause))) for e in found)
    return {each.id: each for each in listed}
