"""The field page's server: a visit delivered whole, the packet that went out before it, what a device loads.

A review of a few hundred items with both sides' signatures, in one request; the bytes of pictures and of
signatures were sent before. All of it is undone.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.test import Client

from bench import clocking
from bench.bare import DEDUCTIONS, MOMENT, WORDS, Bare
from bench.city import City
from bench.rows import Aim, Row, Timing
from bench.visitor import TOKEN, Called, within_a_transaction
from dabiao.base.models import JournalEntry
from dabiao.field import shell
from editions import published
from field.device import CONFORMS, Device, deducted
from reviews import placing
from reviews.placing import ATTENDANCE, OPENED, Placed
from sheets import filling, photographs

ITEMS, LARGE = 250, 345
DELIVERED = Aim(ms=20)
PACKET = Aim(size=60_000)
PAGE = Aim(size=150_000)
RECEIPT = """uuid, device, account_id, act, visit, content, turn, done_at, uncertainty, received_at, outcome,
told"""
ANSWER = """sheet_id, line, verdict, deductions, words, reason, copied, recorded_by_id, done_at, received_at,
version"""
SIGNATURE = """INSERT INTO sheets_signature
(sheet_id, side, account_id, name, digest, covered, signed_at, remark)
VALUES (%s, %s, %s, '', '', %s, %s, '')"""
CLOSE = "UPDATE sheets_sheet SET state = 'closed', covered = %s WHERE id = %s"
KNOWN = "SELECT * FROM field_receipt WHERE uuid IN ({})"


def rows(city: City, times: int) -> Iterator[Row]:
    with undone():
        yield delivered(city, times)
    with undone():
        yield packet(city, times)
    yield loaded(city)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unheard() -> Iterator[None]:
    """Undone to here without the driver hearing of it: on PostgreSQL it forgets all prepared statements with
    every ROLLBACK, which costs the next request some milliseconds; what is delivered in service is kept."""
    with transaction.atomic():
        [*_, point] = connection.savepoint_ids
        yield
        if connection.vendor == "postgresql":
            back = f"ROLLBACK TO SAVEPOINT {connection.ops.quote_name(point)}".encode()
            assert connection.connection.pgconn.exec_(back).command_status == b"ROLLBACK"
        else:
            transaction.set_rollback(True)


@dataclass(slots=True)
class Visit:
    """A review on the spot, and the device of its leader."""

    placed: Placed
    pad: Device = field(init=False)

    def __post_init__(self) -> None:
        client, account = Client(SERVER_NAME="127.0.0.1"), self.placed.account("reviewer")
        client.force_login(account, backend="dabiao.people.sign_in.Backend")
        client.cookies["csrftoken"] = TOKEN
        self.pad = Device(client, account, OPENED)

    @property
    def key(self) -> str:
        return f"review-{self.placed.key}"

    def answers(self) -> list[dict[str, Any]]:
        """One for every line; every fifth takes points off."""
        lines = self.pad.packet(self.key)["book"]["lines"]
        fifth = [n % 5 == 0 and bool(each["item"].get("rules")) for n, each in enumerate(lines)]
        given = [deducted("1") if takes else CONFORMS for takes in fifth]
        return [
            self.pad.record(self.key, each["item"]["key"], said)
            for each, said in zip(lines, given, strict=True)
        ]

    def pictured(self) -> None:
        """A picture for every element, which no sheet is closed without."""
        picture, lines = self.pad.send(photographs.jpeg()), self.pad.packet(self.key)["book"]["lines"]
        first = {each["item"].get("element") or each["item"]["key"]: each["item"]["key"] for each in lines}
        self.pad.outcomes(*(self.pad.attach(self.key, line, picture) for line in first.values()))

    def signed(self, answers: list[dict[str, Any]]) -> dict[str, Any]:
        """The closing act over what stands once the answers are in; they are taken back again."""
        with undone():
            self.pad.outcomes(*answers)
            signers = ("team", self.pad.account), ("unit", self.placed.account("principal"))
            closing = self.pad.closing(self.pad.packet(self.key), *signers)
        for number in range(len(signers)):
            self.pad.send(photographs.signature(number))
        given = {"attendance": ATTENDANCE, "summary": "通报结果", "closing": closing}
        return self.pad.act("reviews.conclude@1", self.key, given)


def visited(city: City, items: int, number: str) -> Visit:
    book = filling.book(items)
    return Visit(placing.began(placing.placed(city.world, published(city.world, book, number))))


def delivered(city: City, times: int) -> Row:
    visit = visited(city, ITEMS, "SL/T 2")
    visit.pictured()
    answers = visit.answers()
    acts = [*answers, visit.signed(answers)]
    frame = {"dabiao": "field/1", "device": visit.pad.uuid, "account": visit.pad.account.pk, "acts": acts}
    body = json.dumps(frame)
    floor = Floor(city, [each["id"] for each in acts], entries(visit, body))
    product = partial(deliver, Called(visit.pad.client), body.encode(), len(acts))
    with within_a_transaction():
        timing, bare = clocking.by_turns(product, floor.deliver, times)
    note = (
        "undone each time: without the sync and the look at foreign keys of a commit on either side, though "
        "statements stay prepared as after one; called as a server calls it, without the test client"
    )
    return Row(f"deliver a visit, {ITEMS} items, two signatures", timing, bare, DELIVERED, note=note)


def deliver(called: Called, body: bytes, count: int) -> None:
    with unheard():
        answered = called.send("/field/acts", body)
    assert answered.count(b'"outcome":"stored"') == count, answered[:300]


def entries(visit: Visit, body: str) -> list[str]:
    """What the journal says of it: so many bytes are hashed and written bare, too."""
    with undone():
        last = JournalEntry.objects.latest("id").pk
        visit.pad.client.post("/field/acts", body, "application/json")
        return list(JournalEntry.objects.filter(pk__gt=last).order_by("id").values_list("body", flat=True))


@dataclass(slots=True)
class Floor:
    city: City
    ids: list[str]
    bodies: list[str]

    def deliver(self) -> None:
        """The same rows by hand, each table's at once, the way the product puts them in: known ids asked,
        answers, receipts, entries, the sheet closed and signed."""
        raw, account = self.city.floor, self.city.officer.account or 0
        sheet, bare = self.city.sheets[LARGE].pk, Bare(raw, account, "")
        digest, told = (
            "0" * 71,
            json.dumps({"digest": "0" * 71, "version": 1, "by": "示例", "done_at": MOMENT}),
        )
        raw.begin()
        raw.all(KNOWN.format(", ".join(["%s"] * len(self.ids))), *self.ids)
        said = ("conforms", DEDUCTIONS, WORDS, "", False, account, MOMENT, MOMENT, 1)
        raw.fill("sheets_answer", ANSWER, [(sheet, f"b{n}", *said) for n in range(len(self.ids) - 1)])
        came, kept = ("", account, "bench@1", "", digest, 1, MOMENT, 0, MOMENT), ("stored", told)
        raw.fill("field_receipt", RECEIPT, [(each, *came, *kept) for each in self.ids])
        raw.run(CLOSE, "[]", sheet)
        for side in ("team", "unit"):
            raw.run(SIGNATURE, sheet, side, account, "[]", MOMENT)
        bare.enter_all(f"sheets_sheet:{sheet}", self.bodies)
        raw.undo()


def packet(city: City, times: int) -> Row:
    visit = visited(city, LARGE, "SL/T 3")
    visit.pad.outcomes(*visit.answers()[:300])
    asked = partial(visit.pad.get, f"visits/{visit.key}/packet", Accept_Encoding="gzip")
    timing = clocking.by_turns(asked, lambda: None, times)[0]
    return Row(f"packet of {LARGE} items, 300 answered", timing, aim=PACKET, size=len(asked().content))


def loaded(city: City) -> Row:
    """All a device fetches before it can start without a signal, compressed as it is sent."""
    files = [shell.page(), shell.manifest(), shell.worker(), *map(shell.content, shell.FILES)]
    size = sum(len(gzip.compress(each)) for each in files)
    taken = clocking.once(shell.page)
    return Row(f"first load of the field page, {len(files)} files", Timing(taken, taken), aim=PAGE, size=size)
