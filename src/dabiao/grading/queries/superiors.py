"""The level above a body: where an opinion that does not come goes, and who decides about a department."""

from datetime import date

from dabiao.organisations.models import Body, BodyKind, Industry, IndustryDuty, Unit


def above_locality(unit: Unit) -> Body:
    """The district's own department of the unit."""
    return unit.department


def above_district(unit: Unit, day: date) -> Body | None:
    """The city's department of the unit's industry, else of the one above it, else the city's bureau."""
    line: Industry | None = unit.industry
    while line is not None:
        duties = IndustryDuty.objects.filter(industry=line, since__lte=day, department__jurisdiction=None)
        duty = duties.exclude(until__lte=day).select_related("department").order_by("nearest", "id").first()
        if duty is not None:
            return duty.department
        line = line.parent
    return bureau_city(day)


def bureau_city(day: date) -> Body | None:
    """The emergency bureau of the city, above its departments."""
    rows = Body.objects.filter(kind=BodyKind.BUREAU, jurisdiction=None, since__lte=day)
    return rows.exclude(until__lte=day).order_by("id").first()


def section(industry: Industry) -> str:
    """The letter of its section."""
    line = industry
    while line.parent is not None:
        line = line.parent
    return line.code
