"""Who answers for an industry or a special area: assigned, ended, and units following it (uplift/7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from dabiao.base.journal import bulk
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations import permissions
from dabiao.organisations.data import reading
from dabiao.organisations.models import AreaDuty, Body, BodyKind, Industry, IndustryDuty, Unit
from dabiao.organisations.queries.ground import ground, running
from dabiao.organisations.rules.departments import Ground, answering
from dabiao.organisations.services import cards

ANSWERING: Final = frozenset({BodyKind.INDUSTRY, BodyKind.BUREAU})
Kind = TypeVar("Kind", IndustryDuty, AreaDuty)
COLUMNS: Final = ("department_id", "department_reason")


@dataclass(frozen=True, slots=True)
class Charge:
    """What a department is charged with. `nearest`: taken on by similar function, which needs its reason."""

    department: Body
    since: date
    nearest: bool = False
    reason: str = ""


def assign(*, industry: Industry, charge: Charge, by: Actor, at: datetime) -> IndustryDuty:
    """A department answers for an industry from a day on; its units follow by `realign`."""
    permissions.may_assign(by, charge.department).or_refuse()
    _check(charge)
    same = IndustryDuty.objects.filter(running(charge.since), industry=industry, department=charge.department)
    if same.exists():
        raise Invalid("已有归口。", {"department": f"{charge.department}已经负责{industry}，请核对。"})
    duty = IndustryDuty(
        industry=industry,
        department=charge.department,
        nearest=charge.nearest,
        reason=charge.reason.strip(),
        confirmed=True,
        since=charge.since,
    )
    with journal.writing(permissions.ASSIGN, by=by, at=at, on=charge.department) as w:
        return w.create(duty)


def assign_area(*, area: str, charge: Charge, by: Actor, at: datetime) -> AreaDuty:
    """A department answers for a special area, such as energy storage, besides each unit's own department."""
    permissions.may_assign(by, charge.department).or_refuse()
    _check(charge)
    if area not in {each.id for each in reading.areas()}:
        raise Invalid("没有这个特殊领域。", {"area": "请从列出的特殊领域中选择。"})
    same = AreaDuty.objects.filter(running(charge.since), area=area, department=charge.department)
    if same.exists():
        raise Invalid("已有归口。", {"department": f"{charge.department}已经负责该领域，请核对。"})
    duty = AreaDuty(
        area=area,
        department=charge.department,
        nearest=charge.nearest,
        reason=charge.reason.strip(),
        since=charge.since,
    )
    with journal.writing(permissions.ASSIGN, by=by, at=at, on=charge.department) as w:
        return w.create(duty)


def end_duty(
    *, duty: IndustryDuty | AreaDuty, until: date, by: Actor, at: datetime, reason: str = ""
) -> IndustryDuty | AreaDuty:
    """`until` is the first day no longer; units follow by `realign`."""
    permissions.may_assign(by, duty.department).or_refuse()
    if duty.until is not None:
        raise Invalid("该归口已经结束。")
    note = {"reason": reason.strip()} if reason.strip() else {}
    with journal.writing(permissions.ASSIGN, by=by, at=at, on=duty.department, note=note) as w:
        return w.change(duty, until=max(until, duty.since))


def realign(*, industries: frozenset[int], by: Actor, at: datetime, day: date) -> int:
    """Units of these industries get the department that answers for them today; how many changed.

    One bulk act; work already begun keeps the department stamped on it.
    """
    permissions.may_realign(by).or_refuse()
    changes = list(_changes(Unit.objects.filter(industry__in=industries), ground(day)))
    if changes:
        with bulk.begin(permissions.REALIGN, by=by, at=at, title="行业主管部门调整") as batch:
            batch.update(Unit, COLUMNS, changes)
            batch.publish(at=at)
        cards.renew_imported(change[0] for change in changes)
    return len(changes)


def _changes(units: Any, there: Ground) -> Iterator[tuple[int, int, str]]:
    known: dict[tuple[str, int], tuple[int, str]] = {}
    rows = units.values_list("pk", "industry__code", "jurisdiction_id", *COLUMNS).order_by("pk")
    for key, industry, jurisdiction, department, reason in rows.iterator(chunk_size=2000):
        if (industry, jurisdiction) not in known:
            found = answering(industry, jurisdiction, there)
            known[industry, jurisdiction] = (found.department, found.reason)
        if known[industry, jurisdiction] != (department, reason):
            yield (key, *known[industry, jurisdiction])


def _check(charge: Charge) -> None:
    if charge.department.kind not in ANSWERING:
        raise Invalid("不是主管部门。", {"department": "请选择行业主管部门或应急管理部门。"})
    if charge.nearest and not charge.reason.strip():
        raise Invalid("请写明理由。", {"reason": "按职能相近指定的，请写明相近在哪里。"})
