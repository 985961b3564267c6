"""Public records: frozen facts the public site may show. Written by subjects inside their acts."""

from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from dabiao.base.models import PublicRecord

# Words of the payload there is an index for, together with kind and day (base migrations 0006, 0007).
INDEXED = ("uscc", "unit", "review_unit", "industry_code", "jurisdiction_code", "level")
SPELLED = {"sqlite": "JSON_EXTRACT(payload, '$.{}')", "postgresql": "(payload ->> '{}')"}


def draft(
    kind: str, number: str, since: date, payload: dict[str, Any], until: date | None = None
) -> PublicRecord:
    """A record ready to be created by the act's `Writing`."""
    return PublicRecord(kind=kind, number=number, since=since, until=until, payload=payload)


def in_force(kind: str, day: date) -> "models.QuerySet[PublicRecord]":
    """Records of a kind on a day, newest first."""
    ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
    return PublicRecord.objects.filter(ended, kind=kind, since__lte=day).order_by("-since", "number")


def saying(rows: "models.QuerySet[PublicRecord]", name: str, *values: str) -> "models.QuerySet[PublicRecord]":
    """Those whose payload says one of these values under a name of `INDEXED`; read by the index over it."""
    told = SPELLED[connection.vendor].format(INDEXED[INDEXED.index(name)])
    alias = f"told_{name}"
    return rows.alias(**{alias: RawSQL(told, [])}).filter(**{f"{alias}__in": values})  # noqa: S611  a name of ours
