"""From the contract to the gate: signed, told, visited, held for a major hazard, put right, passed."""

from datetime import date

from playwright.sync_api import expect

from journeys.applying import PROOF
from journeys.attaining.hand import Hand
from journeys.attaining.scoring import by_hand, the_rest
from journeys.conftest import Casting

FIRM = "示例安全技术服务有限公司"
SIGNED, VISITED, RETURNED = date(2026, 3, 27), date(2026, 3, 30), date(2026, 3, 31)
MAJOR = "2号除尘系统没有泄爆装置"


def contract(cast: Casting) -> str:
    """Entered by the enterprise, confirmed by the review unit; district and locality are told and say so."""
    officer, firm = Hand(cast("officer")), Hand(cast("review_admin"))
    officer.take_up("签订评审合同")
    officer.look("contract")
    said = {"服务机构": FIRM, "服务内容": "二级达标评审", "合同价款": 30000}
    said |= {"机构法定代表人": "示例甲", "机构签字人": "示例经理", "合同文件": PROOF}
    officer.press("登记合同", "合同已登记", said)
    officer.look("contract-entered")
    firm.take_up("确认合同")
    firm.press("确认合同", "已生效")
    firm.look("contract-confirmed")
    address = firm.take_up("通报签约")
    firm.press("通报签约", "已通报")
    for who in ("industry_district", "locality"):
        told = Hand(cast(who))
        told.take_up("签收签约通报")
        told.look("notice")
        told.press("签收通报", "已签收", {"意见": "已知悉"})
    return address


def held(cast: Casting, address: str) -> None:
    """The first visit finds a major hazard: the gate is held, the department is told."""
    admin, reviewer = Hand(cast("review_admin")), Hand(cast("reviewer"))
    visit(admin, reviewer)
    reviewer.goto(f"{address}visit/close/")
    said = {"暂缓，先行整改": True, "核验情况": "除尘系统存在重大隐患"}
    reviewer.page.get_by_text("重大事故隐患、严重违法行为").click()
    reviewer.look("visit-closing")
    reviewer.press("签字并作出结论", "初访结论已作出", said | {"问题 1": MAJOR})
    reviewer.sees("初访暂缓", MAJOR)
    reviewer.look("held")


def visit(admin: Hand, reviewer: Hand) -> None:
    """Set by the administrator, filled on the spot."""
    admin.take_up("安排初访")
    admin.look("arranging-visit")
    admin.press("安排初访", "初访已安排", {"牵头评审员": "示例reviewer"})
    reviewer.take_up("填写核验表")
    reviewer.page.get_by_role("link", name="填写核验表").click()
    expect(reviewer.page.locator("[data-sheet-page]")).to_be_visible()
    the_rest(by_hand(reviewer, reviewer.page.url.removeprefix(reviewer.person.stage.url)))
    reviewer.look("visit-sheet")


def put_right(cast: Casting, address: str) -> None:
    """The department acknowledges, the enterprise acts, the review unit confirms."""
    department, officer = Hand(cast("industry_district")), Hand(cast("officer"))
    department.take_up("签收")
    department.look("handover")
    department.press("签收", "签收")
    officer.goto(address).sees(MAJOR, "初访暂缓")
    officer.look("unit-held")
    officer.page.get_by_role("link", name="去整改").click()
    rectify(officer)
    reviewer = Hand(cast("reviewer")).goto(address)
    expect(reviewer.page.get_by_role("link", name="证据 1")).to_be_visible()
    reviewer.press("确认已整改", "已确认整改")


def rectify(officer: Hand) -> None:
    said = {
        "原因分析": "设计遗漏",
        "整改措施": "加装泄爆片",
        "预防措施": "纳入设备验收",
        "责任人": "示例张三",
    }
    officer.press("保存整改方案", "报告整改完成", said | {"整改期限": RETURNED.isoformat()})
    officer.press("报告整改完成", "完成情况", {"完成情况": "泄爆片已安装", "整改证据": PROOF})
    officer.look("hazard-done")


def passed(cast: Casting, address: str) -> None:
    """The second visit."""
    admin, reviewer = Hand(cast("review_admin")), Hand(cast("reviewer"))
    visit(admin, reviewer)
    reviewer.goto(f"{address}visit/close/")
    reviewer.press("签字并作出结论", "初访结论已作出", {"通过，可以启动评审": True, "核验情况": "隐患已消除"})
    reviewer.sees("初访通过")
    reviewer.look("cleared")
