"""Which edition a unit is proposed to use at a level, and why (uplift/4)."""

from dataclasses import dataclass
from datetime import date

from dabiao import law
from dabiao.organisations.models import Industry, Unit
from dabiao.standards.models import Edition, Standard, StandardKind, StandardUse
from dabiao.standards.rules.choice import Field, Industries, Line, Use, choose

NEAREST = "nearest_industry"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`edition` is None where no standard fits; `reason` is a sentence for people either way."""

    edition: Edition | None
    reason: str
    nearest: bool
    clause: str


def proposal(unit: Unit, level: str, day: date) -> Proposal:
    """Level 1 by the national standard; 2 and 3 by the industry's local one, else the nearest's; small and
    micro units by theirs. A handful of queries, whatever the size of the city."""
    cited = law.on(day)["standards.choice"]
    editions = fit_for(level, str(cited.table.get(level)), day)
    uses = [use for use in uses_on(day) if use.standard in editions]
    general = [key for key, edition in sorted(editions.items()) if edition.standard.general]
    nearest = law.on(day)["standards.fallback"].value == NEAREST
    found = choose(Field(industries(), uses, general, nearest), unit.industry.code, level)
    edition = editions[found.standard] if found.standard else None
    return Proposal(edition, found.reason, found.nearest, cited.clause)


def fit_for(level: str, kind: str, day: date) -> dict[int, Edition]:
    """Standard -> its edition in force on a day, of the standards that serve a level."""
    editions = Edition.objects.on(day).select_related("standard")
    found = {edition.standard_id: edition for edition in reversed(editions)}
    return {key: edition for key, edition in found.items() if _serves(edition.standard, level, kind, day)}


def _serves(standard: Standard, level: str, kind: str, day: date) -> bool:
    gone = standard.withdrawn is not None and standard.withdrawn <= day
    national = standard.kind == StandardKind.NATIONAL
    return level in standard.levels and not gone and national == (kind == "national")


def uses_on(day: date) -> list[Use]:
    """The mapping industry -> standard on a day."""
    rows = StandardUse.objects.on(day).values_list("industry__code", "standard_id", "nearest", "reason")
    return [Use(*row) for row in rows]


def industries() -> Industries:
    """The whole classification; one query."""
    rows = Industry.objects.values_list("code", "name", "parent__code")
    return Industries({code: Line(code, name, above or "") for code, name, above in rows})
