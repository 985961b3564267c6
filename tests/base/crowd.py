"""Several processes at once: writers on common and on crossing chains, deliverers, sequencers.

    python tests/base/crowd.py

Runs against DABIAO_DATABASE_URL, which must be migrated. Prints what came of it as JSON.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from dabiao.base import outbox  # noqa: E402
from dabiao.base.journal import entries as journal  # noqa: E402
from dabiao.base.journal import positions, replay, verify  # noqa: E402
from dabiao.base.models import Announcement, JournalEntry, PublicRecord  # noqa: E402
from dabiao.kernel.actor import Actor  # noqa: E402
from dabiao.kernel.acts import act  # noqa: E402

ACT = act("tests.crowd", "测试并发", "internal/tests")
BY = Actor(7, "示例经办人")
AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
PROCESSES, ACTS, NEWS = 4, 25, 20


@dataclass(frozen=True)
class Happened:
    number: str


def hear(payload: Mapping[str, Any], key: str) -> None:
    """Fails if it is ever delivered twice: numbers are unique."""
    heard = draft("heard", payload["number"])
    with journal.writing(ACT, by=BY, at=AT, on=heard) as work:
        work.create(heard)


REACTIONS = {"Happened": (hear,)}


def draft(kind: str, number: str) -> PublicRecord:
    return PublicRecord(kind=kind, number=number, since=date(2026, 1, 1), payload={})


def main() -> None:
    settings.DABIAO_REACTIONS = "base.crowd.REACTIONS"
    common = draft("common", "0")
    with journal.writing(ACT, by=BY, at=AT, on=common) as work:
        work.create(common)
    Announcement.objects.bulk_create(
        Announcement(name="Happened", payload={"number": str(number)}, made_at=AT) for number in range(NEWS)
    )
    in_processes(lambda number: write(number, common))
    in_processes(lambda number: outbox.deliver())
    in_processes(lambda number: positions.sequence())
    sys.stdout.write(json.dumps(look(common)) + "\n")


def in_processes(work: Callable[[int], object]) -> None:
    """The same work in several processes at once; all must end well."""
    connection.close()
    children = [fork(work, number) for number in range(PROCESSES)]
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    if failed:
        sys.exit(f"{len(failed)} of {PROCESSES} processes failed")


def fork(work: Callable[[int], object], number: int) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work(number)
        status = 0
    finally:
        connection.close()
        os._exit(status)


def write(number: int, common: PublicRecord) -> None:
    """Every second act hangs on the common row's chain; the others change it from a chain of their own."""
    own = draft("own", str(number))
    with journal.writing(ACT, by=BY, at=AT, on=own) as work:
        work.create(own)
    for count in range(ACTS):
        on = common if count % 2 else own
        with journal.writing(ACT, by=BY, at=AT, on=on) as work:
            work.change(common, payload={"by": number, "count": count})


def look(common: PublicRecord) -> dict[str, Any]:
    verified = verify.verify().plain()
    with transaction.atomic():
        waiting = Announcement.objects.filter(delivered_at=None).count()
    return {
        "entries": JournalEntry.objects.count(),
        "common": JournalEntry.objects.filter(chain=journal.chain_of(common)).count(),
        "heard": PublicRecord.objects.filter(kind="heard").count(),
        "waiting": waiting,
        "failed": Announcement.objects.exclude(error="").count(),
        "without_position": verified["without_position"],
        "verify": verified["status"],
        "replay": replay.compare().status.value,
    }


if __name__ == "__main__":
    main()
