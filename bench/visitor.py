"""The safety officer at a browser: through the whole middleware, in this process or over a socket.

In this process the application is called as a server calls it: the framework's test client, which makes
requests and looks at answers, takes a third of a millisecond that no server pays.
"""

import gzip
import http.client
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse

from bench.city import City
from dabiao.base import clock
from dabiao.config import faces
from dabiao.look import admission

TOKEN = "a" * 32  # what the page's form and the cookie must agree on
PATIENCE = 30
SETTLING = 8.0  # seconds


def signed_in(city: City, who: str = "officer") -> Client:
    """A client whose posts are checked for forgery like anybody's, and whose session is looked at like one
    opened at the sign-in page: how long it has lasted, and when it was last used."""
    client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(city.world.accounts[who], backend="dabiao.people.sign_in.Backend")
    opened = client.session
    opened[admission.BEGAN], opened[admission.PROVED] = clock.now().isoformat(), True
    opened.save()
    client.cookies["csrftoken"] = TOKEN
    client.get(reverse("office:home"))  # its answer sets the mark of use
    assert admission.SEEN in client.cookies
    return client


def session(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Called:
    """The application as a server calls it; answers are read to the end and closed."""

    def __init__(self, client: Client) -> None:
        self._application = get_wsgi_application()
        self._asking = {
            "REQUEST_METHOD": "POST",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/json",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": _cookies(client),
            "HTTP_X_CSRFTOKEN": TOKEN,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def post(self, url: str, body: dict[str, Any]) -> dict[str, Any]:
        return dict(json.loads(self.send(url, json.dumps(body).encode())))

    def send(self, url: str, sent: bytes) -> bytes:
        """The reply as it is read, unpacked."""
        begun = list[Any]()
        asked = {"PATH_INFO": url, "CONTENT_LENGTH": str(len(sent)), "wsgi.input": io.BytesIO(sent)}
        response = self._application(self._asking | asked, lambda *head: begun.append(head))
        content = b"".join(response)
        response.close()
        [(status, headers)] = begun
        assert status.startswith("200"), (url, status, content[:300])
        zipped = ("Content-Encoding", "gzip") in headers
        return gzip.decompress(content) if zipped else content


@contextmanager
def within_a_transaction() -> Iterator[None]:
    """What is called may be undone: a request neither begins nor ends with the connection looked after. The
    framework's test client does the same."""
    looked = (request_started, request_finished)
    for each in looked:
        each.disconnect(close_old_connections)
    try:
        yield
    finally:
        for each in looked:
            each.connect(close_old_connections)


def _cookies(client: Client) -> str:
    return "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())


class Wire:
    """One kept-alive connection to a real server."""

    def __init__(self, port: int, client: Client) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {
            "Cookie": _cookies(client),
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
        }

    def post(self, url: str, body: dict[str, Any]) -> dict[str, Any]:
        self._connection.request("POST", url, json.dumps(body), self._headers)
        response = self._connection.getresponse()
        content = response.read()
        assert response.status == 200, (url, response.status, content[:300])
        return dict(json.loads(content))


@contextmanager
def served() -> Iterator[int]:
    """A granian of our own on a free port of the loopback; ended afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    command += ["dabiao.config.wsgi:application"]
    server = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        _await(port)
        time.sleep(faces.AFTER + SETTLING)  # a worker first reads what is asked later, and settles
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(PATIENCE * 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("granian did not start")
