"""Acts on bodies and units: registering and correcting."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations import permissions
from dabiao.organisations.models import Body, Industry, Jurisdiction, Site, Unit
from dabiao.organisations.rules import codes
from dabiao.organisations.services import cards


def establish(*, rows: Sequence[models.Model], by: Actor, at: datetime) -> None:
    """Enter jurisdictions, bodies, industries or duties: one entry for all, in the order given."""
    permissions.may_establish(by).or_refuse()
    if not rows:
        return
    with journal.writing(permissions.ESTABLISH, by=by, at=at, on=rows[0]) as w:
        for row in rows:
            w.create(row)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is entered about a unit. `uscc` may be empty where `uscc_exception` gives the reason."""

    name: str
    uscc: str
    jurisdiction: Jurisdiction
    locality: Body
    department: Body
    industry: Industry
    size: str
    uscc_exception: str = ""
    head_count: int = 0
    address: str = ""
    principal: str = ""
    areas: Sequence[str] = field(default=())
    sites: Sequence[str] = field(default=())


def register_unit(*, facts: UnitFacts, by: Actor, at: datetime) -> Unit:
    """Enter a unit, its code checked, with its sites."""
    permissions.may_register(by, facts.jurisdiction.pk).or_refuse()
    unit = Unit(
        name=facts.name.strip(),
        uscc=checked_code(facts),
        uscc_exception=facts.uscc_exception.strip(),
        jurisdiction=facts.jurisdiction,
        locality=facts.locality,
        department=facts.department,
        industry=facts.industry,
        size=facts.size,
        head_count=facts.head_count,
        address=facts.address,
        principal=facts.principal,
        areas=sorted(set(facts.areas)),
    )
    with journal.writing(permissions.REGISTER_UNIT, by=by, at=at, on=unit) as w:
        w.create(unit)
        w.create_all([Site(unit=unit, name=name, address=facts.address) for name in facts.sites])
        cards.enter([unit])
    return unit


def checked_code(facts: UnitFacts) -> str | None:
    """The cleaned code; None with an exception. Invalid says what is wrong and what to do."""
    code = codes.clean(facts.uscc)
    if not code:
        if facts.uscc_exception.strip():
            return None
        raise Invalid("请填写统一社会信用代码。", {"uscc": "没有代码的单位，请选择“无代码”并写明理由。"})
    if wrong := codes.fault(code):
        raise Invalid(wrong, {"uscc": wrong})
    if Unit.objects.filter(uscc=code).exists():
        raise Invalid("该单位已登记。", {"uscc": f"代码 {code} 已登记，请在企业名录中查找。"})
    return code


def set_areas(*, unit: Unit, areas: Sequence[str], version: int, by: Actor, at: datetime) -> Unit:
    """Flag the special areas of a unit (uplift/1)."""
    permissions.may_change(by, unit).or_refuse()
    with journal.writing(permissions.CHANGE_UNIT, by=by, at=at, on=unit) as w:
        w.change(unit, version=version, areas=sorted(set(areas)))
        cards.renew([unit])
    return unit
