"""A device over real HTTP: what it was not told of, it sends again under the same ids."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import Any

from django.conf import settings

from field.device import CONFORMS
from sheets import photographs

TOKEN = "a" * 32
PATIENCE, PAUSE = 30, 0.05
PIECE = 2048
STAND = 6  # pictures a device leaves on its lines
OK = 200
OPENED = "2026-04-08T03:00:00.000000Z"
Plain = dict[str, Any]


@dataclass
class Site:
    """Where they deliver to; `over`: nothing new any more; `left`: nobody will answer any more."""

    port: int
    over: Event = field(default_factory=Event)
    left: Event = field(default_factory=Event)


@dataclass
class Deliverer:
    site: Site
    number: int
    account: int
    session: str
    visit: str
    lines: tuple[str, ...]
    order: int = 0
    pending: list[Plain] = field(default_factory=list)
    bytes_of: dict[str, bytes] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)  # line -> id of the act on it that was made last
    standing: list[tuple[str, str]] = field(default_factory=list)  # pictures: line, digest
    sent: dict[str, Plain] = field(default_factory=dict)
    acknowledged: dict[str, Plain] = field(default_factory=dict)
    wrong: str = ""
    last_heard: str = ""
    idle: Event = field(default_factory=Event)

    @property
    def told(self) -> int:
        return len(self.acknowledged)

    def work(self) -> None:
        try:
            while not self.site.left.is_set():
                if not self.pending and self.site.over.is_set():
                    break
                self.attempt()
        except Exception as error:  # a thread's fault must not look like silence
            self.wrong = f"{type(error).__name__}: {error}"
        self.idle.set()

    def attempt(self) -> None:
        """One try to deliver everything; whoever is killed meanwhile has told nothing."""
        wire = HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        try:
            while self.round(wire):
                pass
        except (OSError, HTTPException):
            pass
        finally:
            wire.close()
        time.sleep(PAUSE)

    def round(self, wire: HTTPConnection) -> bool:
        if not self.pending:
            if self.site.over.is_set() or self.site.left.is_set():
                return False
            self.pending = self.made()
        return self.pictures(wire) and self.acts(wire)

    # -- what people do ---------------------------------------------------------------------------------

    def made(self) -> list[Plain]:
        """An edit of each line, each based on the one before; a picture; one taken away; a mark."""
        edits = [self.record(line) for line in self.lines]
        line, picture = self.lines[self.order % len(self.lines)], self.picture()
        self.standing.append((line, picture))
        shown = [self.on("attach_picture", line, picture=picture, caption="", source="camera")]
        if len(self.standing) > STAND:
            line, gone = self.standing.pop(0)
            shown.append(self.on("detach_picture", line, picture=gone))
        return [*edits, *shown, self.act("field.arrive@1", {"remark": ""})]

    def record(self, line: str) -> Plain:
        words = f"第 {self.order} 次查看，符合要求"
        given = {"line": line, "answer": {**CONFORMS, "words": words}}
        act = self.act("sheets.record_answer@1", given, self.last.get(line, 0))
        self.last[line] = act["id"]
        return act

    def on(self, name: str, line: str, **given: str) -> Plain:
        return self.act(f"sheets.{name}@1", {"line": line, **given})

    def act(self, name: str, given: Plain, based_on: int | str = 0) -> Plain:
        self.order += 1
        told = {"id": f"{self.number:08d}-0000-4000-8000-{self.order:012d}", "act": name, "visit": self.visit}
        when = {"order": self.order, "done_at": OPENED, "uncertainty": 1500, "based_on": based_on}
        return {**told, **when, "where": None, "input": given}

    def picture(self) -> str:
        content = photographs.signature(self.order) + f"{self.number}-{self.order}".encode() * 700
        digest = hashlib.sha256(content).hexdigest()
        self.bytes_of[digest] = content
        return digest

    # -- what is said over the wire ---------------------------------------------------------------------

    def pictures(self, wire: HTTPConnection) -> bool:
        """Those the acts need, piece by piece; and one that no act will name, left in the middle or whole."""
        needed = [
            each["input"]["picture"] for each in self.pending if each["act"].startswith("sheets.attach")
        ]
        stray = self.picture()
        half = len(self.bytes_of[stray]) // (1 + self.order % 2)
        return self.upload(wire, stray, half) and all(
            self.upload(wire, each, len(self.bytes_of[each])) for each in needed
        )

    def upload(self, wire: HTTPConnection, digest: str, until: int) -> bool:
        content, told = self.bytes_of[digest], self.ask(wire, "GET", f"pictures/{digest}")
        while told is not None and told["have"] < until:
            start = told["have"]
            piece = content[start : start + PIECE]
            span = f"bytes {start}-{start + len(piece) - 1}/{len(content)}"
            told = self.ask(wire, "PUT", f"pictures/{digest}", piece, {"Content-Range": span})
        return told is not None

    def acts(self, wire: HTTPConnection) -> bool:
        self.sent.update({each["id"]: each for each in self.pending})
        uuid = f"{self.number:08d}-1111-4111-8111-111111111111"
        frame = {"dabiao": "field/1", "device": uuid, "account": self.account, "acts": self.pending}
        told = self.ask(wire, "POST", "acts", json.dumps(frame).encode())
        if told is None:
            return False
        for each in told["outcomes"]:
            if each["outcome"] != "stored":
                raise RuntimeError(f"{self.sent[each['id']]} -> {each}")
            self.acknowledged[each["id"]] = each
        self.pending = []
        return True

    def ask(
        self, wire: HTTPConnection, method: str, path: str, body: bytes = b"", more: Plain | None = None
    ) -> Plain | None:
        """What the envelope says; None where there is no answer that counts."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}
        wire.request(method, f"/field/{path}", body, headers | (more or {}))
        response = wire.getresponse()
        content = response.read()
        self.last_heard = f"{method} {path} {response.status} {content[:200]!r}"
        if response.status != OK or response.getheader("X-Dabiao-Field") != "1":
            return None
        told: Plain = json.loads(content)
        return told
