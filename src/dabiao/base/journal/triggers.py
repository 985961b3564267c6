"""Are the journal's triggers in place? Migrations 0002 and 0005 create them; nothing removes them."""

from importlib import import_module
from types import SimpleNamespace
from typing import Final

from django.db import connection

TABLES: Final = (
    "base_journal_entry",
    "base_journal_position",
    "base_checkpoint",
    "base_batch",
    "base_batch_chunk",
)
_EVENTS: Final = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("no_update", "no_delete", "no_truncate"),
}
# Name of each trigger that is enabled and still refuses.
_WORKING: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%%RAISE(ABORT%%'",
    "postgresql": """SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgenabled IN ('O', 'A') AND p.proname IN ('base_journal_refuse', 'base_batch_refuse')
    AND p.prosrc LIKE '%%RAISE EXCEPTION%%'""",
}


def missing() -> list[str]:
    """Names of triggers that are absent, switched off or no longer refuse."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKING[connection.vendor], [])
        there = {name for (name,) in cursor.fetchall()}
    wanted = [f"{table}_{event}" for table in TABLES for event in _EVENTS[connection.vendor]]
    return [name for name in wanted if name not in there]


def restore() -> list[str]:
    """Create those that are missing, by the very code of the migrations; their names."""
    names = missing()
    for migration in ("0002_journal_triggers", "0005_bulk_triggers") if names else ():
        create = import_module(f"dabiao.base.migrations.{migration}").create
        create(None, SimpleNamespace(connection=connection))
    return names
