"""A mark is taken while a receipt with a lower number is still on its way: does it slip in below the mark?

    python tests/field/slipping.py

Runs against DABIAO_DATABASE_URL, which must be migrated. One delivery has its number and is not committed;
another with the next number is; then the mark is taken. Once more without the lock that makes the mark wait;
SQLite has one writer and needs none. Prints how many receipts slipped, with the lock and without.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from dabiao.base import clock  # noqa: E402
from dabiao.base.journal import entries as journal  # noqa: E402
from dabiao.field.models import Receipt  # noqa: E402
from dabiao.field.permissions import RECEIVE  # noqa: E402
from dabiao.field.services import watermark  # noqa: E402
from dabiao.kernel.actor import TIME  # noqa: E402
from world import build  # noqa: E402

SHORT, LONG = 2, 30  # seconds the slow one takes at most


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by it
    account = build().accounts["reviewer"].pk
    whole = slipped(account, SHORT)
    watermark._lock = lambda function: []
    long = LONG if connection.vendor == "postgresql" else SHORT
    sys.stdout.write(json.dumps({"whole": whole, "cut": slipped(account, long)}) + "\n")


def slipped(account: int, most: int) -> int:
    """How many receipts came to lie below the mark after it was taken; the slow one waits for it."""
    written, taken = Event(), Event()
    slow = Thread(target=lambda: _slowly(account, written, taken, most))
    slow.start()
    written.wait()
    with _entered():
        _receipt(account)
    mark = watermark.highest()
    then = Receipt.objects.filter(pk__lte=mark).count()
    taken.set()
    slow.join()
    return Receipt.objects.filter(pk__lte=mark).count() - then


def _slowly(account: int, written: Event, taken: Event, most: int) -> None:
    with _entered():
        _receipt(account)
        written.set()
        taken.wait(most)
    connection.close()


@contextmanager
def _entered() -> Iterator[None]:
    with transaction.atomic():
        watermark.enter()
        yield


def _receipt(account: int) -> None:
    now = clock.now()
    row = Receipt(uuid=str(uuid4()), device="", account_id=account, act="field.arrive@1", content="", turn=1)
    row.done_at, row.received_at, row.uncertainty, row.outcome, row.told = now, now, 0, "stored", {}
    with journal.writing(RECEIVE, by=TIME, at=now, on=row) as w:
        w.create(row)


if __name__ == "__main__":
    main()
