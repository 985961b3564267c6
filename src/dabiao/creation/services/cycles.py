"""A cycle is opened by the unit's first act of creation, and closed when its certificate ends."""

from datetime import datetime

from django.db import transaction

from dabiao.base import serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models.cycles import Cycle
from dabiao.creation.permissions import cycles as permissions
from dabiao.creation.queries import cycles as queries
from dabiao.creation.states import cycles as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Unit


def current(*, unit: Unit, by: Actor, at: datetime) -> Cycle:
    """The unit's open cycle, opened now if there is none. Call inside the act that needs it."""
    with transaction.atomic():
        journal.hold(unit)
        found = queries.open_one(unit.pk)
        if found is not None:
            return found
        permissions.may_open(by, unit.pk).or_refuse()
        cycle = _opened(unit, at)
        with journal.writing(permissions.OPEN, by=by, at=at, on=cycle) as w:
            return w.create(cycle)


def _opened(unit: Unit, at: datetime) -> Cycle:
    year = day_of(at).year
    return Cycle(
        number=f"CZ{year}{serials.following(f'cycle:{year}'):05d}",
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        state=states.CycleState.OPEN,
        opened_at=at,
    )


def close(*, cycle: Cycle, why: str, by: Actor, at: datetime) -> Cycle:
    """End a cycle; the next act of creation opens another."""
    permissions.may_close(by).or_refuse()
    if not why.strip():
        raise Invalid("请写明结束创建周期的原因。", {"why": "请写明原因。"})
    with journal.writing(permissions.CLOSE, by=by, at=at, on=cycle) as w:
        return w.move(cycle, states.CLOSE, closed_at=at, closed_why=why)
