"""What lies on a device: taken to another as a file, lost with its PIN, refused, or short of room."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from field.device import CONFORMS, deducted
from journeys.fieldwork.pad import Pad
from journeys.luggage import Luggage
from journeys.stage import Stage
from journeys.tablets import PIN, Tablet
from journeys.test_field_network import arrived

pytestmark = [pytest.mark.browser, pytest.mark.placed]
OTHER_PIN = "802467"
WORDS = "2号机护罩缺失，已拍照。"
# What a browser says where less is left than a visit may need. (Chromium says 10 GiB of any disk.)
SHORT = "navigator.storage.estimate = async () => ({ quota: 60e6, usage: 10e6 })"


def recorded(tablet: Tablet) -> bytes:
    """One item with words and a picture, without a signal; gives the picture's bytes."""
    tablet.on().sign_in().enrol().take_along().offline()
    pad = Pad(tablet.person).visit()
    pad.conforms("1.1.1", WORDS)
    return bytes(pad.picture("1.1.1", "teal")["buffer"])


def home(tablet: Tablet) -> None:
    tablet.page.evaluate("location.hash = '#/'")


def open_to_all(tablet: Tablet) -> dict[str, list[set[str]]]:
    """What lies on the device without a lock: who has something here and how much, nothing of what it is."""
    kept = tablet.page.evaluate("({...localStorage})")
    return {name: [set(each) for each in json.loads(told)] for name, told in kept.items()}


@pytest.mark.obligation("Q4-words-images")
def test_a_file_takes_everything_to_another_device_and_nothing_is_doubled(
    tablet: Tablet, stage: Stage, tmp_path: Path
) -> None:
    picture = recorded(tablet)
    Pad(tablet.person).mark()
    home(tablet)
    content = tablet.export_file()
    tablet.look("exported")
    told = json.loads(content)
    sha = hashlib.sha256(picture).hexdigest()
    packed = {name: base64.b64decode(each) for name, each in told["pictures"].items()}
    assert packed[sha] == picture
    assert [hashlib.sha256(each).hexdigest() for each in packed.values()] == list(packed)
    shown = [each["act"]["input"] for each in told["acts"] if "picture" in each["act"]["input"]]
    assert [(each["source"], each.get("marked")) for each in shown] == [("camera", None), ("camera", sha)]
    ids = [each["act"]["id"] for each in told["acts"]]
    tablet.off()
    other = replace(tablet, folder=tmp_path / "other")
    other.on().sign_in().enrol(OTHER_PIN).import_file(content)
    expect(other.page.locator(".says")).to_contain_text(f"已导入 {len(ids)} 项")
    other.look("imported")
    other.bar("已送达")
    other.off()
    tablet.on().sign_in_again().bar("已送达")
    found = arrived(stage)
    assert [uuid for uuid, outcome in found["receipts"] if outcome == "stored"] == ids
    assert len(found["receipts"]) == len(ids)
    assert sorted(found["pictures"]) == sorted(["1.1.1", each["picture"], each["picture"]] for each in shown)


def test_with_a_forgotten_pin_what_is_lost_is_said_and_the_way_back(tablet: Tablet) -> None:
    recorded(tablet)
    tablet.tap("锁定")
    tablet.page.reload()
    assert open_to_all(tablet) == {"dabiao.field.people": [{"account", "name", "left"}]}
    tablet.tap("忘记口令")
    expect(tablet.page.get_by_text("须由示例reviewer本人联网登录后再来这里")).to_be_visible()
    tablet.look("stranger")
    tablet.offline(gone=False)
    expect(tablet.page.get_by_text("项没有送达，清除后找不回来")).to_be_visible()
    tablet.look("owner")
    name = tablet.page.get_by_label(re.compile("要清除，请填写您的姓名"))
    name.fill("示例second")
    tablet.tap("清除本机内容")
    expect(tablet.page.get_by_role("alert")).to_contain_text("姓名不一致，没有清除")
    name.fill("示例reviewer")
    tablet.tap("清除本机内容")
    tablet.begin(OTHER_PIN)
    tablet.bar("已送达")
    expect(tablet.page.get_by_text("还没带上")).to_be_visible()
    tablet.tap("锁定")
    tablet.unlock(PIN)
    expect(tablet.page.get_by_role("alert")).to_contain_text("口令不对")


@pytest.mark.obligation("Q4-item-by-item")
def test_what_was_refused_or_in_conflict_says_why_and_shows_both_sides(tablet: Tablet, stage: Stage) -> None:
    packet = tablet.on().sign_in().enrol().take_along().packet()
    account = arrived(stage)["accounts"]["reviewer"]
    luggage = Luggage(account, "示例reviewer", packet, tablet.server_now())
    theirs, mine = {**CONFORMS, "words": "制度已落实。"}, {**deducted("1"), "words": WORDS}
    luggage.answered("1.1.2", theirs).answered("1.1.2", mine).answered("9.9.9", CONFORMS)
    tablet.import_file(luggage.file())
    tablet.bar("2 项要看")
    tablet.tab("回执")
    refused = tablet.page.locator(".look", has_text="没有接收")
    expect(refused).to_contain_text("9.9.9 评分")
    expect(refused).to_contain_text(re.compile("系统没有接收：.+请改好后重新记一次"))
    conflict = tablet.page.locator(".look", has_text="与系统不一致")
    expect(conflict).to_contain_text(f"您记的：扣分：{WORDS}")
    expect(conflict).to_contain_text("系统里：符合：制度已落实。（示例reviewer）")
    tablet.look("to-look-at")
    expect(conflict.get_by_role("link", name="打开这一条")).to_have_attribute(
        "href", re.compile("/item/1.1.2$")
    )
    for each in (refused, conflict):
        each.get_by_role("button", name="知道了").click()
        expect(each).to_have_count(0)
    tablet.bar("已送达")
    tablet.look("looked-at")


def test_whether_the_browser_keeps_it_and_whether_there_is_room_is_said(tablet: Tablet) -> None:
    tablet.on().sign_in().enrol().tab("本机")
    refusal = tablet.page.get_by_text("空间很紧张时，它可能清除本机内容")
    expect(refusal).to_be_visible()
    expect(tablet.page.get_by_text("够 1 次现场用")).to_be_visible()
    tablet.tap("请浏览器长期保留")
    expect(tablet.page.locator(".says")).to_contain_text("浏览器没有答应")
    tablet.look("not-persistent")
    origin = tablet.stage.url
    browser = tablet.person.context.new_cdp_session(tablet.page)
    browser.send("Browser.grantPermissions", {"origin": origin, "permissions": ["durableStorage"]})
    tablet.tap("请浏览器长期保留")
    expect(tablet.page.get_by_text("浏览器已答应长期保留本机内容")).to_be_visible()
    expect(refusal).to_have_count(0)
    tablet.page.evaluate(SHORT)
    for name in ("现场", "本机"):
        tablet.tab(name)
        expect(
            tablet.page.get_by_text(re.compile(r"可用空间 50.0 MB，1 次现场大约要 99.0 MB"))
        ).to_be_visible()
        tablet.look(f"short-of-room-{name}")
