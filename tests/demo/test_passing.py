"""Time passes beside the demonstration: what is due is done while it is served, and no longer."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dabiao.base import tick as ticking
from dabiao.demo import passing, run

BESIDE = """
import os, pathlib, time
pathlib.Path(os.environ["SAID"]).write_text(str(os.getpid()))
time.sleep(600)
"""


def test_what_is_due_is_done_until_who_asked_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds: list[float] = []
    done: list[float] = []
    gone_after = passing.FIRST + 2 * passing.PAUSE + 1
    monkeypatch.setattr(passing.time, "sleep", seconds.append)
    monkeypatch.setattr(passing.os, "getppid", lambda: 1 if sum(seconds) >= gone_after else 77)
    monkeypatch.setattr(ticking, "tick", lambda at: done.append(sum(seconds)))
    passing.main()
    assert done == [passing.FIRST, passing.FIRST + passing.PAUSE, passing.FIRST + 2 * passing.PAUSE]
    assert sum(seconds) == gone_after


ONCE = """
from dabiao.demo import passing
left = [True]
passing._still = lambda *_: bool(left) and left.pop()
passing.main()
"""


def test_a_process_of_its_own_stands_by_itself(tmp_path: Path) -> None:
    """Nothing is set up yet where it begins; in an empty database no task gets far, and all are tried."""
    told = {name: text for name, text in os.environ.items() if not name.startswith(("DJANGO_", "DABIAO_"))}
    where = {"DABIAO_ENV": "development", "DABIAO_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ONCE], env=told | where, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "task_failed" in done.stdout + done.stderr


def _told(path: Path) -> Iterator[str]:
    while True:
        yield path.read_text() if path.exists() else ""


def test_it_is_there_while_served_and_stopped_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keeping_beside.py").write_text(BESIDE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SAID", str(tmp_path / "pid"))
    monkeypatch.setattr(run, "KEEPER", "keeping_beside")
    with run.time_passing():
        until = time.monotonic() + 60
        pid = next((said for said in _told(tmp_path / "pid") if said or time.monotonic() > until), "")
        os.kill(int(pid), 0)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
