"""A face is read when somebody asks for it, and then answers like any other."""

import sys
from contextlib import suppress
from threading import Timer

import pytest
from django.urls import Resolver404, resolve, reverse

from config.conftest import Alone
from dabiao.config import faces
from dabiao.config.faces import FACES, LONGEST
from dabiao.config.urls import urlpatterns

ASKED = """
import sys, django
django.setup()
from django.urls import resolve, reverse
resolve("/"), reverse("publicsite:home"), reverse("sign_in")
print([name for name in ("dabiao.office.urls", "dabiao.api.urls") if name in sys.modules])
print(reverse("office:home"), reverse("api:sheet", args=[7]), resolve("/office/").view_name)
print([name for name in ("dabiao.office.urls", "dabiao.api.urls") if name in sys.modules])
"""


def test_the_public_pages_read_no_other_face_and_names_still_lead_there(alone: Alone) -> None:
    assert alone(ASKED).splitlines() == [
        "[]",
        "/office/ /api/v1/sheets/7 office:home",
        "['dabiao.office.urls', 'dabiao.api.urls']",
    ]


@pytest.mark.parametrize(("name", "start"), [("office:home", "/office/"), ("api:openapi", "/api/v1/")])
def test_a_name_and_its_address_lead_to_each_other(name, start):
    assert reverse(name).startswith(start)
    assert resolve(reverse(name)).view_name == name


@pytest.mark.parametrize("path", ["/office/no-such-page/", "/api/v1/no-such-thing"])
def test_what_no_face_has_leads_nowhere(path):
    with pytest.raises(Resolver404):
        resolve(path)


def test_the_rest_is_read_a_little_later_and_holds_up_nobodys_end(monkeypatch):
    begun: list[Timer] = []

    def start(timer: Timer) -> None:
        begun.append(timer)

    monkeypatch.setattr(Timer, "start", start)
    told: list[bool] = []
    faces.read_soon(then=lambda: told.append(set(FACES.values()) <= sys.modules.keys()))
    (timer,) = begun
    assert (timer.daemon, timer.interval > 0) == (True, True)
    timer.function(*timer.args)
    assert told == [True]


@pytest.mark.parametrize("path", ["/office/sheets/7/lines/1.2/answer/", "/", "/office/sign-in/", "/healthz"])
def test_an_address_found_before_is_found_as_anew(path):
    [whole] = urlpatterns
    whole._found.cache_clear()
    first, again, anew = resolve(path), resolve(path), whole._anew(path[1:])
    assert (whole._found.cache_info().hits, whole._found.cache_info().currsize) == (1, 1)
    told = [(each.func, each.args, each.kwargs, each.view_name, each.route) for each in (first, again)]
    assert told[0] == told[1]
    assert (anew.func, anew.args, anew.kwargs, anew.view_name, anew.route) == told[0]


@pytest.mark.parametrize("path", ["/office/no-such-page/", f"/office/sheets/7/lines/{'1' * LONGEST}/"])
def test_neither_what_leads_nowhere_nor_what_is_very_long_stays_in_memory(path):
    [whole] = urlpatterns
    whole._found.cache_clear()
    for _ in range(2):
        with suppress(Resolver404):
            resolve(path)
    assert whole._found.cache_info().currsize == 0
