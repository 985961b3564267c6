"""`journal`: verified, replayed, certified; one changed byte is found and located."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from acceptance.conftest import Machine


def test_the_journal_is_whole_after_an_import(imported: Machine) -> None:
    told = imported.told("journal", "verify")
    assert told["status"] == "ok"
    assert told["entries"] > 0
    assert told["broken"] == []


def test_the_tables_equal_a_replay(imported: Machine) -> None:
    told = imported.told("journal", "replay", "--compare")
    assert told["status"] == "ok"


def test_a_row_changed_behind_its_back_is_found_and_located(served: Machine) -> None:
    with closing(sqlite3.connect(served.data / "dabiao.sqlite3")) as raw, raw:
        raw.execute("UPDATE standards_standard SET title = title || 'x' WHERE number = 'XW-67'")
    done = served.run("journal", "replay", "--compare", "--json")
    told = json.loads(done.stdout)
    assert done.returncode != 0
    assert told["status"] == "broken"
    assert "standard" in json.dumps(told["broken"][0])
    assert {"entry", "subject", "what"} <= told["broken"][0].keys()


def test_the_journal_cannot_be_changed(served: Machine) -> None:
    raw = sqlite3.connect(served.data / "dabiao.sqlite3")
    with closing(raw), pytest.raises(sqlite3.DatabaseError):
        raw.execute("DELETE FROM base_journalentry")


def test_a_checkpoint_held_elsewhere_proves_the_journal(served: Machine, tmp_path: Path) -> None:
    held = tmp_path / "checkpoint.json"
    held.write_text(served.does("journal", "checkpoint"), "utf-8")
    told = served.told("journal", "verify", "--from-checkpoint", str(held))
    assert told["status"] == "ok"


def test_another_bodys_checkpoint_is_unprovable(served: Machine, machine: Machine, tmp_path: Path) -> None:
    machine.does("migrate")
    machine.run("law", "check")
    held = tmp_path / "checkpoint.json"
    held.write_text(served.does("journal", "checkpoint"), "utf-8")
    done = machine.run("journal", "verify", "--from-checkpoint", str(held), "--json")
    assert done.returncode != 0
    assert json.loads(done.stdout)["status"] == "unprovable"
