"""Any byte of a bulk act changed behind its back is found and located."""

from pathlib import Path

import pytest
from django.db import connection, models

from base import tampering, tiny
from base.test_verify import assert_located
from dabiao.base.journal import bulk, packing, verify
from dabiao.base.journal.findings import Status
from dabiao.base.journal.packing import Chunk
from dabiao.base.models import BatchChunk, JournalEntry


@pytest.fixture
def rows(
    untriggered: None, db: None, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[models.Model]:
    """Three chunks of rows made and two of rows changed; without triggers."""
    settings.DABIAO_DATA = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(bulk, "ROWS", 3)
    return tiny.bulk_history()


def broken() -> set[tuple[str, object]]:
    return {(one.table, one.key) for one in verify.verify().findings.listed}


@pytest.mark.parametrize("way", range(4))
def test_every_changed_cell_is_located(rows: list[models.Model], way: int) -> None:
    """Of entries, positions, checkpoints, batches and chunks alike; also where a cell was empty."""
    assert verify.verify().status == Status.OK
    tried = set()
    for cell in [cell for row in rows for cell in tampering.cells_of(row)]:
        ways = tampering.expressions(cell.field)
        with tampering.undone():
            if way < len(ways) and cell.change(ways[way]):
                assert_located(cell)
                tried.add(cell.table)
    assert len(tried) >= 3 or connection.vendor == "postgresql"


def test_every_single_byte_of_a_chunk_counts(rows: list[models.Model]) -> None:
    chunk = BatchChunk.objects.latest("id")
    content = bytes(chunk.packed)
    cell = next(cell for cell in tampering.cells_of(chunk) if cell.column == "packed")
    for place in range(len(content)):
        with tampering.undone():
            assert cell.change(tampering.one_byte(content, place))
            assert ("base_batch_chunk", chunk.pk) in broken()


def test_a_chunk_or_batch_taken_away_is_found(rows: list[models.Model]) -> None:
    for row in [row for row in rows if row._meta.db_table in ("base_batch_chunk", "base_batch")]:
        with tampering.undone(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
            assert broken()


def test_a_chunk_forged_with_its_own_root_does_not_fit_the_entry(rows: list[models.Model]) -> None:
    """Somebody who can reckon digests still cannot make the entry's root."""
    chunk = BatchChunk.objects.earliest("id")
    real = Chunk.unpack(bytes(chunk.packed))
    forged = Chunk(
        real.target, real.how, real.columns, [real.lines[0].replace(b"2026", b"2025"), *real.lines[1:]]
    )
    packed = forged.pack()
    root = packing.root(forged.leaves("sha256"), packed, "sha256").hex()
    BatchChunk.objects.filter(pk=chunk.pk).update(packed=packed, root=root)
    found = [one for one in verify.verify().findings.listed if one.table == "base_batch"]
    assert [one.key for one in found] == [chunk.batch_id]


def test_a_chain_that_begins_with_a_row_of_no_act_is_found(rows: list[models.Model]) -> None:
    entry = JournalEntry.objects.filter(chain__startswith="base_public_record").latest("id")
    assert entry.previous != "0" * 64
    entry.previous = "ab" * 32
    entry.digest = entry.reckon()
    entry.save()
    assert entry.pk in {one.entry for one in verify.verify().findings.listed}


def test_with_the_check_of_chunks_cut_a_changed_one_is_missed(
    rows: list[models.Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    chunk = BatchChunk.objects.latest("id")
    cell = next(cell for cell in tampering.cells_of(chunk) if cell.column == "rows")
    assert cell.change("2")
    assert broken()
    monkeypatch.setattr(verify.batches, "check", lambda begun: [])
    assert not broken()
