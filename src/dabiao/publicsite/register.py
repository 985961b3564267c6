"""Reading certificates, publicity and announcements: frozen public records, filtered, on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from django.db import models

from dabiao.base import naming, records
from dabiao.base.models import PublicRecord
from dabiao.kernel.days import DAY
from dabiao.organisations.models import Industry, Scope, Unit
from dabiao.organisations.queries import directory
from dabiao.organisations.queries.directory import Wanted
from dabiao.organisations.rules.words import fold
from dabiao.publicsite import paging
from dabiao.publicsite.paging import PER_PAGE, Place, Slice

CERTIFICATE, PUBLICITY = "certificate", "publicity"
LEVELS: Final = {"level_2": "二级", "level_3": "三级", "small_micro": "小微"}
LONGEST: Final = 60
MOST_NAMED: Final = 1000
TOGETHER: Final = (  # read by one index
    *(("review_unit", "industry_code"), ("industry_code", "jurisdiction_code")),
    ("jurisdiction_code", "level"),
)
PUBLIC: Final = (
    *("title", "unit", "uscc", "jurisdiction", "industry_code", "industry", "level", "level_title"),
    *("standard", "review_unit", "organizing", "owner", "bulletin", "ends", "outcome"),
)
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


def found(kind: str, asked: Asked, day: date) -> Records:
    """Published by that day, newest first."""
    keys = _named(kind, asked, day) if asked.q else None
    return (
        _rows(kind, asked, day)
        if keys is None
        else _newest(kind, day).filter(pk__in=[key for _, key in keys])
    )


def page(kind: str, asked: Asked, day: date, query: Mapping[str, str]) -> Slice:
    """The page of these that the query names. What is found by looking at row after row is counted no
    further than it is shown."""
    keys = _named(kind, asked, day) if asked.q else None
    if keys is not None:
        return paging.among(keys, query)
    rows, last = _rows(kind, asked, day), paging.begins(query, day)
    old = rows if last == day else _rows(kind, asked, last)
    return paging.page(rows, query, PER_PAGE if asked.q else paging.MOST_COUNTED, old)


def _newest(kind: str, day: date) -> Records:
    return PublicRecord.objects.filter(kind=kind, since__lte=day).order_by("-since", "-id")


def _rows(kind: str, asked: Asked, day: date) -> Records:
    """One condition is read by its index, the one that leaves fewest, or two that have one together; the
    others are looked up in those. With a text the newest that mention it come soon.
    """
    rows, told = _newest(kind, day), _told(asked)
    if asked.q:
        return _looked_up(records.mentioning(rows, "unit", asked.q), told)
    read = tuple(told)[: 2 if tuple(told)[:2] in TOGETHER else 1]
    for name in read:
        rows = records.saying(rows, name, *told.pop(name))
    return _looked_up(rows, told)


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


def _looked_up(rows: Records, told: Mapping[str, list[str]]) -> Records:
    for name, values in told.items():
        said = models.Q(*((f"payload__{name}", value) for value in values), _connector=models.Q.OR)
        rows = rows.filter(said) if values else rows.none()
    return rows


def _named(kind: str, asked: Asked, day: date) -> list[Place] | None:
    """By number or code; else by the name in it; else by what units are found by now. Newest first; None
    where so many are named so that they are not gone through one by one."""
    rows, text, told = _newest(kind, day), asked.q, _told(asked)
    plain = rows.order_by()
    exact = [plain.filter(number=text)]
    if text.isascii():
        exact.append(records.saying(plain, "uscc", text.upper()))
    if places := _places({}, *exact):
        return _places(told, *exact) if told else places
    wish = directory.asked(Scope(city=True), Wanted(text=text))
    if directory.dense(wish):
        return None
    named = _holding(kind, day, text, told)
    if named is None:
        return None
    if not named:
        return _of_units(wish, text, told, plain)
    return sorted(((row[0], row[1]) for row in named if not told or _says(row[3:], told)), reverse=True)


def _holding(kind: str, day: date, text: str, told: Mapping[str, list[str]]) -> list[naming.Row] | None:
    """With this text in the name as it was published; None where these are many."""
    folded = fold(text)
    if not (pairs := naming.pairs(folded)):
        return []
    found = naming.holding(kind, day, pairs, told, MOST_NAMED + 1)
    return None if len(found) > MOST_NAMED else [row for row in found if folded in fold(row[2])]


def _says(said: Sequence[str | None], told: Mapping[str, list[str]]) -> bool:
    return all(each in values for each, values in zip(said, told.values(), strict=True))


def _of_units(
    wish: directory.Asked, text: str, told: Mapping[str, list[str]], plain: Records
) -> list[Place] | None:
    """Of the units found by the name they have now, its initials or a part of the code; of a whole name."""
    if (hits := directory.rare(wish)) is None:
        return None
    codes, bare = [code.upper() for *_, code in hits if code], [unit for _, unit, code in hits if not code]
    names = Unit.objects.filter(pk__in=bare).values_list("name", flat=True) if bare else ()
    return _places(told, records.saying(plain, "uscc", *codes), records.saying(plain, "unit", text, *names))


def _places(told: Mapping[str, list[str]], *found: Records) -> list[Place]:
    """Those that say the rest too."""
    known = {
        place for each in found for place in _looked_up(each, told).values_list("since", "pk")[:MOST_NAMED]
    }
    return sorted(known, reverse=True)


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


def plain(number: str, since: date, until: date | None, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A record as open data: what is public of it, and from when until when."""
    last = (until - DAY).isoformat() if until else None
    told = {name: str(said) for name in PUBLIC if (said := payload.get(name))}
    return {"number": number, "from": since.isoformat(), "last": last, **told}
