"""The bad network itself: each fault is what its name says, in the order told, and then it is a good one."""

import http.client
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from field.proxy import FAULTS, Proxy

COMMITTED: list[bytes] = []


class Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        COMMITTED.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    COMMITTED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    with Proxy(server.server_address[1]).running() as running:
        yield running
    server.shutdown()
    server.server_close()


def ask(proxy: Proxy, path: str = "/field/acts") -> tuple[int, bytes]:
    """Status and body; 0 where there was no whole answer."""
    line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
    try:
        line.request("POST", path, body=b"x" * 100)
        answered = line.getresponse()
        return answered.status, answered.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        line.close()


ARRIVED = {"drop request": 0, "502": 0, "portal": 0, "redirect": 0, "drop response": 1, "cut": 1, "delay": 1}
STATUS = {
    "drop request": 0,
    "drop response": 0,
    "cut": 0,
    "502": 502,
    "portal": 200,
    "redirect": 302,
    "delay": 200,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_befalls_one_request_and_no_other(proxy: Proxy, fault: str) -> None:
    proxy.next("POST", "/field/acts", fault)
    assert ask(proxy, "/field/known") == (200, b"x" * 100)
    COMMITTED.clear()
    status, body = ask(proxy)
    assert (status, len(COMMITTED)) == (STATUS[fault], ARRIVED[fault])
    assert (body == b"x" * 100) is (fault == "delay")
    assert ask(proxy) == (200, b"x" * 100)
    assert [each[2] for each in proxy.befell] == [fault]


def test_what_an_answer_says_can_be_changed_on_the_way(proxy: Proxy) -> None:
    proxy.changes["/field/worker.js"] = lambda body: body + b"!"
    assert ask(proxy, "/field/worker.js?x=1") == (200, b"x" * 100 + b"!")
