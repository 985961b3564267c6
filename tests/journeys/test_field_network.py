"""The field page in a browser behind a bad network, killed and opened again: all arrives, once, unaltered."""

import json
import subprocess
import sys
from typing import Any

import pytest

from field.proxy import FAULTS, Proxy
from journeys.luggage import Luggage
from journeys.stage import ROOT, Stage
from journeys.tablets import Tablet

pytestmark = [pytest.mark.browser, pytest.mark.placed]
MANY = 200  # taps on 立即送达 at most: a network that is good again is soon through
SETTLES = 300  # milliseconds


@pytest.fixture
def luggage(stage: Stage, tablet: Tablet) -> Luggage:
    """The reviewer's work, on a tablet that has the page and the visit, and no signal any more."""
    packet = tablet.on().sign_in().enrol().take_along().packet()
    account, now = arrived(stage)["accounts"]["reviewer"], tablet.server_now()
    tablet.offline()
    return Luggage(account, "示例reviewer", packet, now).packed()


def arrived(stage: Stage) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "journeys.arrived"],
        cwd=ROOT, env=stage.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def missing(stage: Stage, luggage: Luggage) -> list[str]:
    """What did not arrive, or not once, or not as it was; in words."""
    told = arrived(stage)
    stored = [uuid for uuid, outcome in told["receipts"] if outcome == "stored"]
    answers = {each["input"]["line"] for each in luggage.acts if "answer" in each["input"]}
    shown = [
        (act["input"]["line"], act["input"]["picture"]) for act in luggage.acts if "picture" in act["input"]
    ]
    images = [each["image"] for each in luggage.acts[-1]["input"]["closing"]["signatures"]]
    expected = {
        "acts": sorted(each["id"] for each in luggage.acts),
        "answers": dict.fromkeys(answers, 1),
        "pictures": sorted([line, sha, sha] for line, sha in shown),
        "signatures": [[sha, sha] for sha in images],
    }
    found = {
        "acts": sorted(stored),
        "answers": told["answers"],
        "pictures": sorted(told["pictures"]),
        "signatures": [each[1:] for each in told["signatures"]],
    }
    return [
        f"{name}: {found[name]} for {expected[name]}" for name in expected if found[name] != expected[name]
    ]


def through(tablet: Tablet, proxy: Proxy, until: int = 0) -> None:
    """Taps 立即送达 until so many faults at most are still to come; with none, until all is delivered."""
    for _ in range(MANY):
        tablet.page.wait_for_timeout(SETTLES)
        done = len(proxy.faults) <= until
        if done and (until or "已送达" in tablet.page.locator(".bar-state").inner_text()):
            return
        tablet.tap("立即送达")
    shown = tablet.page.locator("main").inner_text()
    raise AssertionError(f"stuck: {list(proxy.faults)}; {proxy.befell}; {proxy.passed[-12:]}; {shown}")


def reopened(tablet: Tablet) -> None:
    """After a kill, with the session forgotten: the PIN opens, and a sign-in lets it deliver."""
    tablet.on(offline=True)
    tablet.person.context.clear_cookies(name="sessionid")
    tablet.offline(gone=False)
    tablet.sign_in_again()
    tablet.tab("回执")


@pytest.mark.obligation("Q4-words-images", "Q4-both-sign", "Q4-item-by-item")
def test_everything_arrives_once_whatever_the_network_and_the_battery_do(
    tablet: Tablet, proxy: Proxy, luggage: Luggage, stage: Stage
) -> None:
    tablet.import_file(luggage.file())
    held = f"本机保存 {len(luggage.acts)} 项"
    tablet.bar(held)
    tablet.kill()
    tablet.on(offline=True).unlock()
    tablet.bar(held)
    tablet.tab("回执")
    tablet.look("off-line")
    proxy.next("GET", "/field/session", "portal", "redirect", "502")
    for method, path in (("PUT", "/field/pictures/"), ("POST", "/field/acts")):
        proxy.next(method, path, *FAULTS)
    tablet.kill()
    reopened(tablet)
    through(tablet, proxy, until=9)
    tablet.look("half-way")
    tablet.kill()
    reopened(tablet)
    through(tablet, proxy)
    tablet.look("delivered")
    assert {each[2] for each in proxy.befell} == set(FAULTS)
    assert ("GET", "/portal") not in proxy.passed, "a redirect was followed"
    assert missing(stage, luggage) == []
    assert arrived(stage)["sheets"] == ["closed"]


def test_a_page_that_took_a_portal_for_the_server_would_be_found(
    tablet: Tablet, proxy: Proxy, luggage: Luggage, stage: Stage
) -> None:
    """The net is cut: somebody forges the envelope, the page believes it, and the check sees what is lost.
    (Asked whether it knows the acts, somebody lies again; an honest server would have got them after all.)"""
    tablet.import_file(luggage.file())
    proxy.next("POST", "/field/acts", "liar")
    proxy.next("POST", "/field/known", *["liar"] * MANY)
    tablet.offline(gone=False)
    tablet.bar("已送达")
    assert [each.partition(":")[0] for each in missing(stage, luggage)] == [
        "acts", "answers", "pictures", "signatures",
    ]  # fmt: skip
