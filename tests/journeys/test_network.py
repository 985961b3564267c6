"""The network goes, the page is reloaded, the session ends: nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import Casting
from journeys.enterprise import Firm

pytestmark = [pytest.mark.browser, pytest.mark.regulated]
WORDS = "三处规程没有发放到岗位。"


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_is_typed_off_line_is_saved_when_the_network_is_back(cast: Casting, screen: str) -> None:
    officer = cast("officer", screen)
    firm = Firm(officer)
    sheet = firm.sheet(firm.start())
    state = officer.page.locator("[data-save-state]")
    with officer.offline():
        sheet.pane.locator("label.verdict-conforms").click()
        sheet.says(WORDS)
        expect(state).to_contain_text("已记在本机")
        expect(state).to_have_attribute("data-state", "off")
        officer.look("off-line", whole=False)
        assert sheet.answers() == 0
    sheet.saved("1.1.1", "conforms")
    officer.look("on-line-again", whole=False)
    officer.page.reload()
    sheet.open("1.1.1")
    expect(sheet.pane.get_by_label("现场情况")).to_have_value(WORDS)


def test_what_is_typed_off_line_outlives_a_reload(cast: Casting) -> None:
    officer = cast("officer")
    firm = Firm(officer)
    sheet = firm.sheet(firm.start())
    address = officer.page.url
    officer.page.on("dialog", lambda dialog: dialog.accept())
    with officer.offline():
        sheet.pane.locator("label.verdict-conforms").click()
        sheet.says(WORDS)
        expect(officer.page.locator("[data-save-state]")).to_have_attribute("data-state", "off")
        officer.page.goto("about:blank")
    officer.page.goto(address)
    sheet.saved("1.1.1", "conforms")
    sheet.open("1.1.1")
    expect(sheet.pane.get_by_label("现场情况")).to_have_value(WORDS)


def test_a_reload_in_the_middle_of_a_sentence_brings_it_back(cast: Casting) -> None:
    officer = cast("officer")
    firm = Firm(officer)
    sheet = firm.sheet(firm.start())
    words = sheet.pane.get_by_label("现场情况")
    words.press_sequentially("检查了三个车间，")
    officer.page.reload()
    expect(words).to_have_value("检查了三个车间，")
    expect(officer.page.locator("[data-hint]")).to_contain_text(re.compile("已恢复|已记在本机"))
    officer.look("restored", whole=False)
    words.press("End")
    words.press_sequentially("没有发现问题。")
    sheet.pane.locator("label.verdict-conforms").click()
    sheet.saved("1.1.1", "conforms")


def test_an_answer_typed_after_the_session_ended_is_kept_and_sent(cast: Casting) -> None:
    officer = cast("officer")
    firm = Firm(officer)
    sheet = firm.sheet(firm.start())
    kept = [each for each in officer.context.cookies() if each["name"] == "sessionid"]
    officer.context.clear_cookies(name="sessionid")
    sheet.pane.locator("label.verdict-conforms").click()
    sheet.says(WORDS)
    expect(officer.page.locator("[data-save-state]")).to_contain_text("登录已过期，内容已记在本机")
    officer.look("signed-out", whole=False)
    officer.context.add_cookies(kept)
    sheet.saved("1.1.1", "conforms")
