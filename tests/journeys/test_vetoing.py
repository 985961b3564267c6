"""A veto published today holds in the rulebook of every sheet opened after it, and in none opened before."""

import pytest
from playwright.sync_api import expect

from journeys.conftest import Casting
from journeys.enterprise import Firm
from journeys.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.regulated]
TEXT = "可燃性粉尘作业场所除尘系统停用仍在作业"
ITEM, RULE = "3.2.4", "2"
WORDS = "除尘系统停机检修，打磨工位仍在作业。"


@pytest.mark.obligation("U2-dynamic-veto")
def test_a_veto_of_today_holds_for_sheets_opened_after_it(cast: Casting) -> None:
    officer, stranger, official = cast("officer"), cast("stranger_officer"), cast("industry_city")
    before = Firm(officer).sheet(Firm(officer).start())
    add_veto(official)
    after = Firm(stranger).sheet(Firm(stranger).start())
    before.page.reload()
    before.deduct(ITEM, RULE, words=WORDS)
    after.deduct(ITEM, RULE, words=WORDS, state="vetoed")
    expect(before.pane.get_by_text("否决规定")).to_have_count(0)
    expect(before.page.locator("[data-score]")).not_to_contain_text("否决")
    expect(after.pane.get_by_text("否决规定")).to_be_visible()
    expect(after.page.locator("[data-score]")).to_contain_text("触及否决 1 项")
    stranger.look("vetoed")


def add_veto(official: Person) -> None:
    page = official.page
    official.goto("/office/standards/")
    page.get_by_role("link", name="示例评定标准").first.click()
    page.get_by_role("link", name="2026版").click()
    page.goto(f"{page.url.split('?')[0]}?item={ITEM}")
    page.get_by_role("link", name="列为达标否决项").click()
    page.get_by_label("否决情形").fill(TEXT)
    page.get_by_label("法律依据").fill("《工贸企业粉尘防爆安全规定》第十五条")
    official.look("veto")
    page.get_by_role("button", name="增加否决项").click()
    expect(page.get_by_text(TEXT).first).to_be_visible()
    official.look("vetoes")
