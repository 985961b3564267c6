"""A face is read when somebody asks for it, and then answers like any other."""

import sys
from threading import Timer

import pytest
from django.urls import Resolver404, resolve, reverse

from config.conftest import Alone
from dabiao.config import faces
from dabiao.config.faces import FACES

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
