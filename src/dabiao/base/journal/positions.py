"""Global positions of committed entries: one sequencer at a time; each chains the entry's digest."""

from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from dabiao.base import canonical
from dabiao.base.journal.appending import GENESIS
from dabiao.base.models import JournalPosition

BATCH = 5000  # entries a transaction; other writers wait well below a second
WINDOW = 10_000  # ids a slow transaction may lag behind; a whole pass finds slower ones

_WAITING = """SELECT e.id, e.digest, e.algorithm FROM base_journal_entry e
LEFT JOIN base_journal_position p ON p.entry_id = e.id
WHERE p.position IS NULL AND e.id > %s ORDER BY e.id LIMIT %s"""


def sequence(*, whole: bool = False) -> int:
    """Give positions to committed entries that have none; returns how many. `whole` looks at every entry.

    Entries of one row or chain get theirs in the order of their transactions: an entry can only be seen
    here when those it waited for can be seen too, and they have lower ids.
    """
    given = 0
    while batch := _sequence_batch(whole):
        given += batch
    return given


def following_head(head: str, position: int, digest: str, algorithm: str) -> str:
    """The head at `position`: it covers all positions up to this one."""
    return canonical.digest(f"{head}\n{position}\n{digest}", algorithm)


def last() -> tuple[int, str]:
    """Last position given and its head; (0, zeros) before the first."""
    found = JournalPosition.objects.order_by("-position").values_list("position", "head").first()
    return found or (0, GENESIS)


def _sequence_batch(whole: bool) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        position, head = last()
        made = []
        for entry, digest, algorithm in _waiting(cursor, whole):
            position += 1
            head = following_head(head, position, digest, algorithm)
            made.append(JournalPosition(position=position, entry_id=entry, head=head))
        JournalPosition.objects.bulk_create(made, batch_size=500)
    return len(made)


def _lock(cursor: CursorWrapper) -> None:
    """One sequencer at a time; SQLite's transactions are immediate and so already alone."""
    if connection.vendor == "postgresql":
        cursor.execute("LOCK TABLE base_journal_position IN EXCLUSIVE MODE")


def _waiting(cursor: CursorWrapper, whole: bool) -> list[tuple[Any, ...]]:
    cursor.execute("SELECT COALESCE(MAX(entry_id), 0) FROM base_journal_position")
    newest = cursor.fetchone()[0]
    cursor.execute(_WAITING, [0 if whole else newest - WINDOW, BATCH])
    return list(cursor.fetchall())
