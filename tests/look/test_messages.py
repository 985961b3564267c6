"""Messages go through the cookie as the framework writes and reads it."""

from http.cookies import SimpleCookie

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from dabiao.look.messages import Storage


@pytest.mark.parametrize(("writer", "reader"), [(Storage, CookieStorage), (CookieStorage, Storage)])
def test_one_reads_what_the_other_has_written(writer, reader):
    answer = HttpResponse()
    writing = writer(RequestFactory().get("/"))
    writing.add(20, "已办理", "extra")
    writing.update(answer)
    assert _read(reader, answer.cookies) == [(20, "已办理", "extra")]


def test_what_was_changed_past_its_signature_says_nothing():
    answer = HttpResponse()
    writing = Storage(RequestFactory().get("/"))
    writing.add(20, "已办理")
    writing.update(answer)
    answer.cookies["messages"] = answer.cookies["messages"].value[:-1] + "~"
    assert _read(Storage, answer.cookies) == []


def test_a_request_that_says_and_reads_nothing_makes_no_signer():
    storage = Storage(RequestFactory().get("/"))
    storage.update(HttpResponse())
    assert "signer" not in vars(storage)


def _read(reader, cookies: SimpleCookie):
    request = RequestFactory().get("/")
    request.COOKIES = {name: each.value for name, each in cookies.items()}
    return [(each.level, each.message, each.extra_tags) for each in reader(request)]
