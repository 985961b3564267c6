"""Any byte of the journal changed behind its back is found and located."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, models

from base import tampering, tiny
from dabiao.base.journal import chains, checkpoints, positions, verify
from dabiao.base.journal.findings import Status
from dabiao.base.models import Checkpoint, JournalEntry


@pytest.fixture(autouse=True)
def key_folder(settings: object, tmp_path: Path) -> None:
    settings.DABIAO_DATA = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def journal_rows(untriggered: None, db: None) -> list[models.Model]:
    """Two chains, six entries, two checkpoints, one entry after them; without triggers."""
    return tiny.some_history()


def test_an_untouched_journal_is_ok(journal_rows: list[models.Model]) -> None:
    found = verify.verify()
    assert found.plain() == {
        "status": "ok",
        "entries": 6,
        "without_position": 1,
        "without_checkpoint": 1,
        "unprovable": [],
        "broken": [],
        "more": 0,
    }


@pytest.mark.parametrize("way", range(4))
def test_every_changed_cell_of_every_journal_row_is_located(
    journal_rows: list[models.Model], way: int
) -> None:
    tried = 0
    for cell in [cell for row in journal_rows for cell in tampering.cells_of(row)]:
        ways = tampering.expressions(cell.field)
        with tampering.undone():
            if way < len(ways) and cell.change(ways[way]):
                assert_located(cell)
                tried += 1
    assert tried or way > 2


def assert_located(cell: tampering.Cell) -> None:
    """An entry by its id (the old or the new one), other rows by table and key, or by the one after it."""
    found = verify.verify()
    assert found.status == Status.BROKEN, cell
    places = {one.entry for one in found.findings.listed} | {
        (one.table, one.key) for one in found.findings.listed
    }
    near = {cell.key, cell.key + 1, cell.key + 1000}
    if cell.table == "base_journal_entry":
        assert places & near, (cell, found.findings.listed)
    else:
        assert places & {(cell.table, key) for key in near}, (cell, found.findings.listed)


def test_every_single_byte_of_an_entry_counts(journal_rows: list[models.Model]) -> None:
    cells = tampering.cells_of(journal_rows[2])
    texts = [cell for cell in cells if isinstance(cell.field, models.CharField | models.TextField)]
    for cell in texts:
        for place in range(1, len(cell.read()[0]) + 1):
            with tampering.undone():
                if cell.change(tampering.one_character(cell.column, place)):
                    assert_located(cell)


def test_with_the_digest_check_cut_a_changed_body_is_missed(
    journal_rows: list[models.Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = next(cell for cell in tampering.cells_of(journal_rows[0]) if cell.column == "body")
    assert body.change(tampering.one_character("body", 20))
    assert verify.verify().status == Status.BROKEN
    monkeypatch.setattr(chains, "_faults", lambda row, seq, last: [])
    assert verify.verify().status == Status.OK


def test_a_deleted_entry_position_or_checkpoint_is_found(journal_rows: list[models.Model]) -> None:
    for place in (1, 4, 7, 10, 11):
        with tampering.undone(), connection.cursor() as cursor:
            cell = tampering.cells_of(journal_rows[place])[0]
            cursor.execute(f"DELETE FROM {cell.table} WHERE {cell.column} = %s", [cell.key])
            assert verify.verify().status == Status.BROKEN


def test_a_rewritten_chain_is_found_only_by_checkpoints(journal_rows: list[models.Model]) -> None:
    elsewhere = Checkpoint.objects.order_by("last").values_list("document", flat=True)[0]
    connection.cursor().execute("DELETE FROM base_checkpoint")
    connection.cursor().execute("DELETE FROM base_journal_position")
    forge(JournalEntry.objects.get(pk=journal_rows[5].pk))
    forge(JournalEntry.objects.filter(chain=journal_rows[0].chain).first())  # type: ignore[attr-defined]
    positions.sequence(whole=True)
    assert verify.verify().status == Status.OK
    found = verify.verify([elsewhere])
    assert found.status == Status.BROKEN
    assert found.findings.listed[0].key == 3


def forge(entry: JournalEntry | None) -> None:
    """Change an entry and make the whole chain after it fit."""
    assert entry is not None
    previous = entry.previous
    for later in JournalEntry.objects.filter(chain=entry.chain, seq__gte=entry.seq).order_by("seq"):
        later.previous, later.act = previous, "forged@1"
        later.digest = previous = later.reckon()
        later.save()


@pytest.mark.parametrize("spoil", [str.upper, lambda text: text[:-9] + text[-8:], lambda text: "{}"])
def test_a_damaged_checkpoint_proves_nothing(
    journal_rows: list[models.Model], spoil: Callable[[str], str]
) -> None:
    document = Checkpoint.objects.values_list("document", flat=True)[0]
    assert verify.verify([document]).status == Status.OK
    assert verify.verify([spoil(document)]).status == Status.UNPROVABLE


def test_a_checkpoint_of_another_key_or_beyond_the_data_proves_nothing(
    journal_rows: list[models.Model], tmp_path: Path
) -> None:
    document = Checkpoint.objects.order_by("-last").values_list("document", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_checkpoint")
        cursor.execute("DELETE FROM base_journal_position WHERE position > 3")
    found = verify.verify([document])
    assert (found.status, found.unprovable) == (Status.UNPROVABLE, ["存证点止于第 5 位，而数据只到第 3 位"])
    os.unlink(tmp_path / "checkpoint.key")
    assert verify.verify([document]).status == Status.UNPROVABLE


def test_the_key_is_readable_by_its_owner_only(journal_rows: list[models.Model], tmp_path: Path) -> None:
    assert (tmp_path / "checkpoint.key").stat().st_mode & 0o777 == 0o600


def test_sm3_serves_as_well(settings: object, db: None) -> None:
    settings.DABIAO_JOURNAL_ALGORITHM = "sm3"  # type: ignore[attr-defined]
    tiny.write(tiny.record("3"))
    assert '"algorithm":"sm3"' in checkpoints.make(tiny.AT)
    assert verify.verify().status == Status.OK
