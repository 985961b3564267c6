"""Changing what is known about a unit, its sites, and what follows when it moves.

A unit that moves to another jurisdiction or locality is announced; its rows still open are stamped anew by
`restamp`, closed ones keep where they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.db import models

from dabiao.base import clock, outbox
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations import permissions
from dabiao.organisations.models import Body, BodyKind, Industry, Jurisdiction, Site, Size, Unit
from dabiao.organisations.queries.ground import ground
from dabiao.organisations.rules.cleaning import clean
from dabiao.organisations.rules.departments import answering
from dabiao.organisations.services import cards

NAMELESS: Final = "请填写场所名称，且不与已有场所重名。"
PIECE: Final = 500
PLACE: Final = frozenset({"jurisdiction_id", "locality_id"})


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """News: a unit lies elsewhere now."""

    unit: int
    jurisdiction: int
    locality: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be known of a unit from now on."""

    name: str
    size: str
    head_count: int
    address: str
    principal: str
    industry: Industry
    jurisdiction: Jurisdiction
    locality: Body


def change_unit(*, unit: Unit, facts: Facts, version: int, by: Actor, at: datetime) -> Unit:
    """Correct the facts; the department follows from industry and jurisdiction, with its reason."""
    permissions.may_change(by, unit).or_refuse()
    _check(facts)
    changes = _changes(unit, facts)
    if not changes:
        return unit
    if changes.keys() & {"name", "industry_id", *PLACE}:
        permissions.may_place(by, unit).or_refuse()
    if changes.keys() & {"industry_id", "jurisdiction_id"}:
        found = answering(facts.industry.code, facts.jurisdiction.pk, ground(clock.day_of(at)))
        changes |= {"department_id": found.department, "department_reason": found.reason}
    with journal.writing(permissions.CHANGE_UNIT, by=by, at=at, on=unit) as w:
        w.change(unit, version=version, **changes)
        cards.renew([unit])
        if changes.keys() & PLACE:
            outbox.announce(UnitMoved(unit.pk, facts.jurisdiction.pk, facts.locality.pk), at)
    return unit


def add_site(*, unit: Unit, name: str, address: str, by: Actor, at: datetime) -> Site:
    permissions.may_change(by, unit).or_refuse()
    name = clean(name)
    if not name or Site.objects.filter(unit=unit, name=name, closed_on=None).exists():
        raise Invalid("场所没有登记。", {"name": NAMELESS})
    with journal.writing(permissions.CHANGE_UNIT, by=by, at=at, on=unit) as w:
        return w.create(Site(unit=unit, name=name, address=clean(address)))


def change_site(*, site: Site, name: str, address: str, by: Actor, at: datetime) -> Site:
    permissions.may_change(by, site.unit).or_refuse()
    if site.closed_on is not None:
        raise Invalid("该场所已经停用，不能更正。")
    name = clean(name)
    others = Site.objects.filter(unit=site.unit, name=name, closed_on=None).exclude(pk=site.pk)
    if not name or others.exists():
        raise Invalid("场所没有更正。", {"name": NAMELESS})
    with journal.writing(permissions.CHANGE_UNIT, by=by, at=at, on=site.unit) as w:
        return w.change(site, name=name, address=clean(address))


def close_site(*, site: Site, on: date, by: Actor, at: datetime) -> Site:
    """From that day on the unit works there no more; what was done about it stays."""
    permissions.may_change(by, site.unit).or_refuse()
    if site.closed_on is not None:
        raise Invalid("该场所已经停用。")
    with journal.writing(permissions.CHANGE_UNIT, by=by, at=at, on=site.unit) as w:
        return w.change(site, closed_on=on)


def restamp(*, unit: Unit, rows: "Iterable[models.Model]", by: Actor, at: datetime) -> int:
    """Stamp open rows with where the unit lies now, some hundred an entry; again changes nothing."""
    permissions.may_restamp(by).or_refuse()
    moved = (row for row in rows if _stamps(row, unit))
    count = 0
    while piece := list(islice(moved, PIECE)):
        with journal.writing(permissions.RESTAMP, by=by, at=at, on=unit) as w:
            for row in piece:
                w.change(row, **_stamps(row, unit))
        count += len(piece)
    return count


def _stamps(row: models.Model, unit: Unit) -> dict[str, Any]:
    """The keys of visibility that the row carries and that differ."""
    there = {field.attname for field in row._meta.concrete_fields}
    return {
        name: getattr(unit, name)
        for name in sorted(PLACE & there)
        if getattr(row, name) != getattr(unit, name)
    }


def _changes(unit: Unit, facts: Facts) -> dict[str, Any]:
    told = {
        "name": clean(facts.name),
        "size": facts.size,
        "head_count": facts.head_count,
        "address": clean(facts.address),
        "principal": clean(facts.principal),
        "industry_id": facts.industry.pk,
        "jurisdiction_id": facts.jurisdiction.pk,
        "locality_id": facts.locality.pk,
    }
    return {name: value for name, value in told.items() if getattr(unit, name) != value}


def _check(facts: Facts) -> None:
    wrong = {
        "name": "" if clean(facts.name) else "请填写企业名称。",
        "size": "" if facts.size in Size.values else "请选择规模。",
        "head_count": "" if facts.head_count >= 0 else "从业人数不能小于 0。",
        "locality": "" if _lies_in(facts.locality, facts.jurisdiction) else "该属地不在所选管辖区，请核对。",
    }
    if found := {name: words for name, words in wrong.items() if words}:
        raise Invalid("企业信息没有保存。", found)


def _lies_in(locality: Body, jurisdiction: Jurisdiction) -> bool:
    return locality.kind == BodyKind.LOCALITY and locality.jurisdiction_id == jurisdiction.pk
