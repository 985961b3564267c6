"""What two devices say differently is shown with both sides, decided by a person, and signed again."""

import re

import pytest
from playwright.sync_api import expect

from journeys.attaining import onsite
from journeys.conftest import Casting
from journeys.fieldwork.pad import Pad
from journeys.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.begun]
SIGNERS = ("示例reviewer", "示例second", "示例principal")
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  window.roomAgain = () => { IDBObjectStore.prototype.put = put; };
  IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
}"""


@pytest.fixture
def pads(cast: Casting, stage: Stage) -> tuple[Pad, Pad]:
    """Leader and colleague, everything answered and taken along."""
    stage.move_clock(onsite.OPENED)
    leader, mate = (Pad(cast(who, "phone")).enrol().take_along() for who in ("reviewer", "second"))
    return leader, mate


@pytest.mark.obligation("Q4-both-sign")
def test_signatures_over_something_else_than_the_server_has_are_asked_again(pads: tuple[Pad, Pad]) -> None:
    leader, mate = pads
    leader.off_line().visit().to("closing")
    mate.visit().deduct("1.1.2", "未落实的", "第二组没有落实。")
    mate.delivered()
    closed(leader)
    leader.on_line()
    leader.visit().to("closing")
    expect(leader.page.get_by_text("已签字，但与服务器上的内容不一致，没有关闭")).to_be_visible()
    expect(leader.page.get_by_text("不一致的要素：1 基础管理")).to_be_visible()
    leader.look("apart")
    leader.tap("取服务器上的内容，重新签字")
    expect(leader.page.get_by_text("第二组没有落实。").first).to_be_visible()
    closed(leader)
    expect(leader.page.get_by_text("评分表已关闭，签字与服务器上的内容一致")).to_be_visible()
    leader.to("item", "1.1.2")
    expect(leader.page.get_by_text("已签字关闭，内容不能再改。")).to_be_visible()


def closed(pad: Pad) -> None:
    pad.everybody()
    pad.closes(*SIGNERS)
    expect(pad.page.get_by_role("button", name="双方已签字，关闭评分表")).to_have_count(0)


@pytest.mark.obligation("Q4-item-by-item")
def test_an_item_both_wrote_on_shows_both_sides_and_a_person_decides(pads: tuple[Pad, Pad]) -> None:
    leader, mate = pads
    leader.off_line().visit().deduct("1.1.2", "未落实的", "制度没有落实。")
    mate.visit().item("1.1.2")
    mate.says("已落实，有记录。")
    mate.delivered()
    leader.on_line()
    expect(leader.page.locator(".bar-state")).to_have_text(re.compile("2 项要看"))
    leader.visit()
    leader.page.get_by_role("link", name="去处理").click()
    leader.look("to-decide")
    leader.page.locator("a.line").click()
    sides = leader.page.locator(".sides")
    expect(sides).to_contain_text("制度没有落实。")
    expect(sides).to_contain_text("已落实，有记录。")
    leader.look("both-sides")
    leader.tap("改用我的")
    leader.kept("已送达")
    expect(leader.page.locator(".dispute")).to_have_count(0)


def test_a_tap_that_could_not_be_kept_is_not_answered_and_the_person_is_told(pads: tuple[Pad, Pad]) -> None:
    leader, _ = pads
    leader.off_line().visit().item("1.1.2")
    leader.page.evaluate(FULL)
    leader.tap("不涉及")
    expect(leader.page.get_by_text("本机存储空间已满，这一项没有存下")).to_be_visible()
    expect(leader.page.get_by_role("button", name="不涉及")).to_have_attribute("aria-pressed", "false")
    leader.look("full")
    leader.page.evaluate("roomAgain()")
    leader.tap("不涉及")
    leader.kept()


def test_an_item_is_answered_and_left_by_keys_alone(pads: tuple[Pad, Pad]) -> None:
    leader, _ = pads
    leader.visit().item("1.1.2")
    keys = leader.page.keyboard
    tabbed(leader, "选用：未落实的，扣5分")
    keys.press("Enter")
    leader.kept("已送达")
    tabbed(leader, "符合")
    keys.press("3")
    expect(leader.page.get_by_label("不涉及的理由")).to_be_visible()
    leader.kept("已送达")
    tabbed(leader, "下一项")
    keys.press("Enter")
    expect(leader.page.locator("[data-line]")).to_have_attribute("data-line", "1.2.1")


def tabbed(pad: Pad, name: str) -> None:
    """To what is so named, by the key that everybody knows."""
    here = "() => (document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"
    for _ in range(40):
        if pad.page.evaluate(here) == name:
            return
        pad.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {name}")
