"""Copies of everything: database, files and keys; verified after writing, and again before they are restored.

Whoever holds a copy holds all data and the keys: keep it as carefully as the system itself.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from dabiao.base.files import store
from dabiao.base.journal import positions
from dabiao.base.upkeep import databases, manifests
from dabiao.base.upkeep.manifests import Manifest
from dabiao.kernel.errors import Invalid, OutOfTurn

KEYS = ("secret.key", "checkpoint.key")


def backup(folder: Path, at: datetime) -> Manifest:
    """Copy everything into an empty or new folder, then read it all back. Work may go on meanwhile.

    The database comes first and files are never changed or removed, so every file a row names is there.
    """
    if folder.exists() and any(folder.iterdir()):
        raise OutOfTurn(f"{folder} 不是空文件夹，请换一个，以免覆盖已有的备份。")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    positions.sequence()
    place = positions.last()
    databases.dump(folder)
    _copy_files(store.root(), folder / "files")
    _copy_keys(_data(), folder)
    manifests.gather(folder, connection.vendor, at, place).write(folder)
    os.sync()
    return manifests.read(folder)


def restore(folder: Path) -> Manifest:
    """Put a backup in place of an empty installation. A damaged copy or a target in use is refused."""
    manifest = manifests.read(folder)
    databases.check(folder / databases.NAMES[manifest.vendor])
    _refuse_unless_empty()
    databases.load(folder / databases.NAMES[manifest.vendor])
    if (folder / "files").exists():
        _copy_files(folder / "files", store.root())
    _copy_keys(folder, _data())
    if positions.last()[0] < manifest.last:
        raise Invalid("恢复后的台账比备份清单记载的短，请换用另一份备份。")
    return manifest


def _refuse_unless_empty() -> None:
    if not databases.is_empty():
        raise OutOfTurn("目标数据库里已有数据表。恢复只写入空的数据库，请另建一个再试。")
    if store.root().exists() and any(path.is_file() for path in store.root().rglob("*")):
        raise OutOfTurn(f"目标文件夹 {store.root()} 里已有文件。请指定空的 DABIAO_DATA 再试。")
    if (_data() / "checkpoint.key").exists():
        raise OutOfTurn(
            "目标文件夹里已有存证密钥 checkpoint.key，说明它在使用中。请指定空的 DABIAO_DATA 再试。"
        )


def _copy_files(source: Path, target: Path) -> None:
    """Kept bytes only; what is still coming in has no row yet."""
    for path in source.glob("[0-9a-f][0-9a-f]/*/*"):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _copy_keys(source: Path, target: Path) -> None:
    """Without the secret key the journal's keyed digests could not be recomputed."""
    for name in KEYS:
        if (source / name).exists():
            (target / name).touch(mode=0o600)
            shutil.copyfile(source / name, target / name)


def _data() -> Path:
    return Path(settings.DABIAO_DATA)
