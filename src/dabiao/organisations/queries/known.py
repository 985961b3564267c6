"""What the words in a file of units can mean, and which of its units are there already."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import DISTRICT_ROLES, Role
from dabiao.organisations.data import reading
from dabiao.organisations.models import Body, BodyKind, Industry, Jurisdiction, Size, Unit
from dabiao.organisations.queries.ground import running
from dabiao.organisations.rules.cleaning import key
from dabiao.organisations.rules.entering import Known
from dabiao.organisations.tables.headings import TITLES

WHOLE_CITY = (Role.SYSTEM_ADMIN, Role.INDUSTRY_CITY, Role.BUREAU_CITY, Role.TIME)
COMPARED = (
    *("name", "uscc_exception", "jurisdiction_id", "locality_id", "industry_id", "size", "head_count"),
    *("address", "principal", "start_by", "areas"),
)


def known(actor: Actor, day: date, *, since_1904: bool = False) -> Known:
    """Everything by every spelling; a handful of queries."""
    allowed = None if actor.holds(*WHOLE_CITY) else frozenset(actor.jurisdictions(*DISTRICT_ROLES))
    return Known(
        jurisdictions=_jurisdictions(),
        localities=_localities(day),
        industries=_industries(),
        sizes=_sizes(),
        areas={key(word): each.id for each in reading.areas() for word in (each.id, each.name)},
        titles=TITLES,
        allowed=allowed,
        since_1904=since_1904,
    )


def _jurisdictions() -> dict[str, int]:
    found: dict[str, int] = {}
    for each in Jurisdiction.objects.all():
        for word in (each.name, each.short, each.code, each.region_code, f"北京市{each.name}"):
            if word:
                found.setdefault(key(word), each.pk)
    return found


def _localities(day: date) -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    rows = Body.objects.filter(running(day), kind=BodyKind.LOCALITY).exclude(jurisdiction=None)
    for pk, name, code, jurisdiction in rows.values_list("pk", "name", "code", "jurisdiction"):
        for word in {key(name), key(code), key(_short(name))}:
            found[word] = (*found.get(word, ()), (jurisdiction, pk))
    return found


def _short(name: str) -> str:
    """和平里街道 is written 和平里 too; 丰台街道 stays, for 丰台 is a district."""
    return name.removesuffix("办事处").removesuffix("地区").removesuffix("街道") or name


def _industries() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in Industry.objects.order_by("code").values_list("code", "name"):
        for word in (code, name, f"{code}{name}"):
            found.setdefault(key(word), code)
    return found


def _sizes() -> dict[str, str]:
    found = {key(str(title)): value for value, title in Size.choices}
    return {**found, **{word.removesuffix("型"): value for word, value in found.items()}}


def industry_keys() -> dict[str, int]:
    return dict(Industry.objects.values_list("code", "pk"))


def there(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Units by code: what is compared, and key and version."""
    rows = Unit.objects.filter(uscc__in=list(codes)).values(
        "pk", "uscc", "version", "department_id", *COMPARED
    )
    return {row["uscc"]: row for row in rows.order_by()}


def without_code(names: Iterable[str]) -> Mapping[tuple[str, int], dict[str, Any]]:
    """Units without a code, by name and jurisdiction."""
    rows = Unit.objects.filter(uscc=None, name__in=list(names))
    found = rows.values("pk", "uscc", "version", "department_id", *COMPARED).order_by("-pk")
    return {(row["name"], row["jurisdiction_id"]): row for row in found}
