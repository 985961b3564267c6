"""Public records: frozen facts the public site may show. Written by subjects inside their acts."""

from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from dabiao.base import canonical
from dabiao.base.models import PublicRecord

# Words of the payload there is an index for, together with kind and day (base migrations 0006, 0007).
INDEXED = ("uscc", "unit", "review_unit", "industry_code", "jurisdiction_code", "level")
ONE_OF = {"sqlite": "{} IN (SELECT value FROM json_each(%s))", "postgresql": "{} = ANY(%s)"}
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
    """Those whose payload says one of these values under a name of `INDEXED`; read by the index over it.

    One value is asked for as such, so that the index gives its rows in their order; more go as one parameter.
    """
    told = SPELLED[connection.vendor].format(INDEXED[INDEXED.index(name)])
    if len(values) > 1:
        listed = list(values) if connection.vendor == "postgresql" else canonical.dumps(values)
        condition = ONE_OF[connection.vendor].format(told)
        said = RawSQL(condition, [listed], output_field=models.BooleanField())  # noqa: S611  names of ours
        return rows.filter(said)
    alias = f"told_{name}"
    return rows.alias(**{alias: RawSQL(told, [])}).filter(**{f"{alias}__in": values})  # noqa: S611  a name of ours


def mentioning(
    rows: "models.QuerySet[PublicRecord]", name: str, text: str
) -> "models.QuerySet[PublicRecord]":
    """Those whose payload has this text somewhere under a name of `INDEXED`, row after row; letters of any
    size. Where the text has none the database need not change those of every row."""
    told = SPELLED[connection.vendor].format(INDEXED[INDEXED.index(name)])
    how = "contains" if text.upper() == text.lower() else "icontains"
    alias = f"told_{name}"
    column = RawSQL(told, [], output_field=models.TextField())  # noqa: S611  a name of ours
    return rows.alias(**{alias: column}).filter(**{f"{alias}__{how}": text})
