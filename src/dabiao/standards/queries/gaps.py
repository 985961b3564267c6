"""Gaps: industries and special processes without a standard, with the units behind them (uplift/1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from dabiao.organisations.models import Body, Industry, IndustryDuty, Unit
from dabiao.standards.models import Edition, Making, Standard, StandardUse
from dabiao.standards.queries import listed
from dabiao.standards.queries.choice import industries
from dabiao.standards.rules.choice import Industries
from dabiao.standards.states import RUNNING

DIVISION = 2  # length of a division's code
TRACKED = "uplift/1"  # areas the clause names: making their standards is a duty


@dataclass(frozen=True, slots=True)
class Gap:
    """An industry without a standard. `units` lie in it uncovered; `lent` serves meanwhile."""

    industry: Industry
    units: int
    department: Body | None
    lent: Standard | None
    lent_reason: str
    making: Making | None


@dataclass(frozen=True, slots=True)
class AreaGap:
    """A special process; `standards` cover it (none: a gap), `duty` says uplift/1 names it."""

    area: str
    title: str
    duty: bool
    units: int
    standards: tuple[Standard, ...]
    making: Making | None


def gaps(day: date) -> list[Gap]:
    """Industries without a standard, those with most units first; a handful of queries in all."""
    tree, uses = industries(), _uses(day)
    demand = _uncovered(tree, {code for code, use in uses if not use.nearest})
    rows = {row.code: row for row in Industry.objects.filter(code__in=demand)}
    lent = {code: use for code, use in uses if use.nearest}
    makings = _makings("industry_id")
    departments = _departments(rows.values(), day)
    found = [
        _gap(rows[code], units, departments, _first(lent, tree.path(code)), makings)
        for code, units in demand.items()
    ]
    return sorted(found, key=lambda gap: (-gap.units, gap.industry.code))


def special_processes(day: date) -> list[AreaGap]:
    """Every special process with its units and standards; those without a standard first."""
    units = Counter(area for areas in Unit.objects.values_list("areas", flat=True) for area in areas)
    standards, makings = _by_area(day), _makings("area")
    found = [
        AreaGap(
            area=each.id,
            title=each.title,
            duty=each.clause == TRACKED,
            units=units[each.id],
            standards=tuple(standards.get(each.id, ())),
            making=makings.get(each.id),
        )
        for each in listed.areas(day).values()
    ]
    return sorted(found, key=lambda gap: (bool(gap.standards), not gap.duty, -gap.units))


def _uses(day: date) -> list[tuple[str, StandardUse]]:
    """Uses whose standard has an edition one may score by."""
    usable = Edition.objects.on(day).order_by().values("standard")
    rows = StandardUse.objects.on(day).filter(standard__in=usable)
    return [(row.industry.code, row) for row in rows.select_related("industry", "standard")]


def _uncovered(tree: Industries, covered: set[str]) -> dict[str, int]:
    """Division (or section) code -> units without a standard; divisions wholly uncovered appear with 0."""
    found = {code: 0 for code in tree.lines if len(code) == DIVISION and not _touched(tree, code, covered)}
    for code, units in _units_by_industry():
        path = tree.path(code)
        if not covered.intersection(path):
            row = next((each for each in path if len(each) == DIVISION), code)
            found[row] = found.get(row, 0) + units
    return found


def _touched(tree: Industries, code: str, covered: set[str]) -> bool:
    """Has it, anything above it or anything below it a standard?"""
    return bool(covered.intersection(tree.path(code))) or any(each.startswith(code) for each in covered)


def _units_by_industry() -> list[tuple[str, int]]:
    rows = Unit.objects.order_by().values("industry__code").annotate(units=Count("pk"))
    return [(row["industry__code"], row["units"]) for row in rows]


def _first(uses: dict[str, StandardUse], path: Iterable[str]) -> StandardUse | None:
    return next((uses[code] for code in path if code in uses), None)


def _gap(
    industry: Industry,
    units: int,
    departments: dict[int, Body],
    lent: StandardUse | None,
    makings: dict[object, Making],
) -> Gap:
    return Gap(
        industry=industry,
        units=units,
        department=departments.get(industry.pk) or departments.get(industry.parent_id or 0),
        lent=lent.standard if lent else None,
        lent_reason=lent.reason if lent else "",
        making=makings.get(industry.pk),
    )


def _departments(rows: Iterable[Industry], day: date) -> dict[int, Body]:
    """Who answers for the industries, or for what lies above them."""
    keys = {key for row in rows for key in (row.pk, row.parent_id)}
    duties = IndustryDuty.objects.filter(industry__in=keys, since__lte=day).exclude(until__lte=day)
    city = duties.filter(department__jurisdiction=None).select_related("department").order_by("nearest", "pk")
    return {duty.industry_id: duty.department for duty in reversed(city)}


def _makings(by: str) -> dict[object, Making]:
    rows = Making.objects.filter(state__in=RUNNING).select_related("department").order_by("-pk")
    return {getattr(row, by): row for row in rows if getattr(row, by)}


def _by_area(day: date) -> dict[str, list[Standard]]:
    usable = Edition.objects.on(day).order_by().values("standard")
    found: dict[str, list[Standard]] = {}
    for standard in Standard.objects.filter(pk__in=usable).exclude(withdrawn__lte=day).order_by("number"):
        for area in standard.areas:
            found.setdefault(area, []).append(standard)
    return found
