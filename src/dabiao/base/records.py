"""Public records: frozen facts the public site may show. Written by subjects inside their acts."""

from datetime import date
from typing import Any

from django.db import models

from dabiao.base.models import PublicRecord


def draft(
    kind: str, number: str, since: date, payload: dict[str, Any], until: date | None = None
) -> PublicRecord:
    """A record ready to be created by the act's `Writing`."""
    return PublicRecord(kind=kind, number=number, since=since, until=until, payload=payload)


def in_force(kind: str, day: date) -> "models.QuerySet[PublicRecord]":
    """Records of a kind on a day, newest first."""
    ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
    return PublicRecord.objects.filter(ended, kind=kind, since__lte=day).order_by("-since", "number")
