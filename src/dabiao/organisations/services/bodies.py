"""Acts on bodies once they are there: renamed, or ended when nothing hangs on them any more."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import models, transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations import permissions
from dabiao.organisations.models import AreaDuty, Body, IndustryDuty, Recognition, Unit


def rename(*, body: Body, name: str, reason: str, by: Actor, at: datetime) -> Body:
    """From now on; what was written under the former name keeps it."""
    permissions.may_keep(by).or_refuse()
    said, note = name.strip(), _reasoned(reason)
    with transaction.atomic():
        row = _running(body, day_of(at))
        if not said or said == row.name:
            raise Invalid("请填写新的名称。", {"name": "请填写与现在不同的名称。"})
        same = Body.objects.filter(name=said, jurisdiction=row.jurisdiction_id).exclude(pk=row.pk)
        if same.filter(_lasting(day_of(at))).exists():
            raise Invalid("名称已有机构使用。", {"name": f"已有名为“{said}”的机构，请核对。"})
        with journal.writing(permissions.CHANGE_BODY, by=by, at=at, on=row, note=note) as w:
            return w.change(row, name=said)


def end(*, body: Body, until: date, reason: str, by: Actor, at: datetime) -> Body:
    """`until` is the first day no longer, today at the earliest."""
    permissions.may_keep(by).or_refuse()
    note = _reasoned(reason)
    if until < day_of(at):
        raise Invalid("请核对日期。", {"until": "不能早于今天：过去的事项按当时的机构。"})
    with transaction.atomic():
        row = _running(body, day_of(at))
        if hanging := list(_hanging(row, until)):
            words = f"还有{'、'.join(hanging)}，请先移交或者终止。"
            raise Invalid(words, {"until": words})
        with journal.writing(permissions.CHANGE_BODY, by=by, at=at, on=row, note=note) as w:
            return w.change(row, until=until)


def _reasoned(reason: str) -> dict[str, str]:
    if not reason.strip():
        raise Invalid("请写明理由。", {"reason": "请写明理由和依据。"})
    return {"reason": reason.strip()}


def _running(body: Body, day: date) -> Body:
    journal.hold(body)
    row = Body.objects.get(pk=body.pk)
    if row.until is not None:
        raise OutOfTurn(f"该机构已定于 {row.until:%Y-%m-%d} 终止。")
    return row


def _lasting(day: date) -> models.Q:
    return models.Q(until=None) | models.Q(until__gt=day)


def _hanging(body: Body, until: date) -> Iterator[str]:
    """What would be left without a body: units, lower bodies, duties, recognitions."""
    units = Unit.objects.filter(models.Q(locality=body) | models.Q(department=body)).count()
    lower = Body.objects.filter(_lasting(until), parent=body).count()
    areas = AreaDuty.objects.filter(_lasting(until), department=body).count()
    duties = IndustryDuty.objects.filter(_lasting(until), department=body).count() + areas
    recognised = Recognition.objects.filter(_lasting(until), body=body).count()
    told = ((units, "家企业"), (lower, "个下级机构"), (duties, "项归口"), (recognised, "项认定"))
    yield from (f" {number} {title}" for number, title in told if number)
