"""One request by one member of the cast, what it answered, and what it changed.

Requests go straight to the handler: a test client copies every template's context, and thousands are asked.
Actors are made once, as they are today; how requests come by them is asked in tests/house/test_addresses.py.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache as cached
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT
from django.urls import resolve

from addresses import inspecting
from addresses.stage import ANONYMOUS, Stage
from dabiao.kernel.actor import PUBLIC, Actor
from dabiao.kernel.errors import DabiaoError
from dabiao.look import acting
from sheets import photographs

SAFE = ("GET", "HEAD", "OPTIONS")
# None is anybody's business: sessions of the framework, who is at which line just now, and the words of a
# search index, which cannot be read back; the cards they stand for are looked at.
NOT_COUNTED = {"django_session", "sheets_presence", "organisations_unit_words"}
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)
TOKEN = re.compile(rb"[A-Za-z0-9]{64}")
PICTURE = photographs.jpeg((32, 24))


@dataclass
class Answered:
    """`kind` is the table's word for the answer; `written` the tables that statements wrote to."""

    kind: str
    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, Any] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    changed: bool = False
    statements: int = 0

    @property
    def plain(self) -> tuple[Any, ...]:
        """Everything that may be compared: content and headers without the tokens in them."""
        heads = tuple(sorted(self.headers.items()))
        return self.status, TOKEN.sub(b"", self.content), heads, tuple(sorted(self.cookies))

    @property
    def text(self) -> str:
        return inspecting.words(self.headers, self.content)


class Asking:
    """The cast, signed in, in a world that every request finds as it was."""

    def __init__(self, stage: Stage) -> None:
        self.kept = {who: _cookie(stage, who) for who in stage.cast}
        self.actors = {who: PUBLIC if who == ANONYMOUS else stage.actor(who) for who in stage.cast}
        self.counted: dict[str, Any] = {}
        self.factory = RequestFactory()
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(
        self,
        who: str,
        method: str,
        path: str,
        sent: Mapping[str, Any] | None = None,
        *,
        token: bool = False,
        **headers: str,
    ) -> Answered:
        """Ask, and put everything back. `token`: the token is asked for, and not there."""
        written: set[str] = set()
        request = self._request(who, method, path, sent or {}, headers)
        request._dont_enforce_csrf_checks = not token
        with transaction.atomic():
            with _watching(written) as counted:
                answered = self._answer(request)
            answered.statements = counted[0]
            answered.written = written - NOT_COUNTED
            after = {table: _content(table) for table in answered.written}
            transaction.set_rollback(True)
        answered.changed = after != {table: self._before(table) for table in answered.written}
        return answered

    def knock(self, who: str, method: str, path: str) -> str:
        """What the view itself says to somebody its gate should turn away: no session, no rendering."""
        request = HttpRequest()
        request.method, (request.path, _, request.META["QUERY_STRING"]) = method, path.partition("?")
        request.actor, request.htmx = self.actors[who], False
        view, args, kwargs = _resolved(request.path)
        try:
            return kind(view(request, *args, **kwargs))
        except DabiaoError as error:
            return str(error.status)
        except Exception as error:  # it went past the gate, whatever it is
            return f"500 {error!r}"[:200]

    def _request(
        self, who: str, method: str, path: str, sent: Mapping[str, Any], headers: Mapping[str, str]
    ) -> HttpRequest:
        request = self.factory.generic(method, path, *self._packed(sent), headers=headers)
        request.COOKIES, request.META["asked_by"] = dict(self.kept[who]), who
        return request

    def _answer(self, request: HttpRequest) -> Answered:
        for each in caches.all():  # rate limits count anew
            each.clear()
        with _overheard() as faults, patch.object(acting, "actor_of", self._actor):
            response = self.handler.get_response(request)
            content = b"".join(response.streaming_content) if response.streaming else response.content
        for closer in response._resource_closers:
            closer()
        told = faults[0] if faults else kind(response)
        return Answered(told, response.status_code, content, dict(response.headers), dict(response.cookies))

    def _actor(self, request: HttpRequest) -> Actor:
        return self.actors[str(request.META["asked_by"])]

    def _packed(self, sent: Mapping[str, Any]) -> tuple[Any, ...]:
        """A body as forms and scripts send it: multipart, or JSON."""
        if "json" in sent:
            return self.factory._encode_json(sent["json"], "application/json"), "application/json"
        fields = {"csrfmiddlewaretoken": "0", **sent.get("body", {})}  # every form sends it
        if "file" in sent:
            fields[sent["file"]] = SimpleUploadedFile("整改.jpg", PICTURE, "image/jpeg")
        return self.factory._encode_data(fields, MULTIPART_CONTENT), MULTIPART_CONTENT

    def _before(self, table: str) -> Any:
        """The world never changes between requests, so each table is read once."""
        if table not in self.counted:
            self.counted[table] = _content(table)
        return self.counted[table]


_resolved = cached(resolve)


def _cookie(stage: Stage, who: str) -> dict[str, str]:
    client = Client()
    if who != ANONYMOUS:
        client.force_login(stage.world.accounts[who], backend="dabiao.people.sign_in.Backend")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _content(table: str) -> Any:
    """Rows of a table, in an order both databases keep."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return sorted(map(repr, cursor.fetchall()))


@contextmanager
def _watching(written: set[str]) -> Iterator[list[int]]:
    """Collects the tables written to; gives the number of statements."""
    counted = [0]

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted[0] += 1
        if found := WRITES.match(sql):
            written.add(found[1].lower())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield counted


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Faults that the handler turns into a page 500, in words."""
    faults: list[str] = []

    def hear(**_: Any) -> None:
        faults.append(f"500 {sys.exc_info()[1]!r}"[:200])

    got_request_exception.connect(hear)
    try:
        yield faults
    finally:
        got_request_exception.disconnect(hear)


def kind(response: HttpResponseBase) -> str:
    """The table's word: a status, "sign-in", or "-> name of the address"."""
    if response.status_code not in {301, 302, 303}:
        return str(response.status_code)
    target = urlsplit(response.headers["Location"])
    if target.netloc:
        return f"-> {target.geturl()}"
    name = _resolved(target.path).view_name
    return "sign-in" if name == "sign_in" else f"-> {name}"
