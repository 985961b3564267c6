"""The field page's door: PIN, lock, two people on one tablet, another window, a wipe, a new version."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from field.proxy import Proxy
from journeys.stage import Stage
from journeys.tablets import PIN, Tablet
from journeys.test_field_network import arrived

pytestmark = [pytest.mark.browser, pytest.mark.placed]
OTHER_PIN = "802467"
WRONG = "111222"


@pytest.fixture(params=["phone", "tablet-dark"])
def screen(request: Any) -> str:
    return str(request.param)


def test_the_first_time_needs_the_network_and_every_other_time_does_not(tablet: Tablet, screen: str) -> None:
    tablet.on().sign_in()
    tablet.page.get_by_role("button", name="在本机开始使用").wait_for()
    tablet.look("first-time")
    tablet.tap("在本机开始使用")
    tablet.page.get_by_label("口令", exact=True).fill("123456")
    tablet.page.get_by_label("再填一次").fill("123456")
    tablet.tap("设好，开始使用")
    expect(tablet.page.get_by_role("alert")).to_contain_text("容易猜")
    tablet.look("weak-pin")
    tablet.begin()
    tablet.bar("已送达")
    tablet.look("visits")
    tablet.take_along().look("taken-along")
    for name in ("回执", "本机"):
        tablet.tab(name)
        expect(tablet.page.get_by_role("heading", level=1)).to_have_text(name)
        tablet.look(name)
    tablet.offline()
    tablet.page.reload()
    tablet.look("locked")
    tablet.unlock()
    tablet.bar("没有信号")
    tablet.tab("现场")
    expect(tablet.page.get_by_role("link", name=re.compile("^打开"))).to_be_visible()
    tablet.look("off-line")


def test_wrong_pins_wait_longer_and_the_right_one_opens(tablet: Tablet) -> None:
    tablet.on().sign_in().enrol()
    tablet.tap("锁定")
    expect(tablet.page.get_by_text("锁定期间不送达")).to_be_visible()
    for _ in range(4):
        tablet.unlock(WRONG)
        expect(tablet.page.get_by_role("alert")).to_contain_text("请再填一次")
    tablet.unlock(WRONG)
    expect(tablet.page.get_by_role("alert")).to_contain_text(re.compile(r"请 \d+ 秒后再试"))
    tablet.look("waits")
    tablet.unlock()
    expect(tablet.page.get_by_role("alert")).to_contain_text("秒后再试")
    tablet.page.clock.set_system_time(tablet.page.evaluate("Date.now() + 31000"))
    tablet.unlock()
    tablet.bar("已送达")


def test_the_pin_is_changed_and_the_page_locks_itself(tablet: Tablet) -> None:
    tablet.on().sign_in().enrol()
    tablet.tab("本机")
    tablet.page.locator("summary", has_text="改口令").click()
    tablet.page.get_by_label("原口令").fill(PIN)
    tablet.page.get_by_label("新口令", exact=True).fill(OTHER_PIN)
    tablet.page.get_by_label("新口令再填一次").fill(OTHER_PIN)
    tablet.page.locator("form").get_by_role("button", name="改口令").click()
    expect(tablet.page.locator(".says")).to_contain_text("口令已改")
    tablet.page.clock.install()
    tablet.tap("锁定")
    tablet.unlock()
    expect(tablet.page.get_by_role("alert")).to_contain_text("口令不对")
    tablet.unlock(OTHER_PIN)
    tablet.bar("已送达")
    tablet.page.clock.fast_forward("15:30")
    expect(tablet.page.get_by_text("锁定期间不送达")).to_be_visible()


def test_two_people_on_one_tablet_see_nothing_of_each_other(tablet: Tablet, stage: Stage) -> None:
    tablet.on().sign_in().enrol().take_along()
    tablet.tap("锁定")
    tablet.tap("不是我")
    tablet.look("one-known")
    tablet.tap("换人登录")
    tablet.person.name = "second"
    tablet.sign_in()
    tablet.tap("不是我")
    tablet.enrol(OTHER_PIN)
    expect(tablet.page.get_by_text("还没带上")).to_be_visible()
    tablet.tap("锁定")
    tablet.tap("不是我")
    expect(tablet.page.locator(".who-one")).to_have_count(2)
    tablet.look("two-known")
    tablet.page.locator(".who-one", has_text="示例reviewer").click()
    tablet.unlock(OTHER_PIN)
    expect(tablet.page.get_by_role("alert")).to_contain_text("口令不对")
    tablet.unlock()
    tablet.bar("登录的是别人")
    expect(tablet.page.locator(".badge-good", has_text="已带上")).to_be_visible()
    tablet.tab("回执")
    expect(tablet.page.get_by_role("main")).to_contain_text("只能由您本人登录后送达")
    tablet.look("somebody-else")
    tablet.person.name = "reviewer"
    tablet.tap("换成我登录")
    tablet.sign_in()
    tablet.page.locator(".who-one", has_text="示例reviewer").click()
    tablet.unlock()
    tablet.bar("已送达")
    assert len(arrived(stage)["devices"]) == 2


def test_a_second_window_is_told(tablet: Tablet) -> None:
    tablet.on().sign_in().enrol()
    other = tablet.person.context.new_page()
    other.goto(f"{tablet.stage.url}/field/")
    other.get_by_label("口令", exact=True).fill(PIN)
    other.get_by_role("button", name="打开").click()
    expect(other.get_by_role("alert")).to_contain_text("另一个窗口")
    tablet.tap("锁定")
    other.get_by_label("口令", exact=True).fill(PIN)
    other.get_by_role("button", name="打开").click()
    expect(other.locator(".bar-state")).to_contain_text("已送达")


def test_a_device_that_is_to_be_wiped_is_wiped_at_its_next_contact(tablet: Tablet, stage: Stage) -> None:
    tablet.on().sign_in().enrol()
    tablet.tap("锁定")
    [[uuid, wiped]] = arrived(stage)["devices"]
    assert not wiped
    asked = tablet.page.evaluate(
        """async (device) => {
          const { csrf } = await (await fetch('/field/session')).json();
          const headers = { 'X-CSRFToken': csrf, 'Content-Type': 'application/json' };
          const body = JSON.stringify({ device });
          return (await fetch('/field/wipe', { method: 'POST', headers, body })).status;
        }""",
        uuid,
    )
    assert asked == 200
    tablet.unlock()
    expect(tablet.page.get_by_text("本机内容已按要求清除")).to_be_visible()
    tablet.look("wiped")
    assert arrived(stage)["devices"] == [[uuid, True]]
    assert tablet.page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_a_new_version_is_used_when_a_person_says_so(tablet: Tablet, proxy: Proxy) -> None:
    tablet.on().sign_in().enrol()
    version = tablet.page.evaluate("document.documentElement.dataset.version").encode()
    proxy.changes["/field/worker.js"] = lambda body: body.replace(version, b"another")
    tablet.tab("本机")
    expect(tablet.page.get_by_role("button", name="有新版本，点此换用")).to_be_visible()
    tablet.look("new-version")
    tablet.tap("有新版本，点此换用")
    tablet.unlock()
    expect(tablet.page.get_by_role("button", name="有新版本，点此换用")).to_have_count(0)
    assert tablet.page.evaluate("caches.keys()") == ["dabiao-field-shell-another"]


def test_a_portal_in_the_place_of_the_page_is_not_kept(tablet: Tablet, proxy: Proxy) -> None:
    """The worker's first look at the page's files falls into a wireless portal: it is not kept, and the
    page starts without a signal only once its files were the right ones."""
    proxy.changes["/field/worker.js"] = lambda body: proxy.next("GET", "/field/$", "portal") or body
    tablet.on().sign_in()
    tablet.page.get_by_role("button", name="在本机开始使用").wait_for()
    for _ in range(100):
        if ("GET", "/field/", "portal") in proxy.befell:
            break
        tablet.page.wait_for_timeout(100)
    assert ("GET", "/field/", "portal") in proxy.befell
    tablet.page.wait_for_function("navigator.serviceWorker.getRegistration().then(found => !found)")
    assert tablet.page.evaluate("caches.keys()") == []
    proxy.changes.clear()
    tablet.page.reload()
    tablet.enrol()
