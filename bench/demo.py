"""The second start of the demonstration city: from the command to a page that is served."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from bench import clocking
from bench.city import City
from bench.rows import Aim, Row
from bench.visitor import free_port

NAME = "second start of make demo, to a served page"
PATIENCE = 300


def rows(city: City, times: int) -> Iterator[Row]:
    """SQLite alone: that is what the demonstration runs on."""
    if connection.vendor != "sqlite":
        return
    if find_spec("dabiao.demo.run") is None:
        yield Row(NAME, note="no demonstration city yet")
        return
    with tempfile.TemporaryDirectory(prefix="dabiao-bench-demo-") as data:
        first = _start(Path(data))
        taken = [_start(Path(data)) for _ in range(times)]
    yield Row(NAME, clocking.timing(taken), aim=Aim(ms=3000), note=f"first start {first / 1000:.0f} s")


def _start(data: Path) -> float:
    """Milliseconds until the public page answers; the server is ended again."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DABIAO_")}
    environment |= {"DABIAO_DATA": str(data), "DABIAO_ENV": "development"}
    environment["DJANGO_SETTINGS_MODULE"] = "dabiao.config.settings"
    began = time.perf_counter()
    port = free_port()
    command = [sys.executable, "-m", "dabiao.demo.run", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while not _answers(port):
            assert server.poll() is None, "the demonstration ended by itself"
            assert time.perf_counter() - began < PATIENCE, "the demonstration does not answer"
            time.sleep(0.02)
        return (time.perf_counter() - began) * 1000
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
