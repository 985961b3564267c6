"""A whole database into one file and back: SQLite by its online copy, PostgreSQL by its own pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection

from dabiao.kernel.errors import Invalid

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def dump(folder: Path) -> Path:
    """Copy the database as of one moment into the folder; writers go on. Invalid says what is missing."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        options = ("--format=custom", "--no-owner", "--no-privileges", "--file", str(target))
        _postgresql("pg_dump", *options, _name())
    check(target)
    return target


def check(dumped: Path) -> None:
    """Whether the database's own tool can read the copy; Invalid where it cannot."""
    if dumped.name == NAMES["postgresql"]:
        _postgresql("pg_restore", "--list", str(dumped))
        return
    with sqlite3.connect(f"file:{dumped}?mode=ro", uri=True) as copy:
        answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
    copy.close()
    if answer != "ok":
        raise Invalid(f"数据库副本不完整：{answer}")


def load(dumped: Path) -> None:
    """Put the copy in place of the empty database."""
    if dumped.name != NAMES[connection.vendor]:
        raise Invalid("备份来自另一种数据库，不能恢复到这里；请改 DABIAO_DATABASE_URL 后再试。")
    connection.close()
    if connection.vendor == "sqlite":
        target = Path(_name())
        for ending in ("-wal", "-shm"):
            Path(f"{target}{ending}").unlink(missing_ok=True)
        shutil.copyfile(dumped, f"{target}.part")
        os.replace(f"{target}.part", target)
        return
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _postgresql("pg_restore", *options, "--dbname", _name(), str(dumped))


def is_empty() -> bool:
    """No table at all."""
    return not connection.introspection.table_names()


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _dump_sqlite(target: Path) -> None:
    source = sqlite3.connect(f"file:{_name()}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    finally:
        copy.close()
        source.close()


def _postgresql(tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools; the password travels in the environment, not in the process list."""
    program = shutil.which(tool)
    if program is None:
        raise Invalid(
            f"找不到 {tool}，备份 PostgreSQL 需要它：请安装与服务器同版本的 postgresql-client 后再试。"
        )
    settings: dict[str, Any] = connection.settings_dict
    places = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    own = {name: str(settings[key]) for name, key in places.items() if settings.get(key)}
    done = subprocess.run(  # noqa: S603  found on the path, arguments our own
        [program, *arguments], env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Invalid(f"{tool} 没有成功：{done.stderr.strip()[-500:]}")
