"""A sheet is filled without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Casting
from journeys.enterprise import Firm
from journeys.sheets import Sheet

pytestmark = [pytest.mark.browser, pytest.mark.regulated]
ITEMS = 12


def test_items_are_answered_by_keys_alone(cast: Casting) -> None:
    officer = cast("officer")
    firm = Firm(officer)
    sheet = firm.sheet(firm.start())
    keys = officer.page.keyboard
    for place, line in enumerate(sheet.lines()[:ITEMS]):
        expect(sheet.pane).to_have_attribute("data-line", line)
        {3: deduct, 7: leave_out}.get(place, conform)(sheet, line)
        keys.press("n")
    officer.look("twelve-answered")
    assert sheet.answers() == ITEMS
    keys.press("k")
    expect(sheet.pane).to_have_attribute("data-line", sheet.lines()[ITEMS - 1])
    keys.press("?")
    expect(officer.page.locator("dialog[open]")).to_contain_text("下一个未")
    officer.look("list-of-keys", whole=False)
    keys.press("Escape")
    keys.press("m")
    expect(officer.page.locator("#panel-body")).to_contain_text("处没有完成")


def conform(sheet: Sheet, line: str) -> None:
    sheet.page.keyboard.press("1")
    sheet.saved(line, "conforms")


def deduct(sheet: Sheet, line: str) -> None:
    """Verdict, then the second rule counted twice, then words."""
    page = sheet.page
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    tab_to(page, "button[data-tap]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("w")
    page.keyboard.type("两项法规没有转化为制度。")
    focus_is_seen(page)
    page.keyboard.press("Escape")
    sheet.saved(line, "deducted")
    expect(sheet.pane.locator("[data-outcome]")).to_contain_text("扣 2 分")


def leave_out(sheet: Sheet, line: str) -> None:
    """3 goes to the reason, which is typed at once."""
    sheet.page.keyboard.press("3")
    sheet.page.keyboard.type("本单位今年没有新员工")
    sheet.page.keyboard.press("Escape")
    sheet.saved(line, "na")


def tab_to(page: Page, selector: str) -> None:
    """By Tab, and not by many."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab does not reach {selector}")


def focus_is_seen(page: Page) -> None:
    """What has the focus shows it: an outline, a shadow or a border of another colour."""
    seen = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"
    )
    assert seen
