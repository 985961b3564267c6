"""What the middleware does to an answer on its way out."""

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from dabiao.look.middleware import PACKET, ZipMiddleware, policy_middleware


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip")


@pytest.mark.parametrize(("size", "zipped"), [(PACKET - 1, False), (PACKET, True)])
def test_only_what_takes_more_than_a_packet_is_zipped(request_: HttpRequest, size: int, zipped: bool) -> None:
    answer = ZipMiddleware(lambda _: HttpResponse(b"a" * size))(request_)
    assert (answer.headers.get("Content-Encoding") == "gzip") is zipped


def test_what_is_sent_piece_by_piece_is_zipped_whatever_its_size(request_: HttpRequest) -> None:
    answer = ZipMiddleware(lambda _: StreamingHttpResponse([b"a"]))(request_)
    assert answer.headers["Content-Encoding"] == "gzip"


def test_an_answer_with_a_policy_of_its_own_keeps_it(request_: HttpRequest) -> None:
    name = "Content-Security-Policy"
    assert "default-src 'none'" in policy_middleware(lambda _: HttpResponse())(request_).headers[name]
    own = HttpResponse(headers={name: "sandbox"})
    assert policy_middleware(lambda _: own)(request_).headers[name] == "sandbox"
