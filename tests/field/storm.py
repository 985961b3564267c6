"""One act list delivered by many at once, while a backup's mark is taken again and again.

    python tests/field/storm.py [--cut]

Runs against DABIAO_DATABASE_URL, which must be migrated: threads with connections of their own, through the
whole stack of the served product. `--cut` takes away the constraint on ids of receipts: there
is but a look before the insert then. Prints what came of it as JSON.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from dabiao.base import clock  # noqa: E402
from dabiao.base.journal import positions, replay, verify  # noqa: E402
from dabiao.field.models import Receipt  # noqa: E402
from dabiao.field.services import watermark  # noqa: E402
from dabiao.reviews.models import Meeting  # noqa: E402
from dabiao.sheets.models import Answer, Picture, Sheet, Signature  # noqa: E402
from field.device import Device  # noqa: E402
from reviews.placing import ATTENDANCE, OPENED, placed  # noqa: E402
from sheets import photographs  # noqa: E402
from world import build  # noqa: E402

DELIVERIES = 8 if "--cut" in sys.argv else 64  # without the constraint each of them is judged
OK, BUSY = 200, 503


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by it
    settings.DABIAO_SECOND_FACTOR = "optional"
    clock.now = lambda: OPENED + timedelta(hours=5)
    review = placed(build())
    review.planned()
    review.accepted()
    if "--cut" in sys.argv:
        _cut()
    pads = [_pad(review) for _ in range(DELIVERIES)]
    acts = listed(pads[0], f"review-{review.key}", review.account("principal"))
    own = [pad.act("field.arrive@1", f"review-{review.key}", {"remark": ""}) for pad in pads]
    start, over = Barrier(DELIVERIES + 1), Event()
    with ThreadPoolExecutor(DELIVERIES + 1) as threads:
        marks = threads.submit(_closed, lambda: marked(start, over))
        asked = [
            threads.submit(_closed, lambda pad=pad, mine=mine: together(start, pad, acts, mine))
            for pad, mine in zip(pads, own, strict=True)
        ]
        try:
            told = [each.result() for each in asked]
        finally:
            over.set()
    sys.stdout.write(json.dumps(look(told, marks.result())) + "\n")


def _cut() -> None:
    """The constraint alone; the index that finds them goes with it, and is not missed."""
    [once] = Receipt._meta.constraints
    Receipt._meta.constraints = []  # else SQLite, which makes the table anew, would make it with them
    with connection.schema_editor() as editor:
        editor.remove_constraint(Receipt, once)


def _pad(review: Any) -> Device:
    client, account = Client(HTTP_HOST="127.0.0.1"), review.account("reviewer")
    client.force_login(account, backend="dabiao.people.sign_in.Backend")
    return Device(client, account, OPENED, uuid="11111111-1111-4111-8111-111111111111")


def listed(pad: Device, visit: str, unit: Any) -> list[dict[str, Any]]:
    """A visit from its opening meeting to its closing: a sheet is opened, answers, an edit, one taken back
    and given again, pictures, both signatures over all of it.
    """
    begin = pad.act("reviews.begin@1", visit, {"attendance": ATTENDANCE, "summary": "通报评审安排"})
    lines = [each["item"]["key"] for each in foreseen(pad, visit, begin)["book"]["lines"]]
    arrive = pad.act("field.arrive@1", visit, {"remark": ""})
    answers = [pad.record(visit, line) for line in lines]
    edit = pad.record(visit, lines[0], based_on=answers[0]["id"])
    back = pad.act("sheets.retract_answer@1", visit, {"line": lines[1]}, based_on=1)
    picture = pad.send(photographs.signature(9))
    shown = [pad.attach(visit, line, picture) for line in lines]
    acts = [begin, arrive, *answers, edit, back, pad.record(visit, lines[1]), *shown]
    signed = pad.closing(foreseen(pad, visit, *acts), ("team", pad.account), ("unit", unit))
    given = {"attendance": ATTENDANCE, "summary": "通报结果", "closing": signed}
    return [*acts, pad.act("reviews.conclude@1", visit, given)]


def foreseen(pad: Device, visit: str, *acts: dict[str, Any]) -> dict[str, Any]:
    """What the packet will say once these are delivered: delivered, and undone."""
    with transaction.atomic():
        assert {each["outcome"] for each in pad.outcomes(*acts)} == {"stored"}
        packet = pad.packet(visit)
        transaction.set_rollback(True)
    return packet


def together(start: Barrier, pad: Device, acts: list[dict[str, Any]], own: dict[str, Any]) -> str:
    start.wait()
    return json.dumps([_insisted(pad, *acts), _insisted(pad, own)[0]["outcome"]])


def _insisted(pad: Device, *acts: dict[str, Any]) -> list[dict[str, Any]]:
    """As a device does: an answer that the server is busy is no answer."""
    while (answered := pad.delivered(*acts)).status_code == BUSY:
        sys.stderr.write("busy\n")
    assert answered.status_code == OK, answered.content.decode()
    outcomes: list[dict[str, Any]] = answered.json()["outcomes"]
    return outcomes


def marked(start: Barrier, over: Event) -> list[tuple[int, int]]:
    """Marks taken meanwhile, each with the number of receipts there were below it then."""
    found = []
    start.wait()
    while not over.is_set():
        mark = watermark.highest()
        found.append((mark, Receipt.objects.filter(pk__lte=mark).count()))
        over.wait(0.02)
    return found


def _closed(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connection.close()


def look(told: list[str], marks: list[tuple[int, int]]) -> dict[str, Any]:
    positions.sequence()
    outcomes = json.loads(told[0])[0]
    return {
        "answers": len(set(told)),
        "outcomes": [each["outcome"] for each in outcomes],
        "receipts": Receipt.objects.count() - DELIVERIES,
        "sheets": Sheet.objects.filter(occasion="onsite_review").count(),
        "meetings": Meeting.objects.count(),
        "closed": Sheet.objects.filter(occasion="onsite_review", state="closed").count(),
        "pictures": Picture.objects.filter(sheet__occasion="onsite_review").count(),
        "signatures": Signature.objects.filter(sheet__occasion="onsite_review").count(),
        "stands": Answer.objects.filter(sheet__occasion="onsite_review").count(),
        "slipped": sum(Receipt.objects.filter(pk__lte=mark).count() != count for mark, count in marks),
        "verify": verify.verify().plain()["status"],
        "replay": replay.compare().status.value,
    }


if __name__ == "__main__":
    main()
