"""What must stand before anybody is served: schema, static files, a free port. Quick where nothing is new."""

import errno
import hashlib
import socket
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dabiao.kernel.errors import DabiaoError

BLOCKING_THREADS: Final = 4
STAMP: Final = ".collected"


class NotReady(DabiaoError):
    """The surroundings are not as they must be; the text says what to do."""

    status = 503


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


def free_port(host: str, port: int) -> None:
    """NotReady with what to do where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotReady(f"{host}:{port} 不能使用：{_why(error)}") from error


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "端口已被占用。可能已经启动过一次；请先停止占用它的程序，或者换一个端口。"
    if error.errno == errno.EACCES:
        return "没有权限使用这个端口，请改用 1024 以上的端口。"
    return "地址不是本机的，或者格式不对，请核对。"


def serve(host: str, port: int, workers: int, *, quiet: bool = False) -> None:
    """Serve until stopped (Ctrl-C or SIGTERM)."""
    module, _, name = str(settings.WSGI_APPLICATION).rpartition(".")
    told: dict[str, Any] = {"log_level": LogLevels.warning} if quiet else {}
    Granian(
        f"{module}:{name}",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        **told,
    ).serve()
