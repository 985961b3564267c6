"""Backups are verified copies; a damaged one and a target in use are refused."""

import json
import shutil
from pathlib import Path

import pytest

from base import tiny
from base.conftest import Place
from dabiao.base.upkeep import manifests
from dabiao.base.upkeep.backup import backup, restore
from dabiao.kernel.errors import Invalid, OutOfTurn

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

LOOK = """
import django; django.setup()
import json
from dabiao.base.files import store
from dabiao.base.journal import export, replay, verify
print(json.dumps({
    "journal": list(export.lines()),
    "verify": verify.verify().status,
    "replay": replay.compare().status,
    "files": [path.name for path in store.root().rglob("*") if path.is_file()],
}))
"""


@pytest.fixture(scope="session")
def copy(stocked: Place) -> Path:
    folder = stocked.data.with_name("copy")
    stocked.run("-c", WORK)
    stocked.dabiao("backup", str(folder))
    return folder


def test_what_was_backed_up_comes_back(stocked: Place, copy: Path, empty: Place) -> None:
    empty.dabiao("restore", str(copy))
    here, there = (json.loads(place.run("-c", LOOK).stdout) for place in (stocked, empty))
    assert here == there
    assert (there["verify"], there["replay"], len(there["files"])) == ("ok", "ok", 1)
    assert (empty.data / "checkpoint.key").stat().st_mode & 0o077 == 0


def test_a_database_in_use_is_refused(stocked: Place, copy: Path) -> None:
    refused = stocked.dabiao("restore", str(copy), check=False)
    assert refused.returncode == 1
    assert "目标数据库里已有数据表" in refused.stderr


def test_a_folder_in_use_is_refused(copy: Path) -> None:
    with pytest.raises(OutOfTurn, match="不是空文件夹"):
        backup(copy, tiny.AT)


def test_a_damaged_copy_is_refused(copy: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(copy, tmp_path / "copy")
    for path in [path for path in copy.rglob("*") if path.is_file()]:
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(Invalid):
            restore(copy)
        path.unlink()
        with pytest.raises(Invalid):
            restore(copy)
        path.write_bytes(whole)
    assert manifests.read(copy).last == 2
