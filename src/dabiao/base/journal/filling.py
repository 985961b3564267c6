"""One block of a bulk act's rows: spelled for journal and database, kept in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from dabiao.base import clock
from dabiao.base.journal import columns, loading, packing
from dabiao.base.journal.columns import Cells, Field
from dabiao.base.journal.packing import CHANGE, CREATE, Chunk
from dabiao.base.models import Batch, BatchChunk
from dabiao.kernel.errors import Conflict, OutOfTurn

MOST_CHUNKS = 1_000_000  # chunks a batch, see BatchChunk

Model = type[models.Model]


def hidden(model: Model) -> bool:
    """Whether rows of this model know their batch, so that they can be left out until it is published."""
    return any(_is_marker(field) for field in model._meta.concrete_fields)


def create(batch: Batch, model: Model, names: Sequence[str] | None, block: list[Any]) -> Sequence[int]:
    """Write rows under new keys; what takes time is done before the transaction."""
    given = _given(model, names, block)
    keys = given.pop(model._meta.pk.attname, None) or loading.reserve(model, len(block))
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    both = [_cells(field, given, batch, len(block)) for field in fields]
    names_there = tuple(str(field.column) for field in fields)
    lines = packing.lines(zip(keys, *(plain for plain, _ in both), strict=True))
    chunk = Chunk(model._meta.db_table, CREATE, names_there, lines)
    with _keeping(batch, chunk, keys):
        kept = zip(keys, *(cells for _, cells in both), strict=True)
        loading.insert(chunk.target, (str(model._meta.pk.column), *names_there), kept)
    if names is None:
        _stamp(block, keys, batch)
    return keys


def change(batch: Batch, model: Model, names: Sequence[str], block: list[Sequence[Any]]) -> None:
    """Put down changes of existing rows, after trying that the database would take them."""
    fields = _changeable(model, names)
    block = sorted(block, key=lambda row: int(row[0]))
    keys, *values = zip(*block, strict=True)
    both = [columns.spelled(field, cells) for field, cells in zip(fields, values, strict=True)]
    names_there = tuple(str(field.column) for field in fields)
    lines = packing.lines(zip(keys, *(plain for plain, _ in both), strict=True))
    with _keeping(batch, Chunk(model._meta.db_table, CHANGE, names_there, lines, counter(model)), keys):
        _rehearse(model, names_there, list(zip(keys, *(cells for _, cells in both), strict=True)))


def make(model: Model, chunk: Chunk) -> int:
    """Make the changes put down in a chunk; how many rows were there."""
    keys, *values = zip(*chunk.rows(), strict=True)
    fields = columns.fields_of(model, chunk.columns)
    kept = [columns.stored(field, cells) for field, cells in zip(fields, values, strict=True)]
    return _update(model, chunk.columns, list(zip(keys, *kept, strict=True)))


def counter(model: Model) -> str:
    """The column that counts a row's changes, where it has one."""
    return "version" if any(field.name == "version" for field in model._meta.concrete_fields) else ""


def _given(model: Model, names: Sequence[str] | None, block: list[Any]) -> dict[str, Cells]:
    """attname -> its values."""
    if names is None:
        return _of_instances(model, block)
    fields = columns.fields_of(model, names)
    return dict(zip((field.attname for field in fields), zip(*block, strict=True), strict=True))


def _of_instances(model: Model, block: list[Any]) -> dict[str, Cells]:
    own = block[0].pk is not None
    fields = [field for field in model._meta.concrete_fields if own or not field.primary_key]
    names = [field.attname for field in fields if not _is_marker(field)]
    return {name: [attrgetter(name)(row) for row in block] for name in names}


def _cells(field: Field, given: Mapping[str, Cells], batch: Batch, count: int) -> tuple[Cells, Cells]:
    if _is_marker(field):
        return [batch.pk] * count, [batch.pk] * count
    if field.attname in given:
        return columns.spelled(field, given[field.attname])
    return columns.default(field, count)


def _is_marker(field: Field) -> bool:
    return field.name == "batch" and field.related_model is Batch


@contextmanager
def _keeping(batch: Batch, chunk: Chunk, keys: Sequence[int]) -> Iterator[None]:
    """Chunk and rows together or not at all; the batch is held, so nobody ends it meanwhile."""
    packed = chunk.pack()
    root = packing.root(chunk.leaves(batch.algorithm), packed, batch.algorithm).hex()
    with transaction.atomic():
        _touch(batch)
        number = (BatchChunk.objects.filter(batch=batch).aggregate(last=Max("number"))["last"] or 0) + 1
        BatchChunk.objects.create(
            id=batch.pk * MOST_CHUNKS + number,
            batch=batch,
            number=number,
            target=chunk.target,
            how=chunk.how,
            rows=len(keys),
            first=min(keys),
            last=max(keys),
            root=root,
            packed=packed,
        )
        yield


def _touch(batch: Batch) -> None:
    """Say that somebody is still at work."""
    batch.touched_at = clock.now()
    if not Batch.objects.filter(pk=batch.pk, entry=None).update(touched_at=batch.touched_at):
        raise OutOfTurn("这一批办理已经结束或被撤销，请重新开始。")


def _changeable(model: Model, names: Sequence[str]) -> list[Field]:
    """What could fail after publication, or be unreadable in the journal, is no matter for a bulk act."""
    fields = columns.fields_of(model, names)
    bound = {name for one in model._meta.total_unique_constraints for name in one.fields}
    for field in fields:
        if field.unique or field.name in bound or field.name in getattr(model, "journal_secret", ()):
            raise ValueError(f"{field} is unique or secret: change it row by row")
    return fields


def _rehearse(model: Model, names: Sequence[str], rows: list[Sequence[Any]]) -> None:
    with transaction.atomic():
        if _update(model, names, rows) != len(rows):
            raise Conflict("要更新的内容中有的已不存在，请重新核对后再试。", theirs={})
        transaction.set_rollback(True)


def _update(model: Model, names: Sequence[str], rows: list[Sequence[Any]]) -> int:
    return loading.update(model._meta.db_table, str(model._meta.pk.column), names, rows, counter(model))


def _stamp(block: list[Any], keys: Sequence[int], batch: Batch) -> None:
    for row, key in zip(block, keys, strict=True):
        row.pk = key
        row._state.adding = False
        if hidden(type(row)):
            row.batch = batch
