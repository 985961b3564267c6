"""How far a verified backup has come, and the gate that keeps receipts from slipping in below it."""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from dabiao.base import statements
from dabiao.field.models import Receipt, Watermark

GATE: Final = 0x6461_6269  # names the lock; shared by whoever writes receipts


def enter() -> None:
    """Whoever will write receipts says so first; several may at once. Ends with the transaction."""
    statements.coming(*_lock("pg_advisory_xact_lock_shared"))


def highest() -> int:
    """The last receipt, once every transaction that writes receipts has ended: none lower can still come.

    SQLite has one writer: there what is committed has no gap below it.
    """
    if connection.vendor == "sqlite":
        return _last()
    with transaction.atomic():
        statements.together(*_lock("pg_advisory_xact_lock"))
        return _last()


def _last() -> int:
    return Receipt.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def move(receipt: int, at: datetime) -> None:
    """A backup that holds everything up to this receipt was read back. Never moves down."""
    with transaction.atomic():
        row, _ = Watermark.objects.get_or_create(pk=1, defaults={"moved_at": at})
        Watermark.objects.filter(pk=row.pk, receipt__lt=receipt).update(receipt=receipt, moved_at=at)


def _lock(function: str) -> list[statements.Asked]:
    return [(f"SELECT {function}(%s)", [GATE])] if connection.vendor == "postgresql" else []
