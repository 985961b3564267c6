"""Who does not get into the review: each hard refusal, each bar, with its clause where one reads it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from dabiao.law import clause_title
from journeys.applying import Desk
from journeys.conftest import Casting
from journeys.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.applicable]
READY = date(2026, 3, 18)
UNIT = "示例精密机械有限公司"
HARD = (
    "未依法开展事故隐患排查治理",
    "未完成涉爆粉尘、涉危使用、有限空间作业、用电、消防等专项治理",
    "未按规定开展安全风险辨识评估和分级管控",
    "未依法编制和组织实施生产安全事故应急预案",
    "被纳入安全生产联合惩戒对象管理",
)
# kind, which, years, clause of its number of years
BARS = (
    ("grading_refused_notice", "", 1, "mem-2021-83/10"),
    ("revocation", "其他情形", 1, "house/bars"),
    ("revocation", "达标后发现弄虚作假", 3, "house/bars"),
    ("false_commitment", "", 3, "mem-2021-83/10"),
)


@pytest.mark.obligation("U2-hard-refusals", "U11-gate")
def test_each_hard_refusal_ends_an_application(cast: Casting, stage: Stage) -> None:
    """Found by enforcement; it cannot be let in, is refused by two people, and may come again at once."""
    stage.move_clock(READY)
    enforcement, officer, principal = (Desk(cast(who)) for who in ("enforcement", "officer", "principal"))
    organizer, lead = Desk(cast("organizer")), Desk(cast("organizer_lead"))
    for title in HARD:
        fact = found(enforcement, title)
        address = officer.apply()
        principal.press(address, "提交申请", "申请已提交")
        organizer.press(address, "材料齐全，接收", "已接收，可以开始审核")
        judged(organizer, address)
        lead.press(address, "同意，作出决定", "已决定，通知书可以打印")
        for page in (address, f"{address}notice/", f"{address}why/"):
            principal.sees(page, f"检查发现{title}", clause_title("uplift/2"))
            principal.person.look_once(f"refused-{page.removeprefix(address).strip('/')}")
        lifted(enforcement, fact)


def found(enforcement: Desk, title: str) -> str:
    said = {"具体是哪一项": title, "事实": f"检查发现{title}"}
    enforcement.record("hard_refusal", said, unit=UNIT, file=False)
    enforcement.person.look_once("found")
    return enforcement.page.url.removeprefix(enforcement.person.stage.url)


def judged(organizer: Desk, address: str) -> None:
    """It cannot be let in; what is refused is proposed with its reasons."""
    organizer.person.goto(f"{address}audit/")
    for choice, then in (("审核通过，进入评审", "不能进入评审"), ("不予受理", "审核意见已提出")):
        organizer.page.get_by_label(choice, exact=True).check()
        organizer.page.get_by_label("意见说明").fill("见检查记录。")
        organizer.page.get_by_role("button", name="提出审核意见").click()
        expect(organizer.page.get_by_text(then).first).to_be_visible()
        organizer.person.look_once(then)


def lifted(enforcement: Desk, fact: str) -> None:
    enforcement.person.goto(fact)
    enforcement.page.get_by_label("自哪日起不再适用").fill(READY.isoformat())
    enforcement.page.get_by_label("依据").fill("复查合格")
    enforcement.page.get_by_role("button", name="写明终止日期").click()
    expect(enforcement.page.get_by_text("复查合格").first).to_be_visible()


def test_each_bar_holds_to_its_last_day(cast: Casting, stage: Stage) -> None:
    """On the last day the principal reads from when and by which clause; the next morning it goes in."""
    officer, principal = Desk(cast("officer")), Desk(cast("principal"))
    department, day = Desk(cast("industry_district")), READY
    for kind, which, years, clause in BARS:
        stage.move_clock(day)
        barred(department, kind, which, day.replace(year=day.year - years))
        address, after = officer.apply(), day + timedelta(days=1)
        principal.sees(address, f"{after.isoformat()} 起可以申请")
        bar = principal.page.locator(".notice-bad", has_text=f"{after.isoformat()} 起可以申请")
        expect(bar.get_by_text(clause_title(clause)).first).to_be_visible()
        expect(principal.page.get_by_role("button", name="提交申请")).to_be_disabled()
        principal.person.look_once(f"barred-{kind}")
        stage.move_clock(day := after)
        principal.press(address, "提交申请", "申请已提交")
        withdrawn(officer, address)


def barred(department: Desk, kind: str, which: str, on: date) -> None:
    said = {"编号或者文号": "示例1", "事实": "示例决定"} | ({"具体是哪一项": which} if which else {})
    department.record(kind, said, unit=UNIT, file=False, on=on.isoformat())


def withdrawn(officer: Desk, address: str) -> None:
    """Which bars nothing: the next application goes in the same day."""
    officer.person.goto(address)
    officer.page.locator("summary", has_text="撤回申请").click()
    officer.page.get_by_label("理由").first.fill("改期申请")
    officer.page.get_by_role("button", name="撤回", exact=True).click()
    expect(officer.page.get_by_text("企业已撤回申请，不计申请间隔").first).to_be_visible()
