"""Bulk acts nobody finished: taken back, chunk by chunk, as if they had never begun."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from dabiao.base.journal import entries, loading, publishing
from dabiao.base.journal.packing import CREATE, Chunk
from dabiao.base.models import Batch, BatchChunk
from dabiao.kernel.errors import OutOfTurn

QUIET = timedelta(minutes=10)  # a chunk takes a second; after this its process is taken for dead


def abandoned(now: datetime) -> Iterator[Batch]:
    """Unpublished batches nobody has worked at for a while."""
    yield from Batch.objects.filter(entry=None, touched_at__lt=now - QUIET)


def undo(batch: Batch) -> None:
    """Newest first, since they may refer to older ones; a short transaction each, any can be the last."""
    while _undo_chunk(batch):
        pass
    Batch.objects.filter(pk=batch.pk, entry=None).delete()


def _undo_chunk(batch: Batch) -> bool:
    with transaction.atomic():
        entries.hold(batch)
        if Batch.objects.filter(pk=batch.pk, entry__isnull=False).exists():
            raise OutOfTurn("这一批已经生效，不能撤销。")
        newest = BatchChunk.objects.filter(batch=batch).order_by("-number").first()
        if newest is None:
            return False
        if newest.how == CREATE:
            model = publishing.model_of(newest.target)
            keys = Chunk.unpack(bytes(newest.packed)).keys()
            loading.delete(newest.target, str(model._meta.pk.column), keys)
        newest.delete()
    return True


def mend(now: datetime) -> int:
    """Finish published batches whose updates wait, undo those abandoned before; how many batches."""
    unsettled = [batch for batch in publishing.unsettled() if batch.touched_at < now]
    for batch in unsettled:
        publishing.settle(batch, now)
    dead = list(abandoned(now))
    for batch in dead:
        undo(batch)
    return len(unsettled) + len(dead)
