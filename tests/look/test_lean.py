"""An answer with quick headers says what the framework's says, to the last header."""

import orjson
import pytest
from django.http import HttpResponse
from django.http.response import BadHeaderError
from django.utils.translation import gettext_lazy as lazy

from dabiao.look.lean import Lean
from dabiao.office.sheets import replies
from dabiao.sheets.models import Sheet
from sheets.filling import open_sheet
from world import World


@pytest.fixture
def sheet(world: World) -> Sheet:
    return open_sheet(world)


@pytest.mark.parametrize("made", [Lean, HttpResponse])
def test_headers_are_asked_for_whatever_their_case(made):
    answer = made(b"{}", content_type="application/json")
    answer["X-One"] = "1"
    answer.headers.setdefault("x-ONE", "2")
    answer.setdefault("X-Two", "2")
    assert ("x-one" in answer.headers, "X-Three" in answer.headers, answer.has_header("CONTENT-type")) == (
        True,
        False,
        True,
    )
    assert (answer.get("X-oNE"), answer.get("no"), answer.headers.get("no", "-")) == ("1", None, "-")
    assert list(answer.items()) == [("Content-Type", "application/json"), ("X-One", "1"), ("X-Two", "2")]
    assert dict(answer.headers) == dict(answer.items())
    del answer["X-One"]
    assert (len(answer.headers), answer.serialize_headers().decode()) == (
        2,
        "Content-Type: application/json\r\nX-Two: 2",
    )


@pytest.mark.parametrize("made", [Lean, HttpResponse])
@pytest.mark.parametrize("value", ["1\r\nSet-Cookie: a=b", "1\n", "1\r", b"1\n", "中\n"])
def test_what_would_break_a_header_is_refused(made, value):
    answer = made()
    with pytest.raises(BadHeaderError):
        answer["X-One"] = value
    with pytest.raises(BadHeaderError):
        answer.headers.setdefault("X-One", value)
    with pytest.raises(BadHeaderError):
        answer[f"X-{value if isinstance(value, str) else value.decode()}"] = "1"
    assert "X-One" not in answer


@pytest.mark.parametrize("value", ["", "plain", 7, b"bytes", "é", "中文", lazy("later"), "tab\tin", "nul\0"])
def test_whatever_is_set_is_spelled_as_the_framework_spells_it(value):
    told = []
    for answer in (Lean(), HttpResponse()):
        answer["X-Two"] = answer["X-Three"] = value
        told.append((answer.serialize(), list(answer.items())))
    assert told[0] == told[1]


def test_a_save_answers_with_the_headers_and_cookies_of_the_framework_s_answer(signed_in, sheet, monkeypatch):
    client, told = signed_in("officer"), []
    for made in (Lean, HttpResponse):
        monkeypatch.setattr(replies, "Lean", made)
        for sent in ({"verdict": "conforms"}, {"verdict": "?"}):
            url = f"/office/sheets/{sheet.pk}/lines/1.2/answer/"
            answer = client.post(url, orjson.dumps(sent), "application/json")
            told.append((answer.status_code, sorted(answer.items()), sorted(answer.cookies)))
    assert told[:2] == told[2:]
    assert {status for status, *_ in told} == {200, 422}
    names = {name for name, _ in told[0][1]}
    assert names >= {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Cache-Control"}
