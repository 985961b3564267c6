"""Business tables equal the replay of the journal, and any cell changed behind its back is located."""

import pytest
from django.apps import apps
from django.db import connection, models

from base import tampering, tiny
from dabiao.base.journal import cells, covered, replay
from dabiao.base.journal import entries as journal
from dabiao.base.journal.findings import Status
from dabiao.base.models import PublicRecord


@pytest.fixture(params=[tiny.fill, tiny.fill_in_bulk])
def rows(untriggered: None, db: None, request: pytest.FixtureRequest) -> dict[str, list[models.Model]]:
    """Without triggers: whoever can write raw SQL can drop them as well."""
    made: dict[str, list[models.Model]] = request.param()
    return made


def test_what_was_written_through_the_journal_equals_its_replay(rows: dict[str, list[models.Model]]) -> None:
    compared = replay.compare()
    assert compared.plain()["broken"] == []
    assert compared.status == Status.OK
    assert compared.rows == sum(len(made) for made in rows.values())


def test_every_table_of_ours_is_covered_or_says_why_not(db: None) -> None:
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("dabiao.")}
    assert ours == {table.name for table in covered.tables()} | set(covered.exempt())
    assert all(covered.exempt().values())
    assert covered.strangers() == []


@pytest.mark.parametrize("way", range(4))
def test_any_changed_cell_is_found_and_located(rows: dict[str, list[models.Model]], way: int) -> None:
    """Column by column; the cells of one column number in all rows of all tables at once."""
    tried = 0
    for place in range(max(len(made[0]._meta.concrete_fields) for made in rows.values())):
        with tampering.undone():
            tried += _change_and_look([row for made in rows.values() for row in made], place, way)
    assert tried > 50 or connection.vendor == "postgresql"


def _change_and_look(rows: list[models.Model], place: int, way: int) -> int:
    found = [tampering.cells_of(row) for row in rows]
    cells_here = [cells[place] for cells in found if place < len(cells)]
    changed = [cell for cell in cells_here if _watched(cell) and _change(cell, way)]
    if not changed:  # this way changes nothing of that column: then there is nothing to look for
        return 0
    places = {(one.table, one.key, one.column) for one in replay.compare().findings.listed}
    expected = {(one.table, one.key, "" if one.field.primary_key else one.column) for one in changed}
    assert expected <= places, (way, expected - places)
    return len(changed)


def _watched(cell: tampering.Cell) -> bool:
    return f"{cell.table}.{cell.field.name}" not in covered.unwatched()


def _change(cell: tampering.Cell, way: int) -> bool:
    ways = tampering.expressions(cell.field)
    return way < len(ways) and cell.change(ways[way])


def test_with_the_comparison_cut_a_changed_cell_is_missed(
    rows: dict[str, list[models.Model]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = tampering.cells_of(rows["base_public_record"][0])[1]
    assert cell.change("'other'")
    assert replay.compare().status == Status.BROKEN
    monkeypatch.setattr(cells, "holds", lambda column, value, raw: True)
    assert replay.compare().status == Status.OK


def test_a_row_slipped_in_and_a_row_taken_away_are_found(rows: dict[str, list[models.Model]]) -> None:
    slipped = PublicRecord.objects.create(kind="x", number="x", since=tiny.AT.date(), payload={})
    gone = next(made[0] for made in rows.values() if not made[0]._meta.related_objects)
    type(gone)._base_manager.filter(pk=gone.pk).delete()
    found = {(one.table, one.key) for one in replay.compare().findings.listed}
    assert found == {("base_public_record", slipped.pk), (gone._meta.db_table, gone.pk)}


def test_a_removed_row_is_gone_in_replay_too(db: None) -> None:
    record = PublicRecord(kind="x", number="x", since=tiny.AT.date(), payload={})
    tiny.write(record)
    with journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=record) as work:
        work.remove(record)
    assert replay.compare().status == Status.OK
