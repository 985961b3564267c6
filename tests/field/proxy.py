"""A bad network between a device and the server: one request, one fault, in the order told.

    with Proxy(port).running() as proxy:
        proxy.next("PUT", "/field/pictures/", "drop response", "cut", "502")

It answers on a port of its own; whoever asks there asks the server, or what a bad network makes of it.
"""

import asyncio
import gzip
import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event as ThreadEvent
from threading import Thread
from typing import Any, Final

PATIENCE: Final = 30.0
LATE: Final = 1.5  # seconds
HEAD: Final = 64 * 1024
WIFI: Final = "<!doctype html><title>免费无线网络</title><p>请先登录无线网络。</p>"
Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    head: bytes
    body: bytes

    @property
    def unpacked(self) -> bytes:
        packed = b"content-encoding: gzip" in self.head.lower()
        return gzip.decompress(self.body) if packed else self.body

    @property
    def whole(self) -> bytes:
        """Each request has a connection of its own: where the answer ends is where the connection does."""
        first, *rest = self.head.split(b"\r\n")
        gone = (b"connection:", b"accept-encoding:")
        lines = [first, *(each for each in rest if each and not each.lower().startswith(gone))]
        return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + self.body


@dataclass
class Proxy:
    """`faults`: (method, pattern of the path, fault) to come; the first that fits a request befalls it."""

    server: int
    port: int = 0
    faults: deque[tuple[str, str, str]] = field(default_factory=deque)
    befell: list[tuple[str, str, str]] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    heard: set["asyncio.Task[Any]"] = field(default_factory=set)
    changes: dict[str, Change] = field(default_factory=dict)  # path -> what becomes of its answer's body

    def next(self, method: str, path: str, *faults: str) -> None:
        self.faults.extend((method, path, each) for each in faults)

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        """In a thread and a loop of its own: the browser's driver has the one of the test."""
        ready, loop, over = ThreadEvent(), asyncio.new_event_loop(), asyncio.Event()
        thread = Thread(target=lambda: loop.run_until_complete(self._serve(ready, over)), daemon=True)
        thread.start()
        assert ready.wait(PATIENCE)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join(PATIENCE)
            loop.close()

    async def _serve(self, ready: ThreadEvent, over: asyncio.Event) -> None:
        async with await asyncio.start_server(self._heard, "127.0.0.1", self.port, limit=HEAD) as serving:
            self.port = serving.sockets[0].getsockname()[1]
            ready.set()
            await over.wait()
        for task in list(self.heard):
            task.cancel()
        await asyncio.gather(*self.heard, return_exceptions=True)

    async def _heard(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.heard.add(task)
        try:
            asked = await self._asked(reader)
            if asked is not None:
                await self._answer(asked, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # whoever asked, or the server, is gone: that is a bad network too
        finally:
            self.heard.discard(task)
            writer.close()

    @staticmethod
    async def _asked(reader: asyncio.StreamReader) -> Asked | None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines[1:])}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Asked(method, path, head, body)

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        fault = self._fault(asked)
        if fault == "drop request":
            return writer.transport.abort()
        if fault in MADE:
            return await self._say(writer, MADE[fault](asked))
        if fault == "delay":
            await asyncio.sleep(LATE)
        answer = await self._passed(asked)
        if fault == "drop response":
            return writer.transport.abort()
        if fault == "cut":
            await self._say(writer, answer[: len(answer) - 20])
            return writer.transport.abort()
        return await self._say(writer, answer)

    def _fault(self, asked: Asked) -> str:
        for found in self.faults:
            method, path, fault = found
            if asked.method == method and re.match(path, asked.path):
                self.faults.remove(found)
                self.befell.append((method, asked.path, fault))
                return fault
        self.passed.append((asked.method, asked.path))
        return ""

    async def _passed(self, asked: Asked) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server)
        try:
            writer.write(asked.whole)
            answer = await asyncio.wait_for(reader.read(-1), PATIENCE)
        finally:
            writer.close()
        change = self.changes.get(asked.path.partition("?")[0])
        return _changed(answer, change) if change else answer

    @staticmethod
    async def _say(writer: asyncio.StreamWriter, answer: bytes) -> None:
        writer.write(answer)
        await writer.drain()


def _changed(answer: bytes, change: Change) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    kept = [each for each in head.split(b"\r\n") if not each.lower().startswith(b"content-length:")]
    made = change(body)
    return b"\r\n".join([*kept, b"Content-Length: %d" % len(made), b"", made])


def said(status: str, body: str, *headers: str) -> bytes:
    told = body.encode()
    kind = () if any(each.startswith("Content-Type") for each in headers) else ("Content-Type: text/html",)
    lines = [
        f"HTTP/1.1 {status}",
        *kind,
        *headers,
        f"Content-Length: {len(told)}",
        "Connection: close",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + told


def liar(asked: Asked) -> bytes:
    """What no real portal says: a whole envelope in the server's name, of acts that never came there. A page
    that takes a portal for the server loses things like that; the tests must see it."""
    acts = json.loads(asked.unpacked).get("acts", [])
    outcomes = [{"id": each["id"], "outcome": "stored", "receipt": 1 + n} for n, each in enumerate(acts)]
    told = json.dumps(
        {"dabiao": "field/1", "outcomes": outcomes, "watermark": 0, "missing": [], "pictures": []}
    )
    return said("200 OK", told, "Content-Type: application/json", "X-Dabiao-Field: 1")


MADE: Final[dict[str, Callable[[Asked], bytes]]] = {
    "502": lambda _: said("502 Bad Gateway", "<h1>502</h1>"),
    "portal": lambda _: said("200 OK", WIFI),
    "redirect": lambda _: said("302 Found", "", "Location: /portal"),
    "liar": liar,
}
FAULTS: Final = ("drop request", "drop response", "cut", "502", "portal", "redirect", "delay")
