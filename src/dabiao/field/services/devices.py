"""Devices: enrolled by their user, wiped when their user or the security administrator says so."""

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.field import permissions
from dabiao.field.models import Device
from dabiao.field.queries import receipts
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Invalid

MOST_NAME: Final = 80
SECRET: Final = 32  # bytes


def enrol(*, uuid: str, name: str, by: Actor, at: datetime) -> str:
    """Enrol a store of one's own; the secret is told once and not kept. Asked again it gives another."""
    if len(name) > MOST_NAME:
        raise Invalid(f"设备名称最多 {MOST_NAME} 字。")
    with transaction.atomic():
        row = receipts.device(uuid)
        permissions.may_enrol(by, row).or_refuse()
        new = row or Device(uuid=uuid, enrolled_at=at)
        new.account_id = by.account or 0
        with journal.writing(permissions.ENROL, by=by, at=at, on=new) as w:
            if row is None:
                new.name = name
                w.create(new)
            else:
                w.change(row, name=name, enrolled_at=at, wipe_asked_at=None, wiped_at=None)
    return secrets.token_urlsafe(SECRET)


def ask_wipe(*, uuid: str, by: Actor, at: datetime) -> Device:
    """The device forgets its key at its next contact, once nothing in it is undelivered."""
    row = _device(uuid)
    permissions.may_wipe(by, row).or_refuse()
    with journal.writing(permissions.WIPE, by=by, at=at, on=row) as w:
        return w.change(row, wipe_asked_at=at, wipe_asked_by_id=by.account, wiped_at=None)


def report_wiped(*, uuid: str, by: Actor, at: datetime) -> Device:
    row = _device(uuid)
    permissions.owns(by, row).or_refuse()
    with journal.writing(permissions.WIPED, by=by, at=at, on=row) as w:
        return w.change(row, wiped_at=at)


def called(uuid: str) -> str:
    """What its user calls it; how its number begins where it was never enrolled."""
    row = receipts.device(uuid)
    return row.name if row is not None and row.name else uuid[:8]


def _device(uuid: str) -> Device:
    row = receipts.device(uuid)
    if row is None:
        raise Absent
    return row
