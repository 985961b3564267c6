"""A PostgreSQL of one's own, which may be killed: a data folder, a port, the server's own user."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import psycopg

BINARIES = "/usr/lib/postgresql"
PATIENCE = 60


@dataclass(frozen=True)
class Cluster:
    folder: Path
    port: int
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/dabiao"

    def start(self) -> None:
        """Until it answers. What a killed postmaster left running keeps it waiting until that is gone."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            server = subprocess.Popen(
                self._command(), env=_surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self.started.append(server)
            while server.poll() is None:
                if self._answers():
                    return
                time.sleep(0.05)
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start again")

    def _command(self) -> list[str]:
        own = (f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        # What a killed process has written stays written, synced or not; syncing costs seconds a start.
        own += ("fsync=off",)
        return [
            *_as_its_user(),
            *("sh", "-c", '"$@"; true', "sh"),  # takes note of its death: a zombie passes for a postmaster
            _binary("postgres"),
            "-D",
            str(self.folder / "data"),
            *(word for each in own for word in ("-c", each)),
        ]

    def _answers(self) -> bool:
        with suppress(psycopg.Error):
            psycopg.connect(self.url.replace("/dabiao", "/postgres"), connect_timeout=2).close()
            return True
        return False

    def kill(self, *, all_of_it: bool) -> None:
        """SIGKILL of the postmaster; with `all_of_it` of every process of it, as when power fails."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        os.kill(postmaster, signal.SIGKILL)
        for each in children if all_of_it else ():
            with suppress(ProcessLookupError):
                os.kill(int(each), signal.SIGKILL)

    def fill(self, template: str) -> None:
        """The database, with what another has in it."""
        with psycopg.connect(self.url.replace("/dabiao", "/postgres"), autocommit=True) as server:
            server.execute(
                "CREATE DATABASE dabiao TEMPLATE template0 ENCODING 'UTF8' "
                "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )
        dumped = subprocess.run(
            [_binary("pg_dump"), "--no-owner", template], check=True, capture_output=True
        ).stdout
        command = [_binary("psql"), "-q", "-v", "ON_ERROR_STOP=1", self.url]
        subprocess.run(command, input=dumped, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(port: int) -> Iterator[Cluster]:
    """Made anew, started, and gone afterwards whatever happens."""
    folder = Path(mkdtemp(prefix="dabiao-cluster-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.getuid() == 0:
        for each in (folder, data):
            shutil.chown(each, "postgres")
    made = [
        _binary("initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*_as_its_user(), *made], check=True, env=_surroundings(), stdout=subprocess.DEVNULL)
    cluster = Cluster(folder, port)
    try:
        cluster.start()
        yield cluster
    finally:
        with suppress(FileNotFoundError, ProcessLookupError):
            cluster.kill(all_of_it=True)
        for each in cluster.started:
            each.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _binary(name: str) -> str:
    """Debian keeps what only a server's own user needs away from PATH."""
    for folder in sorted(Path(BINARIES).glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    if found := shutil.which(name):
        return found
    raise RuntimeError(f"{name} is wanted, to kill a PostgreSQL of our own: apt-get install postgresql")


def _as_its_user() -> list[str]:
    """PostgreSQL does not run as root."""
    if os.getuid() != 0:
        return []
    pwd.getpwnam("postgres")  # KeyError says what is missing
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _surroundings() -> dict[str, str]:
    """None of our settings: the server's user may not even read where they point to."""
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
