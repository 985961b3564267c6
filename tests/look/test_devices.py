"""Known browsers, the notice after signing in, own devices, and how many sessions an administrator has."""

from collections.abc import Iterator
from http.cookies import Morsel

import pytest
from django.core.cache import cache
from django.test import Client

from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.people import services
from dabiao.people.models import Account, Visit
from dabiao.people.rules.devices import named
from world import AT, PASSWORD, World

SIGN_IN = "/office/sign-in/"
HOME = "/office/"
HERE = "192.0.2.1"
DEVICES = "/office/accounts/devices/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def attempt(client: Client, who: str = "officer", password: str = PASSWORD, address: str = HERE) -> int:
    sent = {"login": who, "password": password}
    return client.post(SIGN_IN, sent, REMOTE_ADDR=address, headers={"user-agent": EDGE}).status_code


def left(client: Client) -> Client:
    """The same browser after signing out."""
    client.post("/office/sign-out/")
    return client


def hammered(who: str = "officer", address: str = "203.0.113.9") -> None:
    """Somebody elsewhere tries until the name is closed to strangers."""
    answers = [attempt(Client(), who, "wrong", address) for _ in range(7)]
    assert answers[-1] == 429


def test_hammering_a_name_from_elsewhere_does_not_keep_its_owner_out(world: World) -> None:
    mine = Client()
    assert attempt(mine) == 302
    left(mine)
    hammered()
    assert attempt(Client()) == 429  # an unknown browser waits
    assert attempt(mine) == 302


def test_nor_does_hammering_from_the_same_address(world: World) -> None:
    mine = Client()
    attempt(mine)
    left(mine)
    for number in range(21):
        attempt(Client(), f"nobody{number}", "wrong")
    assert attempt(Client(), "principal") == 429
    assert attempt(mine) == 302


def test_a_known_browser_may_not_guess_without_end_either(world: World) -> None:
    mine = Client()
    attempt(mine)
    left(mine)
    answers = [attempt(mine, password="wrong") for _ in range(11)]
    assert answers[:10] == [422] * 10
    assert answers[10] == 429
    assert attempt(Client(), address="198.51.100.4") == 302  # and has not used up what others have


def test_a_browser_is_known_for_its_own_person_only(world: World) -> None:
    mine = Client()
    attempt(mine, "principal")
    left(mine)
    hammered("officer")
    assert attempt(mine, "officer") == 429


def test_a_forged_mark_makes_no_browser_known(world: World) -> None:
    mine = Client()
    attempt(mine)
    left(mine)
    name, morsel = next((key, each) for key, each in mine.cookies.items() if key.startswith("device_"))
    assert isinstance(morsel, Morsel)
    assert morsel["httponly"]
    assert "officer" not in name
    thief = Client()
    thief.cookies[name] = morsel.value.replace("officer", "officer ")
    hammered()
    assert attempt(thief) == 429


def test_the_notice_tells_the_last_sign_in_what_failed_since_and_a_new_device(world: World) -> None:
    first = Client()
    attempt(first)
    assert "上次登录" not in first.get(HOME).content.decode()
    for _ in range(2):
        attempt(Client(), password="wrong")
    second = Client()
    attempt(second, address="192.0.2.77")
    page = second.get(HOME).content.decode()
    for words in ("上次登录", "Windows 电脑，Edge 浏览器（192.0.2.1）", "2 次登录失败", "新设备"):
        assert words in page
    attempt(left(second))
    page = second.get(HOME).content.decode()
    assert "192.0.2.77" in page
    assert "登录失败" not in page
    assert "新设备" not in page


def test_addresses_and_devices_stay_out_of_the_journal(world: World) -> None:
    attempt(Client(), address="192.0.2.33")
    assert not any("192.0.2.33" in body for body in JournalEntry.objects.values_list("body", flat=True))
    assert compare().status == "ok"


def test_one_sees_where_one_is_signed_in_and_signs_out_the_others(world: World) -> None:
    here, there, other = Client(), Client(), Client()
    attempt(here)
    attempt(there, address="192.0.2.55")
    attempt(other, "principal", address="192.0.2.66")
    page = here.get(DEVICES).content.decode()
    assert "本机" in page
    assert "192.0.2.55" in page
    assert "192.0.2.66" not in page
    here.post(f"{DEVICES}sign-out/")
    assert there.get(HOME)["Location"].startswith(SIGN_IN)
    assert here.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 200
    assert JournalEntry.objects.filter(act="people.sign_out_others@1").count() == 1
    assert compare().status == "ok"


def test_a_changed_password_ends_the_others_and_this_one_is_still_listed(world: World) -> None:
    here, there = Client(), Client()
    attempt(here)
    attempt(there, address="192.0.2.55")
    new = "Lvzhou-7788-qingche"
    here.post("/office/accounts/password/", {"old": PASSWORD, "new": new, "again": new})
    assert there.get(HOME)["Location"].startswith(SIGN_IN)
    assert "本机" in here.get(DEVICES).content.decode()


@pytest.mark.parametrize("taken", ["lock", "reset_password"])
def test_what_the_administrator_takes_away_ends_the_sessions_themselves(world: World, taken: str) -> None:
    mine = Client()
    attempt(mine)
    account = Account.objects.get(login="officer")
    more = {"password": "Lvzhou-7788-qingche"} if taken == "reset_password" else {}
    by = world.actor("security_admin")
    getattr(services, taken)(account=account, reason="示例", version=account.version, by=by, at=AT, **more)
    assert mine.get(HOME).status_code == 302


def test_an_administrator_has_three_sessions_at_once_and_the_oldest_ends(
    world: World, settings: object
) -> None:
    settings.DABIAO_SECOND_FACTOR = "required"
    clients = [Client() for _ in range(4)]
    for client in clients:
        attempt(client, "security_admin")
    told = [client.get("/office/second-factor/").status_code for client in clients]
    assert told == [302, 200, 200, 200]
    officers = [Client() for _ in range(4)]
    for client in officers:
        attempt(client)
    assert [client.get(HOME).status_code for client in officers] == [200] * 4
    assert Visit.objects.filter(account__login="security_admin").count() == 4


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Windows 电脑，Edge 浏览器"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537.36", "安卓手机，Chrome 浏览器"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "苹果手机，Safari 浏览器"),
        ("", "其他设备"),
        ("curl/8.0", "其他设备"),
    ],
)
def test_a_device_is_named_in_words(agent: str, words: str) -> None:
    assert named(agent) == words
