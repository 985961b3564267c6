"""The served product is killed with SIGKILL while people save over HTTP; is anything acknowledged lost?

    python tests/base/killing_served.py [--kills N] [--clients N] [--cut]

Runs `dabiao serve` on DABIAO_DATABASE_URL, which must be migrated and empty. Several people fill one sheet;
at random moments the whole process group is killed, served anew, and they go on. `--cut` serves it with
answers sent before commit (base/cut_settings.py), which loses what was acknowledged. Prints what happened as
JSON; exits with 1 if anything acknowledged is lost. `make killing` does fifty kills on both databases.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

import world as cast  # noqa: E402
from dabiao.base import canonical  # noqa: E402
from dabiao.base.journal import replay, verify  # noqa: E402
from dabiao.base.models import JournalEntry  # noqa: E402
from dabiao.sheets import queries  # noqa: E402
from dabiao.sheets.models import Answer, Sheet  # noqa: E402
from sheets import filling  # noqa: E402

TOKEN = "a" * 32
PATIENCE = 120
A_TRY = 5  # a connection taken before any worker runs may never be answered
WORKERS = "2"
MOST_COUNT = 900
OK = 200
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

Saved = tuple[str, int, int]  # line, version, count


@dataclass
class Person:
    """Saves one line of the sheet again and again, each time with another count."""

    sheet: int
    line: str
    session: str
    version: int = 0
    tries: int = 0
    acknowledged: list[Saved] = field(default_factory=list)

    def work(self, port: int) -> None:
        """Until the server is gone."""
        wire = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            while self.save(wire):
                pass
        except (OSError, HTTPException):
            pass  # killed: what was under way is not acknowledged
        finally:
            wire.close()

    def save(self, wire: HTTPConnection) -> bool:
        self.tries += 1
        count = self.tries % MOST_COUNT + 1
        wire.request(
            "POST",
            reverse("office:sheet_answer", args=[self.sheet, self.line]),
            self.body(count),
            self.headers,
        )
        response = wire.getresponse()
        content = response.read()
        if response.status != OK:
            raise RuntimeError(f"{response.status}: {content[:300]!r}")
        told = json.loads(content)
        self.version = told["version"]
        self.acknowledged.append((self.line, self.version, count))
        return True

    def body(self, count: int) -> str:
        words = {"verdict": "deducted", "words": "缺少三月的检查记录", "version": self.version}
        return json.dumps({**words, "deductions": [{"rule": "1", "count": count}]})

    @property
    def headers(self) -> dict[str, str]:
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={TOKEN}"
        return {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--cut", action="store_true")
    asked = parser.parse_args()
    people = gather(asked.clients)
    connection.close()
    for turn in range(asked.kills):
        one_round(people, 0 if asked.cut else random.Random(turn).random(), asked.cut)
    report = look(people)
    sys.stdout.write(json.dumps({"kills": asked.kills, **report}, ensure_ascii=False) + "\n")
    return 1 if report["lost"] else 0


def gather(count: int) -> list[Person]:
    """Everybody a line of one sheet, all signed in."""
    city = cast.build()
    sheet = filling.open_sheet(city, filling.book(60))
    client = Client()
    client.force_login(city.accounts["officer"], backend="dabiao.people.sign_in.Backend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    lines = [line.key for line in queries.rulebook(sheet).lines() if line.item.rules]
    return [Person(sheet.pk, line, session) for line in lines[:count]]


def one_round(people: list[Person], seconds: float, cut: bool) -> None:
    """Serve, let them save, and kill everything at once in the middle of it."""
    port = free_port()
    server = subprocess.Popen(command(port), env=surroundings(cut), start_new_session=True, **QUIET)
    try:
        await_answer(server.poll, port)
        refresh(people)
        working = [threading.Thread(target=person.work, args=[port]) for person in people]
        for each in working:
            each.start()
        await_saves(people)
        time.sleep(seconds)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    for each in working:
        each.join()


def command(port: int) -> list[str]:
    served = ["serve", "--port", str(port), "--workers", WORKERS]
    return [sys.executable, "-c", "from dabiao.cli.main import main; main()", *served]


def surroundings(cut: bool) -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "base.cut_settings"} if cut else dict(os.environ)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_answer(ended: Callable[[], int | None], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and ended() is None:
        wire = HTTPConnection("127.0.0.1", port, timeout=A_TRY)
        try:
            wire.request("GET", "/healthz")
            if wire.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            wire.close()
    raise RuntimeError("the product was not served")


def await_saves(people: list[Person]) -> None:
    """Until somebody has been told of a save in this round: the first request of a process takes its time."""
    before, until = total(people), time.monotonic() + PATIENCE
    while total(people) == before and time.monotonic() < until:
        time.sleep(0.02)


def total(people: list[Person]) -> int:
    return sum(len(person.acknowledged) for person in people)


def refresh(people: list[Person]) -> None:
    """What was under way when the server died may have been kept without word of it."""
    versions = dict(Answer.objects.filter(sheet=people[0].sheet).values_list("line", "version"))
    connection.close()
    for person in people:
        person.version = versions.get(person.line, 0)


def look(people: list[Person]) -> dict[str, Any]:
    kept = set(in_journal(people[0].sheet))
    told = [one for person in people for one in person.acknowledged]
    rows = dict(Answer.objects.filter(sheet=people[0].sheet).values_list("line", "version"))
    newest = {line: version for line, version, _ in told}
    return {
        "acknowledged": len(told),
        "lost": [one for one in told if one not in kept],
        "behind": [line for line, version in newest.items() if rows.get(line, 0) < version],
        "verify": verify.verify().status.value,
        "replay": replay.compare().status.value,
    }


def in_journal(sheet: int) -> list[Saved]:
    """Every save the journal knows of this sheet."""
    lines = dict(Answer.objects.filter(sheet=sheet).values_list("pk", "line"))
    entries = JournalEntry.objects.filter(chain=f"{Sheet._meta.db_table}:{sheet}")
    changes = [change for entry in entries for change in canonical.loads(entry.body)["changes"]]
    ours = [one for one in changes if one["table"] == Answer._meta.db_table]
    given = [(lines.get(one["key"], ""), one["values"]) for one in ours]
    saves = [(line, values) for line, values in given if values.get("deductions")]
    return [(line, values["version"], values["deductions"][0]["count"]) for line, values in saves]


if __name__ == "__main__":
    sys.exit(main())
