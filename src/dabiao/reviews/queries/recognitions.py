"""Whether a body is recognised for a unit's industry and a level on a day (quality-2015/5)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from dabiao.organisations.models import Body, Industry, Recognition, Unit
from dabiao.organisations.queries.ground import running

CLAUSE = "quality-2015/5"


def recognised(body: int, unit: Unit, level: str, day: date) -> Recognition | None:
    """The recognition that holds: for the unit's industry, one above it, or all industries."""
    keys = [industry.pk for industry in _upwards(unit.industry)]
    rows = Recognition.objects.filter(running(day), Q(industry__in=keys) | Q(industry=None))
    return rows.filter(body=body, level=level).order_by("id").first()


def choosable(unit: Unit, level: str, day: date) -> list[Body]:
    """Review units that may be engaged by this unit for this level on a day."""
    keys = [industry.pk for industry in _upwards(unit.industry)]
    held = Recognition.objects.filter(running(day), Q(industry__in=keys) | Q(industry=None), level=level)
    rows = Body.objects.filter(running(day), kind="review_unit", pk__in=held.values("body"))
    return list(rows.order_by("name"))


def fault(body: Body, unit: Unit, level: str, day: date) -> str:
    """Why the body may not review this unit on a day; empty where it may."""
    if recognised(body.pk, unit, level, day) is not None:
        return ""
    return f"{body.name}在 {day:%Y-%m-%d} 没有本行业、本等级的有效认定，不能承担评审。"


def _upwards(industry: Industry) -> Iterator[Industry]:
    line: Industry | None = industry
    while line is not None:
        yield line
        line = line.parent
