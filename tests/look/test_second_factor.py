"""The second factor: enrolling, giving the code, losing the phone; nothing else opens before."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.test import Client

from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Refused
from dabiao.people import services
from dabiao.people.models import Account
from dabiao.people.rules import factors
from world import AT, PASSWORD, World

SIGN_IN = "/office/sign-in/"
CODE = "/office/sign-in/code/"
ENROL = "/office/second-factor/"
HOME = "/office/"


@pytest.fixture(autouse=True)
def _fresh(settings: object) -> Iterator[None]:
    settings.DABIAO_SECOND_FACTOR = "required"
    cache.clear()
    yield
    cache.clear()


def code(secret: str, step: int = 0) -> str:
    """What the phone shows now, or some steps of 30 s away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def signed_in(who: str) -> Client:
    client = Client()
    assert client.post(SIGN_IN, {"login": who, "password": PASSWORD}).status_code == 302
    return client


def enrolled(who: str) -> tuple[str, list[str]]:
    """Secret and recovery codes of somebody who has just enrolled."""
    client = signed_in(who)
    page = client.get(ENROL).content.decode()
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', page)
    assert secret
    key = secret[1].replace(" ", "")
    done = client.post(ENROL, {"code": code(key), "password": PASSWORD})
    assert done.status_code == 200
    return key, re.findall(r'class="code">(\d{8})<', done.content.decode())


def test_officials_need_one_and_people_of_units_do_not() -> None:
    assert factors.needed(["unit_officer", "organizer"])
    assert not factors.needed(["unit_officer", "unit_principal", "self_assessor"])
    assert not factors.needed([])


def test_an_official_gets_nowhere_before_enrolling(world: World) -> None:
    client = signed_in("organizer")
    for path in (HOME, "/office/units/", "/office/standards/", "/office/accounts/password/"):
        response = client.get(path)
        assert (response.status_code, response.get("Location")) == (302, ENROL), path
    assert client.post("/office/standards/import/").status_code == 401
    assert client.get("/api/v1/sheets/1").status_code == 401
    fragment = client.get(HOME, headers={"hx-request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (401, ENROL)
    assert signed_in("officer").get(HOME).status_code == 200


def test_enrolling_shows_the_codes_once_leaves_a_trace_and_lets_in(world: World) -> None:
    _, codes = enrolled("organizer")
    account = Account.objects.get(login="organizer")
    assert account.second_factor
    assert len(set(codes)) == 10
    assert JournalEntry.objects.filter(act="people.enrol_factor@1", actor=account.pk).count() == 1
    assert compare().status == "ok"
    stored = Authenticator.objects.get(user=account, type="totp").data["secret"]
    assert len(stored) > 60  # encrypted, not the 32 letters
    assert decrypt(stored) not in stored


@pytest.mark.parametrize(("given", "password"), [("000000", PASSWORD), ("", PASSWORD), ("right", "wrong")])
def test_enrolling_asks_for_the_phone_and_for_the_person(world: World, given: str, password: str) -> None:
    client = signed_in("organizer")
    page = client.get(ENROL).content.decode()
    key = re.search(r'class="code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    sent = {"code": code(key) if given == "right" else given, "password": password}
    response = client.post(ENROL, sent)
    assert response.status_code == 422
    assert key in response.content.decode().replace(" ", "")  # the same secret: the phone need not scan again
    assert not Account.objects.get(login="organizer").second_factor
    assert not Authenticator.objects.exists()
    assert client.get(HOME)["Location"] == ENROL


def test_signing_in_asks_for_the_code_and_takes_each_once(world: World) -> None:
    key, _ = enrolled("organizer")
    client = signed_in("organizer")
    assert client.get(HOME).status_code == 302  # half signed in is not signed in
    assert client.get(SIGN_IN)["Location"] == CODE
    assert client.get("/office/sign-in/other/")["Location"] == SIGN_IN
    assert client.get(SIGN_IN).status_code == 200
    now = code(key, 1)
    client = Client()
    response = client.post(SIGN_IN, {"login": "organizer", "password": PASSWORD})
    assert response["Location"] == CODE
    assert client.post(CODE, {"code": "123456" if now != "123456" else "654321"}).status_code == 422
    assert client.post(CODE, {"code": now})["Location"] == HOME
    assert client.get(HOME).status_code == 200
    traces = JournalEntry.objects.filter(act="people.sign_in@1").order_by("-id")
    assert '"factor":"totp"' in str(traces[0].body)
    again = signed_in("organizer")
    assert again.post(CODE, {"code": now}).status_code == 422
    assert again.get(HOME).status_code == 302


def test_a_code_is_not_taken_twice_though_the_library_forgets_it(world: World) -> None:
    """The library remembers a code for one step; with its neighbours it is good for three."""
    key, _ = enrolled("organizer")
    given = code(key, 1)
    first, second = signed_in("organizer"), signed_in("organizer")
    assert first.post(CODE, {"code": given}).status_code == 302
    account = Account.objects.get(login="organizer")
    cache.delete(f"allauth.mfa.totp.used?user={account.pk}&code={given}")
    assert second.post(CODE, {"code": given}).status_code == 422


def test_codes_too_far_away_in_time_are_refused(world: World) -> None:
    key, _ = enrolled("organizer")
    for step in (-3, 3):
        assert signed_in("organizer").post(CODE, {"code": code(key, step)}).status_code == 422


def test_a_recovery_code_opens_once(world: World) -> None:
    _, codes = enrolled("organizer")
    assert signed_in("organizer").post(CODE, {"code": codes[0]}).status_code == 302
    assert signed_in("organizer").post(CODE, {"code": codes[0]}).status_code == 422
    assert signed_in("organizer").post(CODE, {"code": codes[1]}).status_code == 302


def test_guessing_codes_is_stopped(world: World) -> None:
    enrolled("organizer")
    client = signed_in("organizer")
    answers = [client.post(CODE, {"code": f"{number:06d}"}).status_code for number in range(12)]
    assert 429 in answers or "输错次数过多" in client.post(CODE, {"code": "1"}).content.decode()
    assert 302 not in answers


def test_sessions_from_before_the_factor_end(world: World) -> None:
    before = signed_in("officer")
    assert before.get(HOME).status_code == 200
    enrolled("officer")
    assert before.get(HOME)["Location"].startswith(SIGN_IN)


def test_the_security_administrator_resets_it_with_a_reason_and_it_is_felt_at_once(world: World) -> None:
    key, _ = enrolled("organizer")
    client = signed_in("organizer")
    client.post(CODE, {"code": code(key, 1)})
    assert client.get(HOME).status_code == 200
    account = Account.objects.get(login="organizer")
    by = world.actor("security_admin")
    with pytest.raises(Refused):
        services.reset_factor(
            account=account, reason="手机遗失", version=account.version, by=world.actor("system_admin"), at=AT
        )
    services.reset_factor(account=account, reason="手机遗失", version=account.version, by=by, at=AT)
    assert client.get(HOME)["Location"] == ENROL
    assert client.get("/office/cases/export.xlsx").status_code in {302, 404}
    assert client.get("/api/v1/sheets/1").status_code == 401
    assert client.post("/office/standards/import/").status_code == 401
    assert client.get(HOME, headers={"hx-request": "true"}).status_code == 401
    assert not Authenticator.objects.filter(user=account).exists()
    assert compare().status == "ok"


def test_in_a_demonstration_city_it_is_offered_not_demanded(world: World, settings: object) -> None:
    settings.DABIAO_SECOND_FACTOR = "optional"
    client = signed_in("organizer")
    assert client.get(HOME).status_code == 200
    assert "启用两步验证" in client.get(ENROL).content.decode()
