"""What the nearest-department rule and the reader of files look at, as they stand on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from dabiao.organisations.data import reading
from dabiao.organisations.models import Body, BodyKind, Industry, IndustryDuty
from dabiao.organisations.rules.departments import Department, Duty, Family, Ground

DEPARTMENTS = (BodyKind.INDUSTRY, BodyKind.BUREAU, BodyKind.COMMITTEE)


def running(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def ground(day: date) -> Ground:
    """A handful of queries, whatever the number of units."""
    industries = list(Industry.objects.select_related("parent"))
    bodies = list(Body.objects.filter(running(day), kind__in=DEPARTMENTS).order_by("pk"))
    last = [each for kind in (BodyKind.BUREAU, BodyKind.COMMITTEE) for each in bodies if each.kind == kind]
    return Ground(
        duties=tuple(_duties(day)),
        departments={each.pk: _department(each) for each in bodies},
        parents={each.code: each.parent.code for each in industries if each.parent},
        names={each.code: each.name for each in industries},
        families=tuple(Family(each.industries, each.reason) for each in reading.nearest().families),
        last=tuple(each.pk for each in last),
    )


def _department(body: Body) -> Department:
    return Department(body.pk, body.name, body.jurisdiction_id, body.parent_id)


def _duties(day: date) -> Iterable[Duty]:
    rows = IndustryDuty.objects.filter(running(day)).select_related("industry").order_by("nearest", "pk")
    for row in rows:
        yield Duty(row.industry.code, row.department_id, row.nearest, row.reason)
