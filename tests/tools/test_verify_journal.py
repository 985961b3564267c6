"""The independent verifier agrees with the product, on whole and on broken journals."""

import ast
import hashlib
import importlib.util
import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, models

from base import tampering, tiny
from dabiao.base.journal import export, signing, verify
from dabiao.base.models import Checkpoint

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_journal.py"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("verify_journal", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load()


@pytest.fixture(autouse=True)
def key_folder(settings: Any, tmp_path: Path) -> None:
    settings.DABIAO_DATA = tmp_path


@pytest.fixture(params=["sha256", "sm3"])
def journal_rows(
    untriggered: None, db: None, settings: Any, request: pytest.FixtureRequest
) -> list[models.Model]:
    settings.DABIAO_JOURNAL_ALGORITHM = request.param
    return tiny.some_history()


def exported(folder: Path) -> Path:
    path = folder / "journal.jsonl"
    path.write_text("".join(f"{line}\n" for line in export.lines()), "utf-8")
    return path


def as_database(folder: Path) -> Path:
    """The journal's tables in a file of their own, as the product's database would hold them."""
    path = folder / "copy.sqlite3"
    path.unlink(missing_ok=True)
    copy = sqlite3.connect(path)
    with connection.cursor() as cursor:
        for table in ("base_journal_entry", "base_journal_position", "base_checkpoint", "base_batch_chunk"):
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
            copy.execute(cursor.fetchone()[0])
            cursor.execute(f"PRAGMA table_info({table})")
            columns = [name for _, name, *_ in cursor.fetchall()]
            cursor.execute(f"SELECT {', '.join(f'+{name}' for name in columns)} FROM {table}")
            marks = ", ".join("?" * len(columns))
            copy.executemany(f"INSERT INTO {table} VALUES ({marks})", cursor.fetchall())
    copy.commit()
    copy.close()
    return path


def ways_to_read(folder: Path) -> list[Path]:
    return [exported(folder)] + ([as_database(folder)] if connection.vendor == "sqlite" else [])


def test_a_whole_journal_verifies_with_its_checkpoints(
    journal_rows: list[models.Model], tmp_path: Path
) -> None:
    documents = list(Checkpoint.objects.values_list("document", flat=True))
    for path in ways_to_read(tmp_path):
        assert tool.verify(path, documents, signing.known_key()) == ([], [], 6)


@pytest.mark.parametrize("way", [0, 1])
def test_whatever_the_product_finds_broken_it_finds_too(
    journal_rows: list[models.Model], tmp_path: Path, way: int
) -> None:
    for cell in [cell for row in journal_rows for cell in tampering.cells_of(row)]:
        ways = tampering.expressions(cell.field)
        # The copy handed out holds no columns of a checkpoint beside its document.
        if way < len(ways) and (cell.table != "base_checkpoint" or cell.column == "document"):
            with tampering.undone():
                if cell.change(ways[way]):
                    assert verify.verify().status == "broken"
                    assert tool.verify(exported(tmp_path))[0], cell


def test_bulk_acts_verify_and_any_change_of_their_rows_is_found(
    journal_rows: list[models.Model], tmp_path: Path
) -> None:
    tiny.act_in_bulk()
    rows, tried = tiny.journal_rows(), 0
    for path in ways_to_read(tmp_path):
        assert tool.verify(path)[:2] == ([], [])
    cells = [
        cell for row in rows[-3:] for cell in tampering.cells_of(row) if cell.table == "base_batch_chunk"
    ]
    for cell in cells:
        with tampering.undone():
            if cell.change(tampering.expressions(cell.field)[0]):
                assert tool.verify(exported(tmp_path))[0], cell
                tried += 1
    assert tried >= 2 * 8


def test_a_rewritten_journal_is_found_by_a_checkpoint_kept_elsewhere(
    journal_rows: list[models.Model], tmp_path: Path
) -> None:
    elsewhere = Checkpoint.objects.order_by("last").values_list("document", flat=True)[0]
    with connection.cursor() as cursor:
        for table in ("base_checkpoint", "base_journal_position"):
            cursor.execute(f"DELETE FROM {table}")
    path = exported(tmp_path)
    assert tool.verify(path) == ([], [], 6)
    assert tool.verify(path, [elsewhere]) == ([], ["存证点止于第 3 位，而数据只到第 0 位"], 6)


def test_a_foreign_key_or_a_damaged_document_proves_nothing(
    journal_rows: list[models.Model], tmp_path: Path
) -> None:
    document = Checkpoint.objects.order_by("last").values_list("document", flat=True)[0]
    path = exported(tmp_path)
    assert tool.verify(path, [document], "ab" * 32)[1]
    assert tool.verify(path, [document.replace('"first":1', '"first":2')])[1]


def test_it_runs_alone_and_says_so_by_its_exit_status(
    journal_rows: list[models.Model], tmp_path: Path
) -> None:
    path = exported(tmp_path)
    command = [sys.executable, "-I", "-S", str(TOOL), str(path)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    path.write_text(path.read_text("utf-8").replace("测试写入", "测试改写", 1), "utf-8")
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1


def test_it_is_short_and_uses_the_standard_library_alone() -> None:
    text = TOOL.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    nodes = list(ast.walk(ast.parse(text)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_its_own_sm3_is_the_standards() -> None:
    assert tool.sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    chance = random.Random(3)
    for size in (0, 1, 55, 56, 63, 64, 65, 300):
        data = chance.randbytes(size)
        if "sm3" in hashlib.algorithms_available:
            assert tool.sm3(data) == hashlib.new("sm3", data).hexdigest()


def test_its_own_ed25519_agrees_with_the_library() -> None:
    chance = random.Random(5)
    for size in (0, 1, 100):
        key, message = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32)), chance.randbytes(size)
        public, signature = key.public_key().public_bytes_raw(), key.sign(message)
        assert tool.signed_by(public, signature, message)
        assert not tool.signed_by(public, signature, message + b"x")
        for place in (0, 31, 32, 63):
            wrong = bytearray(signature)
            wrong[place] ^= 1
            assert not tool.signed_by(public, bytes(wrong), message)
