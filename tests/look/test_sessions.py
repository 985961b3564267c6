"""How long a session lasts, what has to be done first in it, and that what is taken away is felt at once."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from dabiao.base import clock
from dabiao.people import services
from dabiao.people.models import Account, Posting
from world import PASSWORD, World

SIGN_IN = "/office/sign-in/"
HOME = "/office/"
FIRST = "/office/first-password/"
OTHER = "Lvzhou-7788-qingche"
Stand = Callable[[timedelta], None]


@pytest.fixture(autouse=True)
def _no_failures_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Stand:
    """Let some time go by."""
    start = clock.now()

    def stand(after: timedelta) -> None:
        moment: datetime = start + after
        monkeypatch.setattr(clock, "now", lambda: moment)

    stand(timedelta(0))
    return stand


def signed_in(who: str, password: str = PASSWORD) -> Client:
    client = Client()
    assert client.post(SIGN_IN, {"login": who, "password": password}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


@pytest.mark.parametrize(
    ("who", "minutes"), [("security_admin", 15), ("audit_admin", 15), ("organizer", 480)]
)
def test_a_session_without_requests_ends_after_its_minutes(
    world: World, later: Stand, who: str, minutes: int
) -> None:
    used, idle = signed_in(who), signed_in(who)
    later(timedelta(minutes=minutes - 1))
    assert is_in(used)
    later(timedelta(minutes=minutes + 1))
    assert is_in(used)  # was used two minutes ago
    assert not is_in(idle)
    assert "sessionid" not in {k: v for k, v in idle.cookies.items() if v.value}


def test_even_a_busy_session_ends_after_half_a_day(world: World, later: Stand) -> None:
    client = signed_in("officer")
    for hours in (4, 8, 11.9):
        later(timedelta(hours=hours))
        assert is_in(client)
    later(timedelta(hours=12.1))
    assert not is_in(client)


def test_a_forged_or_borrowed_mark_of_use_counts_for_nothing(world: World, later: Stand) -> None:
    idle, busy = signed_in("security_admin"), signed_in("security_admin")
    later(timedelta(minutes=14))
    assert is_in(busy)
    idle.cookies["seen"] = busy.cookies["seen"].value
    later(timedelta(minutes=16))
    assert not is_in(idle)


def test_use_is_marked_anew_after_half_a_minute(world: World, later: Stand) -> None:
    client = signed_in("security_admin")
    first = client.cookies["seen"].value
    later(timedelta(seconds=29))
    assert "seen" not in client.get(HOME).cookies
    later(timedelta(seconds=30))
    assert client.get(HOME).cookies["seen"].value != first
    later(timedelta(seconds=-300))
    assert "seen" in client.get(HOME).cookies, "a clock put back"


def test_the_password_an_administrator_gave_is_changed_before_anything_else(world: World) -> None:
    by, at = world.actor("system_admin"), clock.now()
    account = services.open_account(login="xinren", name="示例新人", password=PASSWORD, by=by, at=at)
    services.give_posting(
        account=account,
        role="unit_officer",
        since=clock.today(),
        by=world.actor("security_admin"),
        at=at,
        unit=world.units["unit"],
    )
    client = signed_in("xinren")
    assert client.get(HOME)["Location"] == FIRST
    assert client.post(FIRST, {"new": PASSWORD, "again": PASSWORD}).status_code == 422
    assert client.post(FIRST, {"new": "123456789", "again": "123456789"}).status_code == 422
    assert client.post(FIRST, {"new": OTHER, "again": "anders"}).status_code == 422
    assert client.get(HOME)["Location"] == FIRST
    assert client.post(FIRST, {"new": OTHER, "again": OTHER})["Location"] == HOME
    assert is_in(client)
    assert client.get(FIRST)["Location"] == HOME
    assert is_in(signed_in("xinren", OTHER))


def test_resetting_a_password_ends_sessions_and_asks_for_a_new_one(world: World) -> None:
    before = signed_in("officer")
    account = Account.objects.get(login="officer")
    services.reset_password(
        account=account,
        password=OTHER,
        reason="本人忘记",
        version=account.version,
        by=world.actor("security_admin"),
        at=clock.now(),
    )
    assert not is_in(before)
    assert signed_in("officer", OTHER).get(HOME)["Location"] == FIRST


# What is taken away: how; and whether the person is still somebody afterwards.
def _end_posting(world: World, account: Account) -> None:
    posting = Posting.objects.get(account=account)
    by = world.actor("security_admin")
    services.end_posting(posting=posting, until=clock.today(), by=by, at=clock.now())


def _lock(world: World, account: Account) -> None:
    by = world.actor("security_admin")
    services.lock(account=account, reason="离职", version=account.version, by=by, at=clock.now())


def _reset_password(world: World, account: Account) -> None:
    by, told = (
        world.actor("security_admin"),
        {"password": OTHER, "reason": "遗忘", "version": account.version},
    )
    services.reset_password(account=account, by=by, at=clock.now(), **told)


def _change_password(world: World, account: Account) -> None:
    by = world.actor("officer")
    services.change_password(account=account, old=PASSWORD, new=OTHER, by=by, at=clock.now())


# address and how it is asked: pages, fragments, saving, the API, downloads and exports
CHANNELS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("get", HOME, {}),
    ("get", "/office/self-assessments/new/", {}),
    ("get", "/office/hazards/", {"hx-request": "true"}),
    ("post", "/office/self-assessments/new/", {}),
    ("post", "/office/sheets/1/lines/1.1/", {"hx-request": "true"}),
    ("get", "/office/sheets/1/pulse/", {"accept": "application/json"}),
    ("get", "/office/hazards/export.xlsx", {}),
    ("get", "/office/sheets/1/sheet.pdf", {}),
    ("get", "/api/v1/sheets/1", {}),
)


@pytest.mark.parametrize(
    "taken", [_end_posting, _lock, _reset_password, _change_password], ids=lambda each: each.__name__
)
def test_what_is_taken_away_is_felt_by_the_next_request_on_every_channel(
    world: World, taken: Callable[[World, Account], None]
) -> None:
    client = signed_in("officer")
    before = [getattr(client, method)(path, headers=sent).status_code for method, path, sent in CHANNELS]
    assert all(status in {200, 404, 405, 422} for status in before), before
    taken(world, Account.objects.get(login="officer"))
    after = [getattr(client, method)(path, headers=sent).status_code for method, path, sent in CHANNELS]
    assert all(status in {302, 401, 403} for status in after), after


def test_whoever_sends_something_after_the_session_ended_is_led_back_to_that_page(world: World) -> None:
    client, form = Client(), "http://testserver/office/units/7/facts/?from=list"
    answer = client.post("/office/units/7/facts/", {"address": "x"}, headers={"referer": form})
    words = answer.content.decode()
    assert answer.status_code == 401
    assert "刚才的提交没有办理" in words
    assert "?next=/office/units/7/facts/%3Ffrom%3Dlist" in words
    elsewhere = client.post("/office/units/7/facts/", headers={"referer": "https://example.test/x"})
    assert "?next=/office/" in elsewhere.content.decode()
    assert "example.test" not in elsewhere.content.decode()
    asked = {"hx-request": "true", "hx-current-url": "http://testserver/office/cases/5/"}
    told = client.get(HOME, headers=asked)
    assert told["HX-Redirect"].endswith("?next=/office/cases/5/"), "never to a fragment"
    assert client.post(HOME, headers={"accept": "application/json"}).content == b""
