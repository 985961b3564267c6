"""A colleague's tablet breaks for good after it handed its elements over: the leader says so."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys.attaining import onsite
from journeys.conftest import Casting
from journeys.fieldwork.pad import Pad
from journeys.stage import Stage
from journeys.test_fieldwork import handed

pytestmark = [pytest.mark.browser, pytest.mark.placed]
SIGNERS = ("示例reviewer", "示例second", "示例officer")
REASON = "平板落入水池，不能开机，已当场查看。"


@pytest.mark.obligation("Q4-both-sign")
def test_what_a_broken_tablet_never_delivered_is_recorded_anew_and_signed_again(
    cast: Casting, stage: Stage, tmp_path: Path
) -> None:
    stage.move_clock(onsite.OPENED)
    leader, mate = (Pad(cast(who, "phone")).enrol().take_along().off_line() for who in ("reviewer", "second"))
    for element in ("1", "-"):
        scored(leader, element)
    lines = scored(mate, "2")
    handed(leader, mate, tmp_path)
    mate.person.context.close()
    signed(leader)
    leader.on_line()
    leader.visit().to("closing")
    declared(leader, len(lines))
    leader.page.evaluate("location.hash = '#/receipts'")
    leader.tap("立即送达")
    expect(leader.page.locator(".bar-state")).to_have_text("1 项要看")
    leader.visit().to("closing")
    expect(leader.page.get_by_text("已签字，但与服务器上的内容不一致，没有关闭")).to_be_visible()
    leader.look("not-matching")
    leader.tap("取服务器上的内容，重新签字")
    signed(leader)
    expect(leader.page.get_by_text("评分表已关闭，签字与服务器上的内容一致")).to_be_visible()
    leader.look("closed")
    anew(leader, lines[0])
    told(cast)


def scored(pad: Pad, element: str) -> list[str]:
    lines = pad.visit().lines("all", element)
    for line in lines:
        pad.conforms(line, "现场查看，符合要求。", "teal")
    return lines


def signed(pad: Pad) -> None:
    pad.to("closing")
    pad.everybody()
    pad.closes(*SIGNERS)
    expect(pad.page.get_by_role("button", name="双方已签字，关闭评分表")).to_have_count(0)


def declared(leader: Pad, lines: int) -> None:
    """What is waited for, of whom, since when; nothing is declared without a reason."""
    acts = 3 * lines  # a verdict, words, a picture
    waits = leader.page.locator(".awaited")
    expect(waits).to_contain_text(f"示例second的设备：{acts} 项")
    expect(waits).to_contain_text("签字起等待")
    leader.look("awaited")
    leader.tap("这台设备送不出来了")
    expect(leader.page.get_by_label(f"{lines} 条评分、{lines} 张图片由我重新记录")).to_be_checked()
    leader.look("declaring")
    leader.tap("声明，不再等")
    expect(leader.page.get_by_text("请写明设备的情况。")).to_be_visible()
    leader.page.get_by_label("设备的情况").fill(REASON)
    leader.tap("声明，不再等")
    expect(leader.page.get_by_text(f"已声明示例second的设备已坏，不再等 {acts} 项")).to_be_visible()
    expect(waits).to_have_count(0)
    leader.look("declared")


def anew(leader: Pad, line: str) -> None:
    """In the leader's name, with the picture that came over."""
    leader.item(line)
    expect(leader.page.locator(".thumbs > li")).to_have_count(1)
    leader.page.get_by_text("这一项的记录").click()
    trail = leader.page.locator("main .trail")
    expect(trail).to_contain_text("示例reviewer")
    expect(trail).not_to_contain_text("示例second")


def told(cast: Casting) -> None:
    """The organizing unit sees who said so, and why."""
    page = cast("organizer").page
    page.goto(f"{cast('organizer').stage.url}/office/contests/?show=all")
    page.get_by_role("link", name="示例second的设备已坏").click()
    expect(page.locator("main")).to_contain_text(REASON)
    cast("organizer").look("office")
