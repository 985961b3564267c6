"""Opinions, publicity, an objection handled, the announcement, the copies; the public reads it all."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
from playwright.sync_api import expect

from journeys.attaining.hand import Hand
from journeys.attaining.rechecking import SUPERVISED
from journeys.conftest import Casting

CONSULTED, PUBLISHED = date(2026, 5, 22), date(2026, 5, 25)
OBJECTED, SETTLED, ANNOUNCED = date(2026, 5, 27), date(2026, 5, 28), date(2026, 6, 5)
UNIT = "示例精密机械有限公司"
COMPLAINT = "夜班经常不开除尘风机"


def consulted(cast: Casting) -> None:
    """The locality and the district's department, each with what daily supervision knows."""
    for who in ("locality", "industry_district"):
        giver = Hand(cast(who))
        giver.take_up("提出意见")
        giver.press("提出意见", "意见已提出", {"同意": True, **SUPERVISED})


def publicised(cast: Casting) -> None:
    department, second = Hand(cast("industry_city")), Hand(cast("second_city"))
    department.take_up("提出公示")
    department.look("to-publicise")
    department.press("提出公示", "已提出公示", {"意见和理由": "符合二级条件"})
    second.take_up("决定公示")
    second.press("同意，作出决定", "已决定")
    second.sees("公示还有")


def objected(anybody: Hand) -> str:
    """Without an account: the notice, the form, the receipt."""
    anybody.goto("/publicity/")
    anybody.look("publicity")
    anybody.page.get_by_role("link", name=UNIT).first.click()
    anybody.look("notice")
    anybody.page.get_by_role("link", name="提出异议").click()
    anybody.look("objecting")
    anybody.press("提交异议", "您的异议已收到", {"企业": True, "异议的内容和理由": COMPLAINT})
    anybody.look("objected")
    return anybody.page.locator(".code").first.inner_text()


def settled(cast: Casting) -> None:
    """The organizing unit states facts; the department decides through another person."""
    organizer, second = Hand(cast("organizer")), Hand(cast("second_city"))
    organizer.take_up("说明事实")
    organizer.look("stating")
    organizer.press("说明事实", "已说明", {"事实": "复核当晚查看，风机运行记录完整"})
    second.take_up("答复异议")
    second.press("答复", "已答复", {"异议不成立": True, "答复": "经查风机运行记录完整，夜班运行正常"})
    second.look("settled")


def answered(anybody: Hand, receipt: str) -> None:
    anybody.goto("/receipt/").press("查看", "异议不成立", {"回执编号": receipt})
    anybody.look("answered")


def announced(cast: Casting) -> None:
    department, second = Hand(cast("industry_city")), Hand(cast("second_city"))
    department.take_up("提出公告")
    department.look("to-announce")
    department.press("提出公告", "公告已提出")
    second.take_up("决定公告")
    second.press("公告并发证", "已公告，证书已生成")
    second.look("announced")
    for who in ("locality", "industry_district"):
        receiver = Hand(cast(who))
        receiver.take_up("签收")
        receiver.press("签收", "已签收")


def certified(cast: Casting) -> tuple[str, str]:
    """The enterprise fetches its certificate; its number and the code's words."""
    officer = Hand(cast("officer"))
    officer.goto("/office/gradings/")
    officer.page.get_by_role("link", name=re.compile("FH2026")).first.click()
    officer.look("attained")
    with officer.page.expect_download() as coming:
        officer.page.get_by_role("link", name="下载证书").click()
    text = pypdf.PdfReader(BytesIO(Path(coming.value.path()).read_bytes())).pages[0].extract_text()
    number = officer.page.locator("a[href*='/certificates/']").first.inner_text()
    text = "".join(text.split())
    assert UNIT in text
    assert number in text
    report = officer.page.get_by_text(re.compile(r"BG2026 \d{5}")).first.inner_text()
    found = re.search(r"BG2026 \d{5}", report)
    assert found
    return number, found[0]


def checked(anybody: Hand, number: str, report: str) -> None:
    """By its number in the register, by its code, the report by its own."""
    anybody.goto("/certificates/")
    anybody.press("查验", UNIT, {"证书编号": number})
    anybody.look("certificates")
    anybody.goto(f"/certificates/{number}/").sees("有效，至", "二级", UNIT)
    anybody.look("certificate")
    anybody.page.get_by_text("证书二维码所载信息").click()
    anybody.page.get_by_role("link", name="核验签名").click()
    anybody.sees("签名有效，内容未被改动", "名录中现为有效")
    anybody.look("code-verified")
    anybody.goto("/verify/").press("核验", "内容摘要", {"报告编号": report})
    anybody.look("report-verified")
    anybody.goto("/announcements/").sees(UNIT, number)
    anybody.look("announcements")
    expect(anybody.page.get_by_text("BG")).to_have_count(0)
