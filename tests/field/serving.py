"""The product served, until everything of it is killed at once with SIGKILL."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from base.killing_served import QUIET, await_answer, command, surroundings

Serve = Callable[[int], AbstractContextManager[None]]
WARM = Path(__file__).with_name("warm.py")
PATIENCE = 30


@contextmanager
def served(port: int, *, cut: bool = False) -> Iterator[None]:
    """By `dabiao serve`."""
    server = subprocess.Popen(command(port), env=surroundings(cut), start_new_session=True, **QUIET)
    try:
        await_answer(server.poll, port)
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@contextmanager
def warmed() -> Iterator[Serve]:
    """By a process that has read the product already; many times, quickly."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, WARM], stdin=pipe, stdout=pipe, text=True) as mother:
        yield lambda port: _forked(mother, port)
        mother.stdin.close()


@contextmanager
def _forked(mother: "subprocess.Popen[str]", port: int) -> Iterator[None]:
    mother.stdin.write(f"{port}\n")
    mother.stdin.flush()
    server = int(mother.stdout.readline())
    try:
        await_answer(lambda: None if _lives(server) else 1, port)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while _lives(server) and time.monotonic() < until:
            time.sleep(0.005)


def _lives(process: int) -> bool:
    return Path(f"/proc/{process}").exists()
