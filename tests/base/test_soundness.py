"""The quick look and the walk row by row agree on every journal: sound or not."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flushing
from base import tampering, tiny
from dabiao.base import canonical
from dabiao.base.journal import blocks, cells, chains, checkpoints, flowing, parts, soundness, verify
from dabiao.base.journal.findings import Findings, Status
from dabiao.base.journal.snapshot import snapshot
from dabiao.base.models import JournalEntry, JournalPosition

pytestmark = pytest.mark.django_db
QUIETLY = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
LOOKED_AT = ("base_journal_entry", "base_journal_position", "base_checkpoint")
TEXTS = ("", "x", "0" * 64, "sheets_sheet:0", "sha256", "sm3", "a\nb", "5", " ", "2026-03-02 01:02:03.000000")
WILD = ("NULL", "0", "1", "-1", "9223372036854775807", "1.5", "x''", "x'00'", "x'ff'", "'T' || {c}")
ON_SQLITE = (
    "CAST({c} AS blob)",
    "CAST(x'ff' AS text)",
    "CAST(x'ff' || {c} AS text)",
    "{c} || char(0) || 'x'",
    "replace({c}, ' ', 'T')",
    "{c} || '.000000'",
)


@pytest.fixture
def rows(db: None, settings: Any, tmp_path: Path) -> Iterator[list[models.Model]]:
    """Chains of both algorithms, single and bulk acts, checkpoints; blocks of two rows; without triggers."""
    settings.DABIAO_DATA = tmp_path
    statements = flushing.lift()
    tiny.bulk_history()
    settings.DABIAO_JOURNAL_ALGORITHM = "sm3"
    tiny.write(tiny.record("sm3"))
    checkpoints.make(tiny.AT)
    yield tiny.journal_rows()
    flushing.restore(statements)


@pytest.fixture
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowing, "ROWS", 2)


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


def row_by_row() -> tuple[bool, bool]:
    entries, positions = Findings(), Findings()
    with snapshot(), cells.readable():
        verify._look_at_entries(entries)
        verify._look_at_positions(checkpoints.claims(), positions)
    return not entries.listed, not positions.listed


def test_a_sound_journal_is_not_looked_at_row_by_row(
    rows: list[models.Model], short_blocks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quickly() == row_by_row() == (True, True)
    by_walk = chains.check(Findings())
    assert soundness.entries() == by_walk
    for count in range(1, 20):
        assert in_shares(count) == (True, True)
    assert by_walk[1], "no chain begins with a row of a bulk act"
    monkeypatch.setattr(chains, "check", None)
    assert verify.verify().status == Status.OK


@settings(max_examples=100, derandomize=True, deadline=None, database=None, suppress_health_check=QUIETLY)
@given(data=st.data())
def test_both_agree_over_random_changes(
    rows: list[models.Model], short_blocks: None, data: st.DataObject
) -> None:
    """One to three changes, and some of the changed entries signed anew, so that only links can show them."""
    with tampering.undone():
        for _ in range(data.draw(st.integers(1, 3))):
            change(rows, data)
        assert quickly() == row_by_row() == in_shares(data.draw(st.integers(2, 5)))


def change(rows: list[models.Model], data: st.DataObject) -> None:
    """What the database does not take, or cannot read any more, is no change."""
    row = data.draw(st.sampled_from([row for row in rows if row._meta.db_table in LOOKED_AT]))
    ways = [alter, alter, drop, *([forge, follow] if isinstance(row, JournalEntry) else [])]
    way = data.draw(st.sampled_from(ways))
    with (
        suppress(ObjectDoesNotExist, DatabaseError, ValueError, TypeError, AttributeError),
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


@pytest.mark.parametrize(
    "cut",
    [
        lambda patch: patch.setattr(soundness, "_hashed", lambda texts, algorithms, digests: True),
        lambda patch: patch.setattr(soundness, "entries", lambda found=None: (14, {})),
    ],
)
def test_with_the_quick_look_cut_a_changed_body_is_missed(
    rows: list[models.Model], monkeypatch: pytest.MonkeyPatch, cut: Callable[[pytest.MonkeyPatch], None]
) -> None:
    body = next(cell for cell in tampering.cells_of(rows[0]) if cell.column == "body")
    assert body.change(tampering.one_character("body", 20))
    assert quickly()[0] is False
    cut(monkeypatch)
    assert quickly()[0] is True


def test_an_entry_gone_from_the_middle_shows_by_its_links_alone(
    rows: list[models.Model], short_blocks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few ends of chains are remembered."""
    for most in (parts.MOST_CHAINS, 1):
        monkeypatch.setattr(parts, "MOST_CHAINS", most)
        assert quickly() == (True, True)
        with tampering.undone():
            JournalPosition.objects.all().delete()
            JournalEntry.objects.filter(pk=rows[2].pk).delete()
            assert quickly() == row_by_row() == in_shares() == (False, True)
    monkeypatch.setattr(soundness, "_linked", lambda: True)
    JournalPosition.objects.all().delete()
    JournalEntry.objects.filter(pk=rows[2].pk).delete()
    assert quickly() == (True, True)


def test_shares_fit_only_where_one_goes_on_as_the_other_ends() -> None:
    """Each of these is sound by itself."""
    one, other = (b"a" * 64, b"b" * 64)
    begun = parts.Chains(1, {}, {}, {b"x:1": (2, one)})
    going_on = parts.Chains(1, {}, {b"x:1": (2, one)}, {b"x:1": (3, other)})
    assert parts.joined([begun, going_on]) == parts.Chains(2, {}, {}, {b"x:1": (3, other)})
    for wrong in ([going_on], [going_on, begun], [begun, begun], [begun, going_on, going_on], [begun, None]):
        assert parts.joined(wrong) is None
    first, second = parts.Order((0, b""), (5, one)), parts.Order((5, one), (9, other))
    assert parts.in_order([first, second]) == parts.Order((0, b""), (9, other))
    for gap in ([first, parts.Order((6, one), (9, other))], [first, parts.Order((5, other), (9, other))]):
        assert parts.in_order(gap) is None
    assert parts.in_order([first, None]) is None


def test_ids_against_the_order_of_a_chain_are_left_to_the_walk(rows: list[models.Model]) -> None:
    """Never given so by us; both links fit, so nothing is wrong."""
    JournalPosition.objects.all().delete()
    last = JournalEntry.objects.order_by("-pk")[0]
    JournalEntry.objects.filter(pk=last.pk).delete()
    first, second = last, JournalEntry.objects.get(pk=last.pk - 1)
    JournalEntry.objects.filter(pk=second.pk).delete()
    first.chain = second.chain = "x:1"
    for entry, key, seq in ((first, 1000, 1), (second, 999, 2)):
        entry.pk, entry.seq = key, seq
        entry.previous = "0" * 64 if seq == 1 else first.digest
        entry.digest = entry.reckon()
        entry.save(force_insert=True)
    assert (quickly()[0], row_by_row()[0]) == (False, True)


@pytest.mark.parametrize(
    "spelled", ["2026-03-02T01:02:03", "2026-03-02 01:02:03.000000", "2026-03-02 01:02:03 "]
)
def test_only_the_spelling_of_a_moment_that_is_written_counts(spelled: str) -> None:
    written = [b"2026-03-02 01:02:03", b"2026-03-02 01:02:03.000120"]
    proper = [b"2026-03-02T01:02:03.000000Z", b"2026-03-02T01:02:03.000120Z"]
    assert list(blocks._moments(written)) == proper
    assert proper[0] not in blocks._moments([spelled.encode(), written[1]])
