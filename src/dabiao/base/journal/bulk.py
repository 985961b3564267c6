"""The bulk act 整批办理: many rows, one chain, one entry with a Merkle root over them.

    with bulk.begin(IMPORT, by=actor, at=at, source=digest, title="units.xlsx") as batch:
        keys = batch.create(Unit, ("name", "uscc", "jurisdiction_id"), tuples)
        batch.update(Unit, ("name", "address"), [(key, name, address), ...])
        with batch.publishing(at=at) as work:
            work.create(record)

Everything is checked before `begin`. Rows are written some thousand a transaction and seen by nobody until
`publishing` ends; leaving the `with` by an exception undoes them. See base/README.md and docs/decisions/0004.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Sum

from dabiao.base import clock
from dabiao.base.journal import entries, filling, publishing, undoing
from dabiao.base.journal.entries import Writing
from dabiao.base.journal.heavy import heavy
from dabiao.base.journal.packing import CREATE, Chunk
from dabiao.base.models import Batch as BatchRow
from dabiao.base.models import BatchChunk, JournalEntry
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import Act

ROWS = 5000  # a transaction; other writers wait about a tenth of a second for it

Model = type[models.Model]
Rows = Iterable[Any]


def begin(
    act: Act, *, by: Actor, at: datetime, source: str = "", title: str = "", early: str = ""
) -> "Batch":
    """A new batch. `source` is the digest of the file the rows come from.

    `early` says why nobody minds that rows of models without a `batch` column are seen while it is written.
    """
    newest = JournalEntry.objects.aggregate(newest=Max("id"))["newest"] or 0
    row = BatchRow.objects.create(
        act=act.id,
        title=title,
        source=source,
        algorithm=settings.DABIAO_JOURNAL_ALGORITHM,
        after=newest,
        begun_at=at,
        touched_at=clock.now(),
    )
    return Batch(row, act, by, early)


def resume(key: int, act: Act, *, by: Actor, early: str = "") -> "Batch":
    """Take up a batch that is still unpublished; `written` says how far it got."""
    return Batch(BatchRow.objects.get(pk=key, entry=None, act=act.id), act, by, early)


@dataclass(slots=True)
class Batch:
    """One bulk act in the making."""

    row: BatchRow
    act: Act
    by: Actor
    early: str = ""

    @property
    def key(self) -> int:
        return self.row.pk

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self.row.entry_id is None:
            self.undo()

    def create(self, model: Model, names: Sequence[str] | None, rows: Rows) -> "array[int]":
        """Write rows in chunks; gives their keys. Tuples as `names` say, or instances without names."""
        if not self.early and not filling.hidden(model):
            raise ValueError(f"{model._meta.label} has no batch column: its rows would be seen too early")
        keys = array("q")
        with heavy():
            for block in _blocks(rows):
                keys.extend(filling.create(self.row, model, names, block))
        return keys

    def update(self, model: Model, names: Sequence[str], rows: Rows) -> int:
        """Put down changes `(key, value, …)`, to be made when the batch is published. How many rows."""
        count = 0
        for block in _blocks(rows):
            count += len(block)
            filling.change(self.row, model, names, block)
        return count

    def written(self, model: Model, how: str = CREATE) -> int:
        """Rows of this model already in this batch."""
        chunks = BatchChunk.objects.filter(batch=self.row, target=model._meta.db_table, how=how)
        return chunks.aggregate(rows=Sum("rows"))["rows"] or 0

    def keys(self, model: Model) -> Iterator[int]:
        """Keys of the rows created, in the order they were given."""
        return keys(self.key, model)

    @contextmanager
    def publishing(self, *, at: datetime, note: dict[str, Any] | None = None) -> Iterator[Writing]:
        """The act's one entry. Changes made inside join it; when it ends everybody sees the rows."""
        with transaction.atomic():
            with entries.writing(self.act, by=self.by, at=at, on=self.row, note=note) as work:
                yield work
                work.bulk = publishing.claim(self.row, at)
            publishing.seal(self.row, work)
        publishing.settle(self.row, at)

    def publish(self, *, at: datetime, note: dict[str, Any] | None = None) -> None:
        """The entry without changes of its own."""
        with self.publishing(at=at, note=note):
            pass

    def undo(self) -> None:
        """Take back everything written; possible until it is published."""
        undoing.undo(self.row)


def keys(batch: int, model: Model) -> Iterator[int]:
    """Keys of the rows a batch created in a table, in the order they were given; memory stays small."""
    chunks = BatchChunk.objects.filter(batch=batch, target=model._meta.db_table, how=CREATE)
    for packed in chunks.order_by("number").values_list("packed", flat=True).iterator(chunk_size=8):
        yield from Chunk.unpack(bytes(packed)).keys()


def _blocks(rows: Rows) -> Iterator[list[Any]]:
    coming = iter(rows)
    while block := list(islice(coming, ROWS)):
        yield block
