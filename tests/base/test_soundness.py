"""The quick look and the walk row by row agree on every journal: sound or not."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flushing
from base import tampering, tiny
from base.judging import by_thread, change, in_shares, quickly, row_by_row
from dabiao.base.journal import chains, checkpoints, flowing, joined, parts, soundness, verify
from dabiao.base.journal.findings import Findings, Status
from dabiao.base.journal.moments import moments
from dabiao.base.models import JournalEntry, JournalPosition

pytestmark = pytest.mark.django_db
QUIETLY = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@pytest.fixture
def rows(db: None, settings: Any, tmp_path: Path) -> Iterator[list[models.Model]]:
    """Chains of both algorithms, single and bulk acts, checkpoints; blocks of two rows; without triggers."""
    settings.DABIAO_DATA = tmp_path
    statements = flushing.lift()
    tiny.bulk_history()
    settings.DABIAO_JOURNAL_ALGORITHM = "sm3"
    tiny.write(tiny.record("sm3"))
    tiny.write_alike(7)
    checkpoints.make(tiny.AT)
    yield tiny.journal_rows()
    flushing.restore(statements)


@pytest.fixture
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowing, "ROWS", 2)
    monkeypatch.setattr(joined, "SPAN", 2)


def test_a_sound_journal_is_not_looked_at_row_by_row(
    rows: list[models.Model], short_blocks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quickly() == row_by_row() == (True, True)
    by_walk = chains.check(Findings())
    assert soundness.entries() == by_walk
    for count in range(1, 20):
        assert in_shares(count) == (True, True)
    assert by_walk[1], "no chain begins with a row of a bulk act"
    assert by_thread()
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
        told = row_by_row()
        assert quickly() == told == in_shares(data.draw(st.integers(2, 5)))
        assert by_thread() == told[0]


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
    "spelled",
    [
        b"2026-03-02T01:02:03",
        b"2026-03-02 01:02:03.000000",
        b"2026-03-02 01:02:03 ",
        b"2026-03-02-01:02:03",
        b"2026-03 02-01:02:03",
        b"2026-03-02 01:02:03.5",
        b"2026-03-02 01:02:03\0.00000",
        b"2026-03-02 01:02:03\xe4\xb8\x80.000",
    ],
)
def test_only_the_spelling_of_a_moment_that_is_written_counts(spelled: bytes) -> None:
    written = [b"2026-03-02 01:02:03", b"2026-03-02 01:02:03.000120"]
    assert moments(written) == [b"2026-03-02T01:02:03.000000Z", b"2026-03-02T01:02:03.000120Z"]
    for among in ([spelled], [spelled, *written], [*written, spelled]):
        with pytest.raises(ValueError, match=r"moment|whole"):
            moments(among)
