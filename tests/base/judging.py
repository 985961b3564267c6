"""The two judges of a journal, the quick look and the walk row by row, and what may have happened to it."""

import json
from contextlib import suppress
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models, transaction
from hypothesis import strategies as st

from base import tampering
from dabiao.base import canonical
from dabiao.base.journal import cells, checkpoints, soundness, verify
from dabiao.base.journal.findings import Findings
from dabiao.base.journal.snapshot import snapshot
from dabiao.base.models import JournalEntry

LOOKED_AT = ("base_journal_entry", "base_journal_position", "base_checkpoint")
AT = "2026-03-02 01:02:03.000000"
TEXTS = ("", "x", "0" * 64, "sheets_sheet:0", "sha256", "sm3", "5", " ", AT)
WILD = ("NULL", "0", "1", "-1", "9223372036854775807", "1.5", "x''", "x'00'", "x'ff'", "'T' || {c}")
ON_SQLITE = (
    "CAST({c} AS blob)",
    "CAST(x'ff' AS text)",
    "CAST(x'ff' || {c} AS text)",
    "{c} || char(0) || 'x'",
    "replace({c}, ' ', 'T')",
    "{c} || '.000000'",
)


def quickly() -> tuple[bool, bool]:
    """Whether entries and positions are sound, as the quick look sees it."""
    with snapshot(), cells.readable():
        return soundness.entries() is not None, soundness.positions(checkpoints.claims()) is not None


class Here:
    """Asked as a helper is, and answers as one does, without being another process."""

    def ask(self, asked: Any) -> None:
        self._asked = json.loads(json.dumps(asked))

    def answer(self) -> Any:
        return json.loads(json.dumps(soundness.look_at(self._asked)))


def in_shares(count: int = 3) -> tuple[bool, bool]:
    """The same, looked at in so many shares."""
    with snapshot(), cells.readable():
        helpers: list[Any] = [Here() for _ in range(count - 1)]
        found = soundness.look(checkpoints.claims(), helpers)
    return found.entries is not None, found.last is not None


def by_thread() -> bool:
    """Whether entries are sound, read by another thread."""
    with snapshot(), cells.readable():
        return soundness.entries([soundness.chains(threaded=True)]) is not None


def row_by_row() -> tuple[bool, bool]:
    entries, positions = Findings(), Findings()
    with snapshot(), cells.readable():
        verify._look_at_entries(entries)
        verify._look_at_positions(checkpoints.claims(), positions)
    return not entries.listed, not positions.listed


def change(rows: list[models.Model], data: st.DataObject) -> None:
    """What the database does not take, or cannot read any more, is no change."""
    row = data.draw(st.sampled_from([row for row in rows if row._meta.db_table in LOOKED_AT]))
    ways = [alter, alter, drop, *([forge, follow] if isinstance(row, JournalEntry) else [])]
    way = data.draw(st.sampled_from(ways))
    with (
        suppress(ObjectDoesNotExist, DatabaseError, LookupError, ValueError, TypeError, AttributeError),
        transaction.atomic(),
    ):
        way(row, data)


def alter(row: Any, data: st.DataObject) -> None:
    """Another value in one cell: gentle, wild, or that of another row."""
    cell = data.draw(st.sampled_from(tampering.cells_of(row)))
    name = connection.ops.quote_name(cell.column)
    others = [f"(SELECT max({name}) FROM {cell.table})", f"(SELECT min({name}) FROM {cell.table})"]
    wild = [
        one.replace("{c}", name) for one in (*WILD, *(ON_SQLITE if connection.vendor == "sqlite" else ()))
    ]
    texts = [f"'{text}'" for text in TEXTS]
    expression = data.draw(st.sampled_from([*tampering.expressions(cell.field), *wild, *texts, *others]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {cell.table} SET {name} = {expression} WHERE {cell.key_column} = %s", [cell.key]
        )


def drop(row: Any, data: st.DataObject) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", [row.pk])


def forge(row: Any, data: st.DataObject) -> None:
    """An entry changed, and its digest made to fit."""
    now = JournalEntry.objects.get(pk=row.pk)
    name = data.draw(st.sampled_from(("chain", "seq", "previous", "act", "body", "algorithm")))
    setattr(now, name, data.draw(st.integers(0, 9) if name == "seq" else st.sampled_from(TEXTS)))
    now.digest = canonical.digest(now.material(), "sha256")
    now.save()


def follow(row: Any, data: st.DataObject) -> None:
    """One more entry that fits or does not; not before others, see the test of ids against the order."""
    new = JournalEntry.objects.get(pk=row.pk)
    new.previous = data.draw(st.sampled_from((new.digest, new.previous, "0" * 64)))
    new.pk = JournalEntry.objects.latest("pk").pk + data.draw(st.integers(1, 4))
    new.seq = data.draw(st.integers(1, new.seq + 2))
    new.digest = new.reckon()
    new.save(force_insert=True)
