"""What no column of the journal holds until somebody changes the table itself: the quick look finds it too.

And what may be there, but is not what blocks of joined columns are made for.
"""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flushing
from base import tampering, tiny
from base.judging import by_thread, in_shares, quickly, row_by_row
from dabiao.base.journal import ahead, blocks, cells, chains, joined, material, soundness, uniform, verify
from dabiao.base.journal.findings import Status
from dabiao.base.journal.snapshot import snapshot, stream
from dabiao.base.models import Checkpoint, JournalEntry, JournalPosition

pytestmark = pytest.mark.django_db
QUIETLY = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
NAMES = ("chain", "seq", "previous", "algorithm", "act", "actor", "received_at", "body", "digest")
LONG = ("chain", "act", "body")  # texts with room for more
ALIKE, MOST = 9, 2**63 - 1
KINDS = ("blob", "text", "real", "integer")


@pytest.fixture
def rows(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Entries that are all alike among others, in blocks of two; their table takes anything, NULL too."""
    settings.DABIAO_DATA = tmp_path
    monkeypatch.setattr(joined, "SPAN", 2)
    statements = flushing.lift()
    tiny.some_history()
    tiny.write_alike(ALIKE)
    with connection.cursor() as cursor:
        for statement in _loosened():
            cursor.execute(statement)
        yield list(JournalEntry.objects.order_by("pk"))
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE temp.base_journal_entry")
    flushing.restore(statements)


def _loosened() -> list[str]:
    """SQLite: a table that hides the real one, whose columns are of no type."""
    if connection.vendor == "postgresql":
        table = "ALTER TABLE base_journal_entry ALTER COLUMN {} DROP NOT NULL"
        return ["SET CONSTRAINTS ALL IMMEDIATE", *map(table.format, NAMES)]
    columns = ", ".join(NAMES)
    return [
        f"CREATE TEMP TABLE base_journal_entry (id INTEGER PRIMARY KEY, {columns})",
        f"INSERT INTO temp.base_journal_entry (id, {columns})"
        f" SELECT id, {columns} FROM main.base_journal_entry",
    ]


def put(key: int, name: str, expression: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE base_journal_entry SET {name} = {expression} WHERE id = %s", [key])


def odd(name: str) -> list[str]:
    """SQL for what may be put into this column."""
    if connection.vendor == "postgresql":
        texts = ["''", f"{name} || chr(10) || left({name}, 20)", f"{name} || chr(30)"] if name in LONG else []
        return ["NULL", *texts]
    same = [f"CAST({name} AS {kind})" for kind in KINDS]
    joined_to = [f"{name} || char({code}) || {name}" for code in (0, 10, 30)]
    other = [f"(SELECT {name} FROM base_journal_entry ORDER BY id LIMIT 1)", f"{name} || ''", f"'' || {name}"]
    return ["NULL", "''", "x''", "5", "5.0", "'5'", "x'35'", "x'ff'", *same, *joined_to, *other]


def sign(key: int) -> None:
    """The digest is made to fit what the walk reads, if it reads anything."""
    with snapshot(), cells.readable():
        texts = {row[0]: row[-1] for rows in stream(material.entries()) for row in rows}
    if (text := texts[key]) is not None:
        put(key, "digest", f"'{sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()}'")


@settings(max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=QUIETLY)
@given(data=st.data())
def test_whatever_stands_in_a_cell_both_agree(rows: list[Any], data: st.DataObject) -> None:
    with tampering.undone():
        for _ in range(data.draw(st.integers(1, 2))):
            key, name = data.draw(st.sampled_from(rows)).pk, data.draw(st.sampled_from(NAMES))
            put(key, name, data.draw(st.sampled_from(odd(name))))
            if data.draw(st.booleans()):
                sign(key)
        found = {quickly()[0], in_shares(3)[0], by_thread()}
        assert found == {False} or row_by_row()[0]


def test_they_are_found_sound_before(rows: list[Any]) -> None:
    assert quickly() == row_by_row() == in_shares(3) == (True, True)
    with snapshot(), cells.readable():
        told = list(blocks.entries())
    alike = sum(one.count for one in told if isinstance(one, uniform.Block))
    assert alike >= ALIKE - 4 if connection.vendor == "sqlite" else not alike
    assert sum(one.count for one in told) == len(rows)


@pytest.mark.parametrize("place", [2, -2])
@pytest.mark.parametrize("name", ["seq", "actor", "previous", "act", "received_at", "body", "digest"])
def test_with_the_check_of_kinds_cut_another_kind_is_missed(
    rows: list[Any], monkeypatch: pytest.MonkeyPatch, name: str, place: int
) -> None:
    """Where it joins to the same text; `place` -2 is among those that are all alike."""
    if connection.vendor == "postgresql":
        holds_its_kind(rows[place].pk, name)
        return
    put(rows[place].pk, name, f"CAST(CAST({name} AS text) AS blob)")
    assert quickly()[0] is row_by_row()[0] is False
    for module in (joined, uniform):
        loose = re.sub(r"typeof\([^=]*\) = '\w+'", "1", module._BLOCK)
        monkeypatch.setattr(module, "_BLOCK", loose)
    assert quickly()[0] is True


def holds_its_kind(key: int, name: str) -> None:
    """A column of PostgreSQL refuses another kind, or makes another text of it, which is found."""
    numbers = name in {"seq", "actor", "received_at"}
    with pytest.raises(ProgrammingError) if numbers else nullcontext(), transaction.atomic():
        put(key, name, "CAST('示例' AS bytea)")
    assert quickly()[0] is row_by_row()[0] is numbers


@pytest.mark.parametrize("place", [2, -2])
def test_a_body_with_the_mark_of_an_end_is_left_to_the_walk(rows: list[Any], place: int) -> None:
    """It has been written so, and nothing is wrong."""
    entry = rows[place]
    entry.body += "\x1e"
    for model in (JournalPosition, Checkpoint):
        model.objects.all().delete()
    JournalEntry.objects.filter(chain=entry.chain, seq__gt=entry.seq).delete()
    JournalEntry.objects.filter(pk=entry.pk).update(body=entry.body, digest=entry.reckon())
    assert (quickly()[0], row_by_row()[0]) == (connection.vendor == "postgresql", True)
    assert soundness_told() is (connection.vendor == "postgresql")


def test_marks_of_an_end_do_not_stand_in_for_a_body_that_is_gone(rows: list[Any]) -> None:
    """As many pieces as there are rows, but not one from each."""
    for first, second in zip(rows[-4:-1], rows[-3:], strict=True):
        with tampering.undone():
            put(first.pk, "body", "NULL")
            put(second.pk, "body", f"'{first.body}' || {mark()} || body")
            assert quickly()[0] is row_by_row()[0] is False


@pytest.mark.parametrize("keys", [(1000, 1003, 10**12, MOST - 1, MOST), (-(2**63), -5, MOST)])
def test_gaps_in_ids_however_wide(rows: list[Any], keys: tuple[int, ...]) -> None:
    entry = rows[-1]
    entry.chain, entry.seq, entry.digest = "x:1", 0, "0" * 64
    for key in keys:
        entry.pk, entry.seq, entry.previous = key, entry.seq + 1, entry.digest
        entry.digest = entry.reckon()
        entry.save(force_insert=True)
    with snapshot(), cells.readable():
        found = soundness.entries()
    assert found is not None
    assert found[0] == len(rows) + len(keys)
    assert row_by_row()[0] is by_thread() is in_shares(4)[0] is True
    JournalEntry.objects.filter(pk=MOST).update(act="x")
    assert quickly()[0] is row_by_row()[0] is by_thread() is False


def test_a_gap_filled_up_by_seqs_is_found_among_those_all_alike(rows: list[Any]) -> None:
    """Ids and seqs go on alike over one that is gone."""
    JournalPosition.objects.all().delete()
    JournalEntry.objects.filter(pk=rows[-3].pk).delete()
    assert quickly()[0] is row_by_row()[0] is by_thread() is False


def test_a_thread_reads_what_we_see_ourselves(rows: list[Any]) -> None:
    """Nothing here is committed."""
    with snapshot(), cells.readable():
        found = soundness.chains(threaded=True)
    assert found is not None
    assert found.count == len(rows)


def test_what_fails_in_the_thread_fails_here() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise OverflowError

    found = ahead.ahead(failing())
    assert next(found) == 1
    with pytest.raises(OverflowError):
        next(found)


def test_no_more_is_read_ahead_than_a_few_blocks() -> None:
    taken: list[int] = []
    blocks_read = (taken.append(number) or number for number in range(1, 1000))
    for number in ahead.ahead(blocks_read):
        assert len(taken) <= number + ahead.BLOCKS


def soundness_told() -> bool:
    with mock.patch.object(chains, "check", side_effect=chains.check) as walked:
        assert verify.verify().status == Status.OK
    return not walked.called


def mark() -> str:
    return "chr(30)" if connection.vendor == "postgresql" else "char(30)"
