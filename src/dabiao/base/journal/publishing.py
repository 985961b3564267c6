"""A bulk act becomes fact: its entry with the root over all rows, and then the updates that were put down."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from dabiao.base import canonical
from dabiao.base.journal import entries, filling, packing
from dabiao.base.journal.entries import Writing
from dabiao.base.journal.packing import CHANGE, CREATE, Chunk
from dabiao.base.models import Batch, BatchChunk, JournalEntry
from dabiao.base.permissions import SETTLE
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Conflict, OutOfTurn

AT_ONCE = 1  # chunks of updates made in the publishing transaction itself


def claim(batch: Batch, at: datetime) -> dict[str, Any]:
    """What the entry says about the rows; few updates are made at once. The batch is held by the caller."""
    batch.refresh_from_db()
    if batch.entry_id is not None:
        raise OutOfTurn("这一批已经办理完毕。")
    changes = list(_changes(batch).values_list("number", flat=True))
    made = changes if len(changes) <= AT_ONCE else []
    for number in made:
        _make(batch, number)
    _refuse_stale(batch)
    batch.waiting, batch.touched_at = len(changes) - len(made), at
    return {**_plain(batch), **_totals(batch), "made": made}


def seal(batch: Batch, work: Writing) -> None:
    """From here on the rows can be seen, and the batch can be neither changed nor undone."""
    batch.entry = work.entry
    batch.save(update_fields=["entry", "waiting", "touched_at"])


def settle(batch: Batch, at: datetime) -> int:
    """Make the updates still waiting, each chunk in a transaction and with an entry of its own; how many."""
    count = 0
    while _settle_one(batch, at):
        count += 1
    return count


def unsettled() -> Iterator[Batch]:
    """Published batches some of whose updates were never made: their process died."""
    yield from Batch.objects.filter(entry__isnull=False, waiting__gt=0)


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def _settle_one(batch: Batch, at: datetime) -> bool:
    with transaction.atomic():
        entries.hold(batch)
        batch.refresh_from_db()
        if not batch.waiting:
            return False
        number = _changes(batch).order_by("-number").values_list("number", flat=True)[batch.waiting - 1]
        with entries.writing(SETTLE, by=TIME, at=at, on=batch, held=True) as work:
            _make(batch, number)
            work.bulk = {"batch": batch.pk, "made": [number]}
        Batch.objects.filter(pk=batch.pk).update(waiting=batch.waiting - 1)
    return True


def _make(batch: Batch, number: int) -> None:
    row = BatchChunk.objects.get(batch=batch, number=number)
    filling.make(model_of(row.target), Chunk.unpack(bytes(row.packed)))


def _changes(batch: Batch) -> models.QuerySet[BatchChunk]:
    return BatchChunk.objects.filter(batch=batch, how=CHANGE).order_by("number")


def _plain(batch: Batch) -> dict[str, Any]:
    begun = canonical.moment(batch.begun_at)
    named = {name: getattr(batch, name) for name in ("title", "source", "algorithm", "after")}
    return {"batch": batch.pk, "begun": begun, **named}


def _totals(batch: Batch) -> dict[str, Any]:
    chunks = BatchChunk.objects.filter(batch=batch).order_by("number").values_list("how", "rows", "root")
    there = list(chunks)
    rows = {how: sum(count for kind, count, _ in there if kind == how) for how in (CREATE, CHANGE)}
    root = packing.whole([digest for *_, digest in there], batch.algorithm)
    return {"chunks": len(there), "rows": rows, "root": root}


def _refuse_stale(batch: Batch) -> None:
    """Whoever changed one of the rows since the batch was checked wins; the batch must be checked again.

    Rows changed at once are held by now; of those changed later the last change wins, by order of entries.
    """
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for target, first, last, number in _changes(batch).values_list("target", "first", "last", "number"):
        spans.setdefault(target, []).append((first, last, number))
    for body in _since(batch):
        for change in canonical.loads(body)["changes"]:
            if _hit(batch, spans.get(change["table"], ()), change["key"]):
                raise Conflict("核对之后有人改动了其中的内容，请重新核对后再办理。", theirs=change["values"])
    if _overlapping(batch, spans):
        raise Conflict("核对之后另有一批办理改动了同类内容，请重新核对后再办理。", theirs={})


def _since(batch: Batch) -> Iterator[str]:
    yield from JournalEntry.objects.filter(id__gt=batch.after).values_list("body", flat=True).iterator()


def _hit(batch: Batch, spans: Any, key: Any) -> bool:
    near = [number for first, last, number in spans if isinstance(key, int) and first <= key <= last]
    return any(key in set(_keys(batch, number)) for number in near)


def _keys(batch: Batch, number: int) -> list[int]:
    return Chunk.unpack(bytes(BatchChunk.objects.get(batch=batch, number=number).packed)).keys()


def _overlapping(batch: Batch, spans: dict[str, list[tuple[int, int, int]]]) -> bool:
    others = BatchChunk.objects.filter(batch__entry__gt=batch.after, how=CHANGE, target__in=spans)
    return any(
        first <= last_there and last >= first_there
        for target, first_there, last_there in others.values_list("target", "first", "last")
        for first, last, _ in spans[target]
    )
