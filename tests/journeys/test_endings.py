"""How else a case ends: told to the enterprise with what it can do next, to the public as far as it goes."""

from datetime import date

import pytest
from playwright.sync_api import expect

from journeys.applying import PROOF
from journeys.attaining.gate import FIRM
from journeys.attaining.hand import Hand
from journeys.attaining.publishing import UNIT
from journeys.conftest import Casting
from journeys.stage import Stage

pytestmark = pytest.mark.browser
LATE = date(2026, 5, 12)  # the day after the last day of rectification
ENTERED = date(2026, 4, 1)
JUDGED = date(2026, 4, 30)
PUBLISHED, SETTLED = date(2026, 5, 8), date(2026, 5, 11)


@pytest.mark.found
@pytest.mark.obligation("U11-overdue")
def test_rectification_overdue_ends_the_case(cast: Casting, stage: Stage) -> None:
    """Confirmed by the organizing unit; the enterprise reads how it starts again, without a bar."""
    stage.move_clock(LATE)
    officer, lead = Hand(cast("officer")), Hand(cast("organizer_lead"))
    work = officer.take_up("整改不符合项")
    officer.sees("逾期")
    officer.look("overdue")
    lead.goto(work).offer("确认整改逾期，终止申报", "确认逾期，终止", {"内容": "两项均未整改"})
    lead.look("closed")
    officer.goto(work).sees("整改超过期限", "可以重新申报")
    officer.look("told")
    officer.goto("/office/cases/").sees("提出申请")
    no_certificate(Hand(cast("", "phone")))


@pytest.mark.cleared
@pytest.mark.obligation("Q3-separation")
def test_advice_by_the_same_firm_entered_late_stops_the_case(cast: Casting, stage: Stage) -> None:
    """Both records and the clause are shown; the leader ends it, the enterprise engages another firm."""
    stage.move_clock(ENTERED)
    officer, lead = Hand(cast("officer")), Hand(cast("organizer_lead"))
    officer.goto("/office/reviews/contracts/new/?kind=consulting")
    said = {"咨询": True, "服务机构": FIRM, "服务内容": "创建辅导", "签订日期": "2026-03-10"}
    said |= {
        "服务起始日期": "2026-03-10",
        "服务截止日期": "2026-03-20",
        "合同价款": 8000,
        "机构签字人": "示例经理",
    }
    officer.press("登记合同", "合同已登记", said | {"合同文件": PROOF})
    officer.look("late-contract")
    address = lead.take_up("处理咨询评审冲突")
    lead.sees("记录一", "记录二", "第三条")
    lead.look("conflict")
    lead.press("终止评审", "评审已终止", {"核实情况和处理意见": "同一机构先咨询后评审"})
    officer.goto(address).sees("评审已终止")
    officer.look("told")
    officer.take_up("签订评审合同")
    no_certificate(Hand(cast("", "phone")))


@pytest.mark.vetoed
@pytest.mark.obligation("U2-hard-refusals", "U11-recheck")
def test_a_veto_at_the_recheck_can_only_be_refused(cast: Casting, stage: Stage) -> None:
    stage.move_clock(JUDGED)
    organizer, lead, officer = Hand(cast("organizer")), Hand(cast("organizer_lead")), Hand(cast("officer"))
    address = organizer.take_up("提出复核意见")
    organizer.sees("复核触发否决项", "只能不予通过")
    organizer.look("vetoed")
    expect(organizer.page.get_by_label("复核通过")).to_have_count(0)
    organizer.press("提出复核意见", "复核意见已提出", {"不予通过": True, "意见和理由": "未排查隐患"})
    lead.take_up("决定复核意见")
    lead.press("同意，作出决定", "已决定")
    refused(officer, address, "未排查隐患")
    no_certificate(Hand(cast("", "phone")))


@pytest.mark.publicised
@pytest.mark.obligation("Q1-formality")
def test_what_the_public_brings_up_refuses_it(cast: Casting, stage: Stage) -> None:
    """An objection upheld; the department refuses through two people; the public notice says so."""
    stage.move_clock(SETTLED)
    anybody, organizer = Hand(cast("", "phone")), Hand(cast("organizer"))
    department, second = Hand(cast("industry_city")), Hand(cast("second_city"))
    anybody.goto("/publicity/").page.get_by_role("link", name=UNIT).first.click()
    notice = anybody.page.url.removeprefix(stage.url)
    anybody.page.get_by_role("link", name="提出异议").click()
    anybody.press("提交异议", "您的异议已收到", {"异议的内容和理由": "车间积尘严重"})
    organizer.take_up("说明事实")
    organizer.press("说明事实", "已说明", {"事实": "现场查看，积尘属实"})
    second.take_up("答复异议")
    second.press("答复", "已答复", {"异议成立": True, "答复": "经核实，积尘属实"})
    address = department_refuses(department, second)
    refused(Hand(cast("officer")), address, "积尘属实")
    later = Hand(cast(""))  # another visitor: what a browser has read it keeps for a while
    later.goto(notice).sees("公示已结束", "经核实不予定级")
    later.look("publicity-ended")
    no_certificate(later)


def department_refuses(department: Hand, second: Hand) -> str:
    department.goto("/office/gradings/").page.get_by_role("link", name="FH2026").first.click()
    address = department.page.url.removeprefix(department.person.stage.url)
    department.page.locator("summary", has_text="提出不予定级").click()
    department.press("提出不予定级", "已提出不予定级", {"意见和理由": "异议成立，积尘属实"})
    second.take_up("决定不予定级")
    second.look("refusing")
    second.press("同意，作出决定", "已决定")
    return address


def refused(officer: Hand, address: str, why: str) -> None:
    """The enterprise reads why, when it may come again, and prints the notice."""
    officer.goto(address).sees("未通过定级的理由", why, "可以重新申请")
    officer.look("refused")
    officer.goto(f"{address}notice/").sees("不予定级通知书", why, "可以重新申请")
    officer.look("notice")


def no_certificate(anybody: Hand) -> None:
    """The public finds none, and no announcement."""
    anybody.goto("/certificates/")
    expect(anybody.page.get_by_text(UNIT)).to_have_count(0)
    anybody.goto("/announcements/")
    expect(anybody.page.get_by_text(UNIT)).to_have_count(0)
