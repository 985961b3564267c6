"""Rows of bulk acts in a replay: created when the act was published, changed when the change was made."""

from collections.abc import Iterator
from typing import Any

from dabiao.base import canonical
from dabiao.base.journal import chunks
from dabiao.base.journal.chunks import Stored
from dabiao.base.journal.findings import Broken
from dabiao.base.journal.folding import Folded
from dabiao.base.journal.packing import CHANGE, CREATE
from dabiao.base.journal.snapshot import stream

_UNPUBLISHED = "SELECT id FROM base_batch WHERE entry_id IS NULL ORDER BY id"


def take(folded: Folded, entry: int, body: str) -> Iterator[Broken]:
    """Apply what an entry says of a bulk act's rows."""
    bulk = _bulk(body)
    if bulk is None:
        return
    for stored in chunks.of_batch(bulk["batch"]):
        created = "root" in bulk and stored.how == CREATE
        if created or (stored.how == CHANGE and stored.number in bulk["made"]):
            yield from _apply(folded, entry, stored)


def take_unpublished(folded: Folded) -> Iterator[Broken]:
    """Rows already written by acts not finished yet: unseen, but as they were written all the same."""
    batches = [key for rows in stream(_UNPUBLISHED) for (key,) in rows]
    for stored in (one for key in batches for one in chunks.of_batch(key)):
        if stored.how == CREATE:
            yield from _apply(folded, 0, stored)


def _bulk(body: str) -> dict[str, Any] | None:
    try:
        bulk = canonical.loads(body)["bulk"]
        return {**bulk, "batch": int(bulk["batch"]), "made": set(bulk["made"])}
    except chunks.UNREADABLE:
        return None


def _apply(folded: Folded, entry: int, stored: Stored) -> Iterator[Broken]:
    chunk = stored.open()
    try:
        if chunk is None:
            yield _broken(stored, "整批办理的行块无法读取", entry)
        elif chunk.how == CHANGE:
            folded.change_all(entry, chunk)
        elif not folded.create_all(entry, chunk):
            yield _broken(stored, "重复新建同一行", entry)
    except chunks.UNREADABLE:
        yield _broken(stored, "整批办理的行块内容不成行", entry)


def _broken(stored: Stored, what: str, entry: int) -> Broken:
    return Broken(f"base_batch_chunk:{stored.id}", what, entry or None, "base_batch_chunk", stored.id)
