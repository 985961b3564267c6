"""Reading certificates, publicity and announcements: frozen public records, filtered, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models

from dabiao.base.models import PublicRecord
from dabiao.kernel.days import DAY

CERTIFICATE, PUBLICITY = "certificate", "publicity"
LEVELS: Final = {"level_2": "二级", "level_3": "三级", "small_micro": "小微"}
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty asks for everything."""

    q: str = ""
    level: str = ""
    jurisdiction: str = ""
    industry: str = ""
    review_unit: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        return cls(*(query.get(name, "").strip()[:LONGEST] for name in cls.__slots__))

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in Asked.__slots__)


@dataclass(frozen=True, slots=True)
class Shown:
    """One certificate with its status on the day asked for."""

    row: PublicRecord
    status: str
    good: bool
    last: date | None  # the last day it holds, or held


def found(kind: str, asked: Asked, day: date) -> "models.QuerySet[PublicRecord]":
    """Published by that day, newest first."""
    rows = PublicRecord.objects.filter(kind=kind, since__lte=day)
    for name in ("level", "review_unit"):
        if value := getattr(asked, name):
            rows = rows.filter(**{f"payload__{name}": value})
    if asked.jurisdiction:
        rows = rows.filter(payload__jurisdiction_code=asked.jurisdiction)
    if asked.industry:
        named = models.Q(payload__industry_code=asked.industry)
        rows = rows.filter(named | models.Q(payload__industry__icontains=asked.industry))
    if asked.q:
        named = models.Q(payload__unit__icontains=asked.q) | models.Q(payload__uscc=asked.q.upper())
        rows = rows.filter(named | models.Q(number=asked.q))
    return rows.order_by("-since", "-id")


def shown(row: PublicRecord, day: date) -> Shown:
    """未生效, 有效, 已到期 or what ended it early: `until` is the first day no longer."""
    last = row.until - DAY if row.until else None
    if day < row.since:
        return Shown(row, "未生效", False, last)
    if row.until is None or day < row.until:
        return Shown(row, "有效", True, last)
    return Shown(row, str(row.payload.get("ended", {}).get("state") or "已到期"), False, last)


def publicised(number: str, day: date) -> PublicRecord | None:
    """A notice of publicity by its number, also once it has ended."""
    return PublicRecord.objects.filter(kind=PUBLICITY, number=number, since__lte=day).first()


def plain(row: PublicRecord) -> dict[str, Any]:
    """As open data: what is public of it, and from when until when."""
    names = (
        *("title", "unit", "uscc", "jurisdiction", "industry_code", "industry", "level", "level_title"),
        *("standard", "review_unit", "organizing", "owner", "bulletin", "ends", "outcome"),
    )
    last = row.until - DAY if row.until else None
    told = {name: str(row.payload[name]) for name in names if row.payload.get(name)}
    return {"number": row.number, "from": row.since.isoformat(), "last": last and last.isoformat(), **told}
