"""The re-check: papers, the spot with its extras, the district taking part; sent back once, then passed."""

from datetime import date

from playwright.sync_api import expect

from journeys.attaining.hand import Hand
from journeys.attaining.scoring import by_hand, the_rest
from journeys.conftest import Casting

AUDITED, VISITED, JUDGED = date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 18)
BACK = "报告没有写明除尘系统的检查情况，请补充"
AGAIN, VISITED_AGAIN, PASSED = date(2026, 5, 19), date(2026, 5, 20), date(2026, 5, 21)
SUPERVISED = {"意见和理由": "日常监管中未发现重大问题", "日常监管掌握的情况": "无处罚、无举报"}


def audited(cast: Casting) -> str:
    """Every point of the check list."""
    organizer = Hand(cast("organizer"))
    address = organizer.take_up("审核评审资料")
    organizer.look("papers")
    for each in organizer.page.get_by_label("符合", exact=True).all():
        each.check()
    organizer.press("完成资料审核", "评审资料已审核", {"审核情况": "资料齐全"})
    return address


def arranged(cast: Casting, day: date) -> None:
    organizer = Hand(cast("organizer"))
    organizer.take_up("组织现场复核")
    organizer.look("arranging")
    said = {"复核日期": day.isoformat(), "复核组长": "示例organizer", "示例expert": True}
    organizer.press("组织现场复核", "复核已安排", said)


def joined(cast: Casting) -> None:
    """The district sends somebody, and gives its opinion."""
    district = Hand(cast("industry_district"))
    district.take_up("提出意见")
    district.look("joining")
    district.press("登记参加人员", "已登记参加人员", {"参加现场复核的人员": "示例科员"})


def seen(cast: Casting, address: str) -> None:
    """Sheet, signature, extras, comparison."""
    organizer = Hand(cast("organizer")).goto(address)
    organizer.page.get_by_role("link", name="打开复核评分表").click()
    expect(organizer.page.locator("[data-sheet-page]")).to_be_visible()
    the_rest(by_hand(organizer, organizer.page.url.removeprefix(organizer.person.stage.url)))
    organizer.goto(address).press("签字关闭复核评分表", "复核评分表已签字关闭")
    compared(organizer)


def compared(organizer: Hand) -> None:
    """The extras, and what the sheet says beside the review's."""
    organizer.look("extras")
    for title in ("除尘系统泄爆", "粉尘清扫制度", "涉爆粉尘区域电气"):
        part = organizer.page.locator("form", has_text=title)
        part.get_by_label("符合", exact=True).check()
        part.get_by_label("现场所见").fill("逐台查看，符合")
        part.get_by_role("button", name="记录").click()
        organizer.sees("已记录")
    organizer.press("完成复核，与评审比对", "现场复核完成")
    organizer.look("compared")


def approved(cast: Casting) -> None:
    district = Hand(cast("industry_district"))
    district.take_up("提出意见")
    district.press("提出意见", "意见已提出", {"同意": True, **SUPERVISED, "参加现场复核的人员": "示例科员"})
    district.look("opinion-given")


def judged(cast: Casting, address: str, outcome: str, words: str) -> None:
    """One proposes, another decides."""
    organizer, lead = Hand(cast("organizer")), Hand(cast("organizer_lead"))
    organizer.take_up("提出复核意见")
    organizer.press("提出复核意见", "复核意见已提出", {outcome: True, "意见和理由": words})
    assert lead.take_up("决定复核意见") == address
    lead.look("deciding")
    lead.press("同意，作出决定", "已决定")


def told_why(cast: Casting, work: str, address: str) -> None:
    """Review unit and enterprise read why; the review unit also how its points compare."""
    leader, officer = Hand(cast("reviewer")), Hand(cast("officer"))
    leader.goto(work).sees("复核退回", BACK)
    leader.look("sent-back")
    leader.goto(address).sees(BACK, "与评审逐项比对")
    leader.look("compared-for-the-review-unit")
    officer.goto(address).sees(BACK)
    officer.misses("与评审逐项比对")
    officer.goto(f"{address}notice/").sees("复核退回通知书", BACK)
    officer.look("notice-of-sending-back")
