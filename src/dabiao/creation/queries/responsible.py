"""Who is responsible for a case: the department that answers for its level, the organizing unit."""

from datetime import date

from django.db import models

from dabiao import law
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Body, BodyKind, Industry, IndustryDuty, Unit

CITY = "industry_city"
NOBODY = "还没有登记评审组织单位，暂时不能申请；请联系市应急管理局。"


def department(unit: Unit, level: str, day: date) -> Body:
    """The city's department where law gives it the level, else the one of the unit's district."""
    cited = law.on(day)["grading.authority"]
    if cited.table.get(level) != CITY:
        return unit.department
    return _city_department(unit.industry, day) or unit.department


def _city_department(industry: Industry, day: date) -> Body | None:
    """Of the unit's own industry, else of the one above it."""
    line: Industry | None = industry
    while line is not None:
        duties = IndustryDuty.objects.filter(industry=line, since__lte=day, department__jurisdiction=None)
        duty = duties.exclude(until__lte=day).select_related("department").order_by("nearest", "id").first()
        if duty is not None:
            return duty.department
        line = line.parent
    return None


def organizing(unit: Unit, day: date) -> Body:
    """The district's own where there is one, else the city's."""
    rows = Body.objects.filter(kind=BodyKind.ORGANIZING, since__lte=day).exclude(until__lte=day)
    own = models.Q(jurisdiction=unit.jurisdiction_id) | models.Q(jurisdiction=None)
    found = list(rows.filter(own).order_by("id"))
    if not found:
        raise Invalid(NOBODY)
    return min(found, key=lambda body: body.jurisdiction_id is None)
