"""The journal: one entry appended, the whole verified, next to the same bytes written and hashed bare."""

import hashlib
from collections.abc import Iterator
from functools import partial

from django.db import connection, transaction

from bench import clocking
from bench.bare import Bare
from bench.city import SHEET, City
from bench.rows import Aim, Row
from bench.saving import Pen
from dabiao.base.journal import entries, forks, material, shares, verify
from dabiao.base.journal.appending import append
from dabiao.base.journal.snapshot import snapshot, stream
from dabiao.base.models import JournalEntry
from dabiao.sheets.permissions import RECORD
from world import AT

CHAIN = "sheets_sheet:0"
ENTRIES, FEW, BATCH = 20_000, 200, 1000
READ = """SELECT id, chain, seq, previous, digest, algorithm, act, actor, received_at, body
FROM base_journal_entry ORDER BY chain, seq"""
HALF = Aim(ratio=2, words="≥ 0.5 × floor's speed")


def rows(city: City, times: int) -> Iterator[Row]:
    Pen(city.sheets[SHEET], city).serve()  # an entry to go by, whatever was measured before
    sample = JournalEntry.objects.filter(act=RECORD.id).latest("id").body
    changes = entries.canonical.loads(sample)["changes"]
    bare = Bare(city.floor, city.officer.account or 0, sample)
    timing, floor = clocking.by_turns(lambda: _append(city, changes), lambda: _enter(bare), times)
    yield Row("journal append, one entry", timing, floor)
    _grow(city, changes, FEW if city.quick else ENTRIES)
    yield from _verify(max(2, times // 40))


def _append(city: City, changes: list[dict[str, object]], many: int = 1) -> None:
    with transaction.atomic():
        for _ in range(many):
            append(RECORD, by=city.officer, at=AT, chain=CHAIN, changes=lambda: changes, note={"line": "1.1"})


def _enter(bare: Bare) -> None:
    bare.raw.begin()
    bare.enter(CHAIN)
    bare.raw.commit()


def _grow(city: City, changes: list[dict[str, object]], wanted: int) -> None:
    for _ in range(wanted // min(BATCH, wanted)):
        _append(city, changes, min(BATCH, wanted))


def _verify(times: int) -> Iterator[Row]:
    materials = _materials()
    size = sum(map(len, materials)) / 1e6
    title = f"journal verify, {len(materials)} entries, {size:.0f} MB, {_means()}"
    verifying = partial(verify.verify, processes=forks.available())  # as the command does
    timing, floor = clocking.by_turns(verifying, lambda: _hash(materials), times, warm=1)
    yield Row(f"{title}, next to hashing the bytes in memory", timing, floor, HALF)
    timing, floor = clocking.by_turns(verifying, _read_and_hash, times, warm=1)
    yield Row(f"{title}, next to reading the rows and hashing", timing, floor, HALF)
    assert verify.verify().status == "ok"


def _means() -> str:
    """What the command uses for a journal of this size."""
    processes = shares.worthwhile(forks.available())
    reading = processes == 1 < forks.available() and connection.vendor == "sqlite"
    return f"processes: {processes}{', read by a thread' if reading else ''}"


def _materials() -> list[bytes]:
    with snapshot():
        found = [row[-1] for rows in stream(material.entries()) for row in rows]
    return [text if isinstance(text, bytes) else text.encode() for text in found]


def _hash(materials: list[bytes]) -> None:
    for each in materials:
        hashlib.sha256(each).hexdigest()


def _read_and_hash() -> None:
    """The plain rows through the driver, joined and hashed."""
    with connection.cursor() as cursor:
        driver = cursor.connection.cursor()
        driver.execute(READ)
        for row in driver.fetchall():
            hashlib.sha256("\n".join(map(str, row)).encode()).hexdigest()
