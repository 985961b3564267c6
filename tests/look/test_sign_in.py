"""Signing in and out: plain words, one answer whatever is wrong, safe ways on, a trace in the journal."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from dabiao.base.models import JournalEntry
from dabiao.people.models import Account
from world import PASSWORD, World

URL = "/office/sign-in/"
WRONG = "登录名或密码不对"


@pytest.fixture(autouse=True)
def _no_failures_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, login: str = "officer", password: str = PASSWORD, **more: str):
    return client.post(URL, {"login": login, "password": password, **more})


def traces() -> int:
    return JournalEntry.objects.filter(act="people.sign_in@1").count()


def test_the_form_is_in_chinese_and_asks_for_two_things(world: World, client: Client) -> None:
    page = client.get(URL).content.decode()
    for words in ("登录名", "密码", 'autocomplete="username"', 'autocomplete="current-password"'):
        assert words in page
    for words in ("Remember", "remember", "Username", "Password", "Forgot"):
        assert words not in page


def test_the_right_password_leads_to_the_to_do_list_and_leaves_a_trace(world: World, client: Client) -> None:
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == "/office/"
    assert traces() == 1
    entry = JournalEntry.objects.get(act="people.sign_in@1")
    assert entry.chain == f"people_account:{world.accounts['officer'].pk}"
    assert entry.actor == world.accounts["officer"].pk
    assert client.get("/office/").status_code == 200


def test_unknown_locked_and_wrong_answer_alike(world: World) -> None:
    locked = world.accounts["assessor"]
    Account.objects.filter(pk=locked.pk).update(is_active=False)
    pages = []
    for login, password in (("officer", "wrong"), ("nobody", PASSWORD), ("assessor", PASSWORD)):
        client = Client()
        response = sign_in(client, login, password)
        assert response.status_code == 422
        page = response.content.decode()
        assert WRONG in page
        assert PASSWORD not in page
        pages.append(page.replace(login, "…").split("csrf", 1)[0])
        assert client.get("/office/").status_code == 302
    assert len(set(pages)) == 1
    assert traces() == 0


def test_empty_fields_are_said_beside_them(world: World, client: Client) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "请填写登录名" in page
    assert "请填写密码" in page


def test_after_too_many_failures_even_the_right_password_waits(world: World) -> None:
    for _ in range(6):
        assert sign_in(Client(), "officer", "wrong").status_code == 422
    response = sign_in(Client())
    assert response.status_code == 429
    assert "登录失败次数过多" in response.content.decode()
    assert int(response["Retry-After"]) > 0
    assert sign_in(Client(), "principal").status_code == 302  # somebody else is not kept out
    assert traces() == 1


def test_too_many_tries_from_one_address_are_refused_in_chinese(world: World) -> None:
    for number in range(60):
        sign_in(Client(), f"nobody{number}", "")
    response = sign_in(Client())
    assert response.status_code == 429
    assert "操作过于频繁" in response.content.decode()


@pytest.mark.parametrize("target", ["/office/hazards/", "/office/units/?q=1"])
def test_one_goes_on_to_where_one_was_going(world: World, client: Client, target: str) -> None:
    asked = client.get(target)
    assert asked.status_code == 302
    assert asked["Location"].startswith(f"{URL}?next=")
    assert sign_in(client, next=target)["Location"] == target


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "http:///example.org",
    ],
)
def test_but_never_to_a_foreign_place(world: World, client: Client, target: str) -> None:
    assert sign_in(client, next=target)["Location"] == "/office/"


def test_the_session_is_a_new_one(world: World, client: Client) -> None:
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_whoever_is_signed_in_goes_straight_on(world: World, client: Client) -> None:
    sign_in(client)
    assert client.get(URL)["Location"] == "/office/"


def test_a_form_without_its_token_is_refused_in_words(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "页面停留过久" in response.content.decode()
    assert traces() == 0


def test_signing_out_ends_the_session_and_only_by_post(world: World, client: Client) -> None:
    sign_in(client)
    assert client.get("/office/sign-out/").status_code == 405
    response = client.post("/office/sign-out/")
    assert response["Location"] == "/"
    assert client.get("/office/")["Location"].startswith(URL)


def test_an_htmx_request_without_session_is_sent_to_the_form(world: World, client: Client) -> None:
    response = client.get("/office/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["HX-Redirect"].startswith(URL)


def test_nobody_signs_up_and_secrets_stay_out_of_the_journal(world: World, client: Client) -> None:
    sign_in(client, "officer", "Cuowu-mima-2026")
    assert not any("Cuowu" in body for body in JournalEntry.objects.values_list("body", flat=True))
    for path in ("/accounts/signup/", "/office/sign-up/", "/accounts/login/"):
        assert client.get(path).status_code == 404
