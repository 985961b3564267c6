"""What must stand before anybody is served: schema and static files. Quick where nothing is new."""

import hashlib
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dabiao.base.listening import NotReady

STAMP: Final = ".collected"


def waiting_migrations() -> list[str]:
    """Names of migrations not applied yet, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def empty() -> bool:
    """No table of ours yet."""
    return not connection.introspection.table_names()


def migrate() -> list[str]:
    """Apply what waits; returns the names."""
    waiting = waiting_migrations()
    if waiting:
        call_command("migrate", verbosity=0, interactive=False)
    return waiting


def ready_schema() -> list[str]:
    """For serving: a new database and the embedded one are brought up to date by themselves; a city's
    database that is in use is changed by its operators alone (NotReady)."""
    if connection.vendor == "sqlite" or empty():
        return migrate()
    if waiting := waiting_migrations():
        raise NotReady(f"数据库有 {len(waiting)} 项结构更新没有执行，请先备份，再运行 dabiao migrate。")
    return []


def ready_static() -> bool:
    """Collect static files if any of them has changed since last time; says whether it did."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = _static_digest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)
    return True


def _static_digest() -> str:
    """Of names, sizes and times of all static sources: cheap, and new after any pull or build."""
    seen = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            told = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{told.st_size}\0{told.st_mtime_ns}\n".encode())
    return seen.hexdigest()
