"""What the list of units can be narrowed down by: what lies within one's sight, whatever units there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dabiao.organisations.models import Body, BodyKind, Industry, Jurisdiction, Scope, Size
from dabiao.organisations.queries.directory import Wanted
from dabiao.standards.queries import listed
from dabiao.standards.rules.choice import LEVELS


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str


def choices(seen: Scope, wanted: Wanted, day: date) -> dict[str, Any]:
    """Localities and departments are offered once the district is known: a city has hundreds."""
    districts = (
        Jurisdiction.objects.all() if seen.city else Jurisdiction.objects.filter(pk__in=seen.jurisdictions)
    )
    within = wanted.jurisdiction if seen.city else next(iter(seen.jurisdictions), None)
    kinds = (BodyKind.LOCALITY, BodyKind.INDUSTRY)
    bodies = list(Body.objects.filter(jurisdiction=within, kind__in=kinds)) if within is not None else []
    return {
        "jurisdictions": [Choice(str(each.pk), each.name) for each in districts],
        "localities": _bodies(bodies, BodyKind.LOCALITY),
        "departments": _bodies(bodies, BodyKind.INDUSTRY),
        "sizes": [Choice(value, title) for value, title in Size.choices],
        "levels": [Choice(value, title) for value, title in LEVELS.items()],
        **of_units(day),
    }


def of_units(day: date) -> dict[str, list[Choice]]:
    """What any list of things about units can be narrowed down by: trade and special area."""
    return {
        "industries": [Choice(each.code, str(each)) for each in _read(Industry.objects.all())],
        "areas": [Choice(each.id, each.title) for each in listed.areas(day).values()],
    }


def _bodies(bodies: Iterable[Body], kind: BodyKind) -> list[Choice]:
    return [Choice(str(each.pk), each.name) for each in bodies if each.kind == kind]


def _read(industries: Iterable[Industry]) -> list[Industry]:
    """Divisions under their section; classes are found by their division."""
    parents = {each.pk: each for each in industries}
    kept = [each for each in parents.values() if _depth(each, parents) <= 1]
    return sorted(kept, key=lambda each: _path(each, parents))


def _depth(industry: Industry, parents: dict[int, Industry]) -> int:
    return 1 + _depth(parents[industry.parent_id], parents) if industry.parent_id else 0


def _path(industry: Industry, parents: dict[int, Industry]) -> str:
    above = _path(parents[industry.parent_id], parents) + "/" if industry.parent_id else ""
    return above + industry.code
