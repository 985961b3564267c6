"""`make demo`: everything up to date, the city there, addresses and logins told, then served.

Run as `python -m dabiao.demo.run [--port N]`. Keeps whatever the database already holds. Where nothing has
changed since last time, what was told then is told again and served at once, without loading the product.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dabiao.base import listening
from dabiao.kernel.errors import DabiaoError

HOST, PORT, WORKERS = "127.0.0.1", 8000, 1
PACKAGE = Path(__file__).resolve().parents[1]
# What a pull may bring that asks for more than serving.
NEWS = ("*/migrations/*.py", "*/static/**/*", "config/*.py", "demo/*.py", "base/startup.py")
KEPT = "demo-told.txt"  # in the data folder: a digest, then what was told
KEEPER, PREPARER = "dabiao.demo.passing", "dabiao.demo.preparing"
ADDRESS = "http://ADDRESS"  # stands in it for where it is served this time


def main() -> int:
    """0 unless something stood in the way, which is told in words."""
    os.environ.setdefault("DABIAO_ENV", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
    port = asked()
    try:
        listening.free_port(HOST, port)
    except DabiaoError as error:
        return failed(f"{error.text}例如：make demo PORT={port + 1}")
    try:
        click.echo(told().replace(ADDRESS, f"http://{HOST}:{port}"))
        with time_passing():
            listening.serve(HOST, port, WORKERS, quiet=True)
    except DabiaoError as error:
        return failed(error.text)
    except KeyboardInterrupt:
        pass
    click.echo("演示已停止，数据保留；再次运行 make demo 可继续。")
    return 0


@contextmanager
def time_passing() -> Iterator[None]:
    """What falls due is done beside, for as long as this lasts."""
    keeper = subprocess.Popen([sys.executable, "-m", KEEPER])  # noqa: S603  ourselves
    try:
        yield
    finally:
        keeper.terminate()
        keeper.wait()


def asked() -> int:
    """The port, from `--port` or DABIAO_PORT."""
    parser = argparse.ArgumentParser(prog="make demo", description="启动演示城市", add_help=False)
    parser.add_argument("--port", type=int, default=os.environ.get("DABIAO_PORT", PORT))
    return int(parser.parse_args().port)


def told() -> str:
    """What is told at the start. Prepares everything first, unless all is as it was when last told."""
    before, words = kept()
    if before and before == seen():
        return words
    apart()
    return kept()[1]


def kept() -> tuple[str, str]:
    """The digest when last told, and what was told."""
    file = data() / KEPT
    before, _, words = file.read_text().partition("\n") if file.is_file() else ("", "", "")
    return before, words


def apart() -> None:
    """Prepare in a process of its own.

    The maker of PDFs leaves threads behind; a server forked from a process that has used it waits for them
    for ever when it is to make a PDF itself.
    """
    done = subprocess.run([sys.executable, "-m", PREPARER], check=False)  # noqa: S603  ourselves
    if done.returncode:
        sys.exit(done.returncode)  # it has said why


def data() -> Path:
    return Path(os.environ.get("DABIAO_DATA", "var"))


def seen() -> str:
    """Digest of all that may ask for more than serving; empty while there is no embedded database, or where
    another one is used."""
    database, static = data() / "dabiao.sqlite3", data() / "static"
    if "DABIAO_DATABASE_URL" in os.environ or not (database.is_file() and static.is_dir()):
        return ""
    found = hashlib.sha256(str(database.stat().st_ino).encode())
    for path in sorted(path for pattern in NEWS for path in PACKAGE.glob(pattern) if path.is_file()):
        known = path.stat()
        found.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return found.hexdigest()


def failed(text: str) -> int:
    click.echo(f"错误：{text}", err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
