"""From the leading group to acceptance: applied for, completion asked and done across a holiday, accepted."""

from datetime import date

import pytest
from playwright.sync_api import expect

from journeys.applying import OWN, Desk
from journeys.conftest import Casting
from journeys.enterprise import Firm

pytestmark = [pytest.mark.browser, pytest.mark.regulated]
APPLIED, ASKED = date(2026, 4, 27), date(2026, 4, 29)
COMPLETED, DECIDED = date(2026, 5, 9), date(2026, 5, 11)  # a Saturday that is worked, and the Monday after
UNIT = "示例精密机械有限公司"


@pytest.mark.obligation("U11-time-limits", "U11-gate", "U16-commitment", "U13-less-typing", "Q1-formality")
def test_an_enterprise_applies_and_is_accepted(cast: Casting) -> None:
    officer, principal = Desk(cast("officer")), Desk(cast("principal"))
    department = Desk(cast("industry_district"))
    created(officer, principal)
    known(officer, department)
    officer.person.stage.move_clock(APPLIED)
    address = applied(officer, principal)
    organizer, lead = Desk(cast("organizer")), Desk(cast("organizer_lead"))
    organizer.person.goto("/office/")
    organizer.person.look("to-receive")
    organizer.press(address, "材料齐全，接收", "已接收，可以开始审核")
    completed(officer, organizer, address)
    decided(organizer, lead, address)
    watched(cast, address)


def created(officer: Desk, principal: Desk) -> None:
    """Leading group → trained self-assessors → commitment → self-assessment, posted inside."""
    officer.form_group()
    officer.train()
    principal.commit()
    firm = Firm(officer.person)
    report = firm.start(level="三级")
    firm.sheet(report).conforms_throughout()
    firm.sign(report, "总体符合。")
    firm.post(report, "厂区公告栏")


def known(officer: Desk, department: Desk) -> None:
    """What the unit shows, and what only the department knows."""
    for kind, said in OWN.items():
        officer.record(kind, said)
    officer.person.look("recorded")
    for which in ("用电", "消防"):
        said = {"具体是哪一项": which, "事实": "验收合格"}
        department.record("campaign", said, unit=UNIT, file=False)
    department.person.look("recorded")


def applied(officer: Desk, principal: Desk) -> str:
    officer.person.goto("/office/self-assessments/")
    officer.page.get_by_role("link", name="ZP2026").first.click()
    Firm(officer.person).hand_in(officer.page.url.removeprefix(officer.person.stage.url))
    address = officer.apply()
    officer.sees(address, "申请由本企业主要负责人提交")
    principal.person.goto(address)
    principal.person.look("to-submit")
    principal.press(address, "提交申请", "申请已提交，件号 DB2026 00001")
    principal.person.look("submitted")
    return address


def completed(officer: Desk, organizer: Desk, address: str) -> None:
    """Asked once on 29 April with eight working days left; done on 9 May; the clock stood still between."""
    officer.person.stage.move_clock(ASKED)
    organizer.person.goto(address)
    organizer.page.get_by_text("材料不齐，一次性告知补正").click()
    organizer.page.get_by_label("其他需要补正的内容").fill("请补交演练照片")
    organizer.person.look("asking-completion")
    organizer.page.get_by_role("button", name="告知补正").click()
    expect(organizer.page.get_by_text("已一次性告知企业补正").first).to_be_visible()
    officer.person.stage.move_clock(COMPLETED)
    officer.person.goto("/office/")
    expect(officer.page.get_by_role("link", name="完成补正").first).to_be_visible()
    officer.person.look("to-complete")
    officer.sees(address, "请补交演练照片")
    officer.person.look("completing")
    officer.press(address, "补正完成，提交", "补正已提交", 补正情况="演练照片已补交")
    officer.person.stage.move_clock(DECIDED)


def decided(organizer: Desk, lead: Desk, address: str) -> None:
    organizer.sees(address, "还剩 7 个工作日")
    organizer.person.look("received")
    organizer.page.get_by_role("link", name="逐项审核").first.click()
    organizer.person.look("audit")
    organizer.page.get_by_label("审核通过，进入评审").check()
    organizer.page.get_by_label("意见说明").fill("各项条件符合。")
    organizer.page.get_by_role("button", name="提出审核意见").click()
    expect(organizer.page.get_by_text("审核意见已提出").first).to_be_visible()
    lead.person.goto(address)
    lead.person.look("to-decide")
    lead.press(address, "同意，作出决定", "已决定，通知书可以打印")
    lead.person.look("decided")


def watched(cast: Casting, address: str) -> None:
    """The unit on its phone, the locality, the bureau read the same; another locality finds nothing."""
    for who, screen in (("principal", "phone"), ("locality", "desk"), ("bureau_city", "desk")):
        desk = Desk(cast(who, screen))
        desk.sees(address, "审核通过，进入评审")
        desk.person.look("accepted")
        desk.sees(f"{address}why/", "结论一致")
        desk.person.look("why")
        desk.sees(f"{address}notice/", "受理通知书")
        desk.person.look("notice")
    stranger = Desk(cast("other_locality"))
    assert stranger.page.goto(f"{stranger.person.stage.url}{address}").status == 404
