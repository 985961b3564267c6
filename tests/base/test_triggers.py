"""The database itself refuses change and deletion of the journal, and production has no way around."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

import dabiao
import flushing
from base import tiny
from dabiao.base.journal import checkpoints, triggers
from dabiao.base.models import Checkpoint, JournalEntry, JournalPosition, PublicRecord

CHANGES = [
    "UPDATE base_journal_entry SET act = 'x'",
    "DELETE FROM base_journal_entry",
    "UPDATE base_journal_position SET head = 'x'",
    "DELETE FROM base_journal_position",
    "UPDATE base_checkpoint SET document = 'x'",
    "DELETE FROM base_checkpoint",
]
REPLACEMENTS = [
    f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    for table in ("base_journal_entry", "base_journal_position", "base_checkpoint")
]
TRUNCATIONS = [
    "TRUNCATE base_journal_entry CASCADE",
    "TRUNCATE base_journal_position",
    "TRUNCATE base_checkpoint",
]
# Drop triggers of their own, none of the journal's.
OTHERS = (
    "standards/migrations/0003_published_editions_are_frozen.py",
    "base/migrations/0009_public_records_by_parts_of_names.py",
)


def _write_some() -> None:
    tiny.write(PublicRecord(kind="x", number="1", since=tiny.AT.date(), payload={}))
    checkpoints.make(tiny.AT)
    if connection.in_atomic_block:
        connection.check_constraints()


@pytest.mark.django_db
def test_change_and_deletion_are_refused() -> None:
    _write_some()
    more = TRUNCATIONS if connection.vendor == "postgresql" else REPLACEMENTS
    for statement in CHANGES + more:
        with pytest.raises(IntegrityError, match="留痕台账"), transaction.atomic():
            connection.cursor().execute(statement)
    counts = [model.objects.count() for model in (JournalEntry, JournalPosition, Checkpoint)]
    assert counts == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_flush_is_refused() -> None:
    _write_some()
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_the_migration_has_no_way_back() -> None:
    """Asked of the migration itself: trying it would first take back all that later ones have brought."""
    migration = MigrationLoader(connection).get_migration_by_prefix("base", "0002")
    assert not all(operation.reversible for operation in migration.operations)


@pytest.mark.django_db
def test_missing_triggers_are_named() -> None:
    assert triggers.missing() == []
    with flushing.lifted():
        assert len(triggers.missing()) == 15
    assert triggers.missing() == []


def test_production_code_lifts_no_trigger() -> None:
    source = Path(dabiao.__file__).parent
    for path in set(source.rglob("*.py")) - {source / other for other in OTHERS}:
        text = path.read_text().lower()
        for way in (
            "drop trigger",
            "disable trigger",
            "session_replication_role",
            "flushing",
            "writable_schema",
        ):
            assert way not in text, f"{path.relative_to(source)}: {way}"
