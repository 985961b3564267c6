"""The unit drafts its application: level, sites, and what it says to each condition that asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from dabiao.base import serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models.cases import Case, CaseSite
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import responsible
from dabiao.creation.services import cycles
from dabiao.creation.states import cases as states
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Site, Unit
from dabiao.standards import queries as standards

LONGEST = 300


def draft(*, unit: Unit, level: str, sites: Sequence[Site], by: Actor, at: datetime) -> Case:
    """Begin an application. The edition is proposed with its reason; one case a unit at a time."""
    permissions.may_draft(by, unit.pk).or_refuse()
    edition, reason = proposed(unit, level, at)
    _check_sites(unit, sites)
    with transaction.atomic():
        journal.hold(unit)
        if queries.open_one(unit.pk) is not None:
            raise OutOfTurn("本企业还有一件申请没有办结，请先办结或撤回，再提出新的申请。")
        cycle = cycles.current(unit=unit, by=by, at=at)
        day = day_of(at)
        case = Case(
            number=f"DB{day.year}{serials.following(f'case:{day.year}'):05d}",
            cycle=cycle,
            unit=unit,
            jurisdiction_id=unit.jurisdiction_id,
            locality_id=unit.locality_id,
            department=responsible.department(unit, level, day),
            organizing=responsible.organizing(unit, day),
            level=level,
            edition_id=edition,
            edition_reason=reason,
            state=CaseState.DRAFT,
            started_at=at,
        )
        with journal.writing(permissions.DRAFT, by=by, at=at, on=case) as w:
            w.create(case)
            w.create_all([CaseSite(case=case, site=site) for site in sites])
    return case


def proposed(unit: Unit, level: str, at: datetime) -> tuple[int, dict[str, object]]:
    """The edition for the level and why, as the case keeps it."""
    found = standards.proposal(unit, level, day_of(at))
    if found.edition is None:
        raise Invalid(f"还不能申请：{found.reason}", {"level": found.reason})
    return found.edition.pk, {"text": found.reason, "nearest": found.nearest, "clause": found.clause}


def _check_sites(unit: Unit, sites: Sequence[Site]) -> None:
    if not sites or any(site.unit_id != unit.pk for site in sites):
        raise Invalid("请选择申报的场所。", {"sites": "请至少选择一处本企业的场所。"})


def state_conditions(
    *, case: Case, statements: Mapping[str, str], version: int, by: Actor, at: datetime
) -> Case:
    """What the unit says to conditions the system cannot answer by itself."""
    permissions.may_change(by, case).or_refuse()
    said = {name: text.strip() for name, text in statements.items() if text.strip()}
    if wrong := {name: f"请控制在 {LONGEST} 字以内。" for name, text in said.items() if len(text) > LONGEST}:
        raise Invalid("说明太长。", wrong)
    with journal.writing(permissions.STATE, by=by, at=at, on=case) as w:
        return w.change(case, version=version, statements=said)


def discard(*, case: Case, by: Actor, at: datetime) -> Case:
    """Give up a draft; nothing is deleted, and the way is free for another."""
    permissions.may_change(by, case).or_refuse()
    with journal.writing(permissions.DISCARD, by=by, at=at, on=case) as w:
        return w.move(case, states.DISCARD)
