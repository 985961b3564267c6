"""What a self-assessment finds is put right and confirmed by somebody else; next year asks little."""

from datetime import date

import pytest
from playwright.sync_api import expect

from journeys.conftest import Casting
from journeys.enterprise import Firm
from journeys.people import Person
from journeys.sheets import Sheet, photograph

pytestmark = [pytest.mark.browser, pytest.mark.regulated]
FAULT = "3.1.1"
WORDS = "两台钻床旋转部位没有防护罩。"
POSTED_OUT, NEXT_YEAR = date(2026, 3, 17), date(2026, 11, 2)
FEW_CLICKS = 20
COUNTING = """addEventListener('click', (event) => {
  if (event.isTrusted) sessionStorage.clicks = String(Number(sessionStorage.clicks ?? 0) + 1);
}, true);"""


@pytest.mark.obligation("U19-root-cause", "U13-less-typing")
def test_findings_are_put_right_and_next_year_asks_little(cast: Casting) -> None:
    officer, principal = cast("officer"), cast("principal")
    handed_in(officer)
    put_right(officer, principal)
    officer.stage.move_clock(NEXT_YEAR)
    once_more(officer)


def handed_in(officer: Person) -> None:
    firm = Firm(officer)
    address = firm.start()
    sheet = firm.sheet(address)
    sheet.conforms_throughout(but=frozenset({FAULT}))
    sheet.deduct(FAULT, "1", count=2, words=WORDS)
    firm.sign(address, "机械防护有不足。")
    firm.post(address, "厂区公告栏")
    officer.stage.move_clock(POSTED_OUT)
    firm.hand_in(address)


def put_right(officer: Person, principal: Person) -> None:
    """Cause, measures and evidence by one; the closing by another, and not by the same."""
    firm, page = Firm(officer), officer.page
    officer.goto("/office/hazards/")
    officer.look("hazards")
    page.get_by_role("link", name="YH2026").first.click()
    address = page.url.removeprefix(officer.stage.url)
    firm.plan(
        address,
        cause="设备改造后没有复核防护，验收制度未覆盖改造项目。",
        corrective="为两台钻床加装防护罩。",
        preventive="把防护验收写进设备改造流程，改造后由安全管理员签字。",
        due=date(2026, 4, 1),
    )
    officer.look("planned")
    firm.report(address, words="防护罩已装好并试运行。", evidence=photograph("整改后.jpg", "seagreen"))
    officer.look("reported")
    expect(page.get_by_text("请由另一位负责人员确认")).to_be_visible()
    principal.goto(address)
    principal.look("to-confirm")
    principal.page.get_by_role("button", name="确认销号").click()
    expect(principal.page.get_by_text("已销号").first).to_be_visible()
    principal.look("confirmed")


def once_more(officer: Person) -> None:
    """Last year's answers are gone through element by element, in few clicks; what comes back is noticed."""
    officer.page.add_init_script(COUNTING)
    officer.goto("/office/")
    officer.look("yearly-due")
    firm = Firm(officer)
    address = firm.start()
    sheet = firm.sheet(address)
    assert sheet.answers() == len(sheet.lines())
    officer.look("taken-over")
    go_through(sheet)
    officer.look("gone-through")
    firm.sign(address, "与上一年相比没有变化，钻床防护再次缺失。")
    assert int(officer.page.evaluate("sessionStorage.clicks")) <= FEW_CLICKS
    expect(officer.page.get_by_text("再次发生")).to_be_visible()
    officer.look("signed-again")


def go_through(sheet: Sheet) -> None:
    """Confirming one element leads to the next."""
    sheet.page.locator(".element[data-element='1']").click()
    confirm = sheet.page.locator("[data-confirm-shown]")
    for count in (6, 5, 10, 4, 5):
        expect(confirm).to_have_text(f"所列 {count} 项沿用的答复核对无误")
        confirm.click()
    expect(confirm).to_be_hidden()
    expect(sheet.page.locator("[data-missing-count]")).to_have_text("0")
