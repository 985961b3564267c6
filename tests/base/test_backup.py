"""Backups are verified copies; a damaged one and a target in use are refused."""

import json
import shutil
from pathlib import Path

import pytest

from base.conftest import Place
from dabiao.base.upkeep import manifests
from dabiao.kernel.errors import Invalid

WORK = """
import django; django.setup()
from base import tiny
from dabiao.base.files import store
from dabiao.base.journal import checkpoints
from dabiao.people.models import Account
taken = store.take_in([b"%PDF-1.4 shili"])
row = tiny.record("1")
with tiny.journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=row) as work:
    work.create(row)
    store.row(work, taken, tiny.AT)
account = Account(login="shili", name="示例", made_at=tiny.AT)
account.set_password("Shifan-2026-chengshi")
tiny.write(account)
checkpoints.make(tiny.AT)
"""


@pytest.fixture
def copy(place: Place, tmp_path: Path) -> Path:
    place.run("-c", WORK)
    place.dabiao("backup", str(tmp_path / "copy"))
    return tmp_path / "copy"


def test_what_was_backed_up_comes_back(place: Place, copy: Path, empty: Place) -> None:
    document = place.dabiao("journal", "export").stdout
    empty.dabiao("restore", str(copy))
    assert json.loads(empty.dabiao("journal", "verify", "--json").stdout)["status"] == "ok"
    assert json.loads(empty.dabiao("journal", "replay", "--compare", "--json").stdout)["status"] == "ok"
    assert empty.dabiao("journal", "export").stdout == document
    kept = [path.name for path in (place.data / "files").rglob("*") if path.is_file()]
    assert [path.name for path in (empty.data / "files").rglob("*") if path.is_file()] == kept
    assert (empty.data / "checkpoint.key").stat().st_mode & 0o077 == 0


def test_a_target_in_use_is_refused(place: Place, copy: Path) -> None:
    refused = place.dabiao("restore", str(copy), check=False)
    assert refused.returncode == 1
    assert "目标数据库里已有数据表" in refused.stderr
    refused = place.dabiao("backup", str(copy), check=False)
    assert refused.returncode == 1
    assert "不是空文件夹" in refused.stderr


def test_a_damaged_copy_is_refused(copy: Path, empty: Place) -> None:
    for path in [path for path in copy.rglob("*") if path.is_file()]:
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(Invalid):
            manifests.read(copy)
        path.unlink()
        with pytest.raises(Invalid):
            manifests.read(copy)
        path.write_bytes(whole)
    shutil.rmtree(copy / "files")
    refused = empty.dabiao("restore", str(copy), check=False)
    assert refused.returncode == 1
    assert "备份已损坏" in refused.stderr
    assert not (empty.data / "files").exists()
