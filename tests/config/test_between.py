"""What the framework does around each request, less what does nothing here."""

from config.conftest import Alone

START = "import django; django.setup()\n"

LISTENING = """
from django.core.signals import request_finished, request_started
from dabiao.config import wsgi
for signal in (request_started, request_finished):
    print(sorted(listener().__name__ for _, listener, *_ in signal.receivers if listener() is not None))
"""

CACHES = """
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
print([each for each in caches.all(initialized_only=False) if type(each).close is not BaseCache.close])
"""

ADDRESSES = """
from django.test import RequestFactory
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_urlconf, set_urlconf
from dabiao.config import between
between.spare()
between.spare()
handler, asked = WSGIHandler(), RequestFactory(SERVER_NAME="127.0.0.1").get("/healthz").environ
set_urlconf("somebody.elses")
answer = handler(asked, lambda *head: print(head[0]))
answer.close()
print(get_urlconf())
"""


def test_only_connections_are_looked_after(alone: Alone) -> None:
    told = alone(START + LISTENING)
    assert told.splitlines() == ["['close_old_connections']"] * 2


def test_no_cache_of_ours_has_anything_to_close(alone: Alone) -> None:
    """Else `close_caches` must stay."""
    assert alone(START + CACHES).strip() == "[]"


def test_a_request_sets_the_addresses_itself(alone: Alone) -> None:
    assert alone(START + ADDRESSES).splitlines() == ["200 OK", "dabiao.config.urls"]
