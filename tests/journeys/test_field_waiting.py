"""Nobody answers at the door, or the system is being maintained: the page says so, and goes on by itself."""

import re

import pytest
from playwright.sync_api import expect

from field.proxy import Proxy
from journeys.stage import Stage
from journeys.tablets import Tablet

pytestmark = [pytest.mark.browser, pytest.mark.placed]
SESSION = ("GET", "/field/session$")
FEW = 2
FOR_LONG = 12  # portals: the pauses between so many are longer than anybody waits


def begins(tablet: Tablet) -> None:
    expect(tablet.page.get_by_role("button", name="在本机开始使用")).to_be_visible()


def met(proxy: Proxy) -> int:
    return sum(path == "/field/session" for _, path, _ in proxy.befell)


def test_a_portal_at_the_door_is_named_and_left_behind_without_a_hand(tablet: Tablet, proxy: Proxy) -> None:
    proxy.next(*SESSION, *["portal"] * FEW)
    tablet.on().sign_in()
    expect(tablet.page.get_by_text("现在连的网络没有通到系统")).to_be_visible()
    begins(tablet)
    assert met(proxy) == FEW


@pytest.mark.parametrize("screen", ["phone", "tablet-dark"])
def test_a_tap_or_the_signal_coming_back_asks_at_once(tablet: Tablet, proxy: Proxy, screen: str) -> None:
    proxy.next(*SESSION, *["portal"] * FOR_LONG)
    tablet.on().sign_in()
    tablet.page.get_by_role("button", name="重试").wait_for()
    tablet.look("portal")
    tablet.page.clock.install()  # nothing comes by itself any more
    tablet.page.wait_for_load_state("networkidle")  # but what was asked just before
    for asks in (
        lambda: tablet.tap("重试"),
        lambda: tablet.page.evaluate("dispatchEvent(new Event('online'))"),
        lambda: tablet.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))"),
    ):
        before = met(proxy)
        with tablet.page.expect_response(re.compile("/field/session$")):
            asks()
        assert met(proxy) == before + 1
    proxy.faults.clear()
    tablet.tap("重试")
    begins(tablet)


def test_maintenance_is_called_by_its_name_at_the_door(tablet: Tablet, stage: Stage) -> None:
    tablet.on().sign_in().enrol()
    stage.dabiao("maintenance", "on", "--minutes", "20")
    tablet.tap("锁定")
    tablet.tap("不是我")
    expect(tablet.page.get_by_text("系统维护中，预计")).to_be_visible()
    expect(tablet.page.get_by_text("没有连上")).to_have_count(0)
    tablet.look("maintenance")
    tablet.unlock_as("示例reviewer")
    tablet.bar("系统维护中")
    tablet.tap("带上")
    expect(tablet.page.locator(".says")).to_contain_text("系统维护中，预计")
    tablet.look("maintained-inside")
    stage.dabiao("maintenance", "off")
    tablet.tap("锁定")
    tablet.tap("不是我")
    expect(tablet.page.get_by_text("现在登录的是示例reviewer")).to_be_visible()
