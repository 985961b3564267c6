"""A database laid down at once is the one that history makes, table by table; nothing is left half-way."""

import json
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.migrations import Migration, RunPython, RunSQL

from base.conftest import Place
from dabiao.base import laying

SCRIPT = str(Path(__file__).with_name("laid.py"))


def test_both_ways_give_the_same(empty: Place, tmp_path: Path) -> None:
    at_once = _told(empty)
    by_history = _told(_another(empty, tmp_path), "--history")
    assert len(at_once) > 300
    assert [each for each in at_once if each not in by_history] == []
    assert [each for each in by_history if each not in at_once] == []


def _told(place: Place, *how: str) -> list[str]:
    """Without a table of Django's that nobody writes: history gives it a wider key than its model."""
    return [
        each for each in json.loads(place.run(SCRIPT, *how).stdout) if "auth_group_permissions" not in each
    ]


def _another(empty: Place, folder: Path) -> Place:
    """A second empty database beside the first."""
    if empty.url.startswith("sqlite"):
        return Place(f"sqlite:///{folder / 'history.sqlite3'}", folder)
    empty.run("-c", WIPE)
    return empty


WIPE = """import os, psycopg
with psycopg.connect(os.environ["DABIAO_DATABASE_URL"], autocommit=True) as server:
    server.execute("DROP SCHEMA public CASCADE")
    server.execute("CREATE SCHEMA public")
"""


@pytest.mark.django_db
def test_what_migrations_do_beyond_the_models_is_known() -> None:
    """Triggers and the word index; of libraries what mends rows that a new database does not have."""
    told = {step.code.__module__.rpartition(".")[2] for step in laying._beyond(laying._plan(connection))}
    assert {"0002_journal_triggers", "0005_bulk_triggers", "0007_unit_card"} <= told
    assert all(isinstance(step, RunPython) for step in laying._beyond(laying._plan(connections["default"])))


def test_statements_of_one_database_are_refused() -> None:
    """They would be left out on the one or fail on the other, and nobody would know."""
    planted = Migration("planted", "base")
    planted.operations = [RunSQL("SELECT 1")]
    with pytest.raises(NotImplementedError, match="both databases"):
        list(laying._beyond([planted]))
