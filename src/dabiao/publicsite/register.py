"""Reading certificates, publicity and announcements: frozen public records, filtered, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from django.db import models

from dabiao.base import records
from dabiao.base.models import PublicRecord
from dabiao.kernel.days import DAY
from dabiao.organisations.models import Industry, Scope, Unit
from dabiao.organisations.queries import directory
from dabiao.organisations.queries.directory import Wanted

CERTIFICATE, PUBLICITY = "certificate", "publicity"
LEVELS: Final = {"level_2": "二级", "level_3": "三级", "small_micro": "小微"}
LONGEST: Final = 60
MOST_NAMED: Final = 1000
TOGETHER: Final = ("review_unit", "industry_code")
Records: TypeAlias = "models.QuerySet[PublicRecord]"


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
    """Published by that day, newest first.

    One condition is read by its index, the one that leaves fewest (a review unit and a trade have one
    together); the others are looked up in those.
    """
    rows = PublicRecord.objects.filter(kind=kind, since__lte=day).order_by("-since", "-id")
    told = _told(asked)
    if asked.q:
        rows = _named(rows, asked.q)
    read = () if asked.q else tuple(told)[: 2 if tuple(told)[:2] == TOGETHER else 1]
    for name, values in told.items():
        rows = records.saying(rows, name, *values) if name in read else _looked_up(rows, name, values)
    return rows


def _told(asked: Asked) -> dict[str, list[str]]:
    """Word of the payload -> what it must be one of; what leaves fewest first."""
    told = {
        "review_unit": [asked.review_unit],
        "industry_code": _industries(asked.industry),
        "jurisdiction_code": [asked.jurisdiction],
        "level": [asked.level],
    }
    given = (asked.review_unit, asked.industry, asked.jurisdiction, asked.level)
    return {name: values for (name, values), said in zip(told.items(), given, strict=True) if said}


def _industries(text: str) -> list[str]:
    """By code, or by any part of the name."""
    if not text or text.isascii():
        return [text]
    return list(Industry.objects.filter(name__icontains=text).values_list("code", flat=True))


def _looked_up(rows: Records, name: str, values: list[str]) -> Records:
    said = models.Q(*((f"payload__{name}", value) for value in values), _connector=models.Q.OR)
    return rows.filter(said) if values else rows.none()


def _named(rows: Records, text: str) -> Records:
    """By number or code; else by the name units have now, and by the whole name as it was."""
    plain = rows.order_by()
    keys = _keys(plain.filter(number=text), records.saying(plain, "uscc", text.upper()))
    if keys:
        return rows.filter(pk__in=keys)
    places = directory.few(directory.asked(Scope(city=True), Wanted(text=text)))
    if places is None:  # so many that the newest of them come soon
        return rows.filter(payload__unit__icontains=text)
    units = Unit.objects.filter(card__place__in=places).values_list("uscc", "name")
    codes, bare = [code for code, _ in units if code], [name for code, name in units if not code]
    named = records.saying(plain, "uscc", *codes), records.saying(plain, "unit", text, *bare)
    return rows.filter(pk__in=_keys(*named))


def _keys(*found: Records) -> list[int]:
    return [key for each in found for key in each.values_list("pk", flat=True)[:MOST_NAMED]]


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
