"""The plan, the team and its expert, the department looking on, two meetings, the sheet, both signatures."""

from datetime import date

from playwright.sync_api import expect

from journeys.attaining.hand import Hand
from journeys.attaining.scoring import by_hand, deducted, the_rest
from journeys.conftest import Casting

PLANNED, OPENED, CLOSED = date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 9)
LOST = {
    "1.2.1": deducted("1", "新入职2名员工没有培训记录。"),
    "2.2.1": deducted("1", "2号除尘器下方横梁积尘。"),
}
REMARK, ANSWER = "请关注除尘系统的锁气卸灰装置", "已列入现场查看，逐套核对"
DISAGREED = "横梁积尘为当班未清扫，不是制度缺失"
MEETING = {
    "评审组到会人员": "示例reviewer 组长\n示例second 评审员",
    "企业到会人员": "示例officer 安全管理员",
    "会议内容": "通报评审安排和结果",
}


def planned(cast: Casting) -> str:
    """An expert drawn with a word from either body, then dates, leader, team; each declares and joins."""
    admin, organizer = Hand(cast("review_admin")), Hand(cast("organizer"))
    work = admin.take_up("制定评审计划")
    admin.look("to-plan")
    admin.offer("抽取专家：锁定名单", "锁定名单", {"专业": "粉尘", "抽取人数": 1})
    admin.offer("抽取专家：给出随机词", "给出随机词", {"随机词": "春分"})
    organizer.goto(work).offer("抽取专家：给出随机词", "给出随机词", {"随机词": "谷雨"})
    admin.goto(work)
    said = {"开始日期": OPENED.isoformat(), "结束日期": CLOSED.isoformat(), "集合地点": "企业会议室"}
    said |= {"评审组长": "示例reviewer", "示例second": True}
    admin.offer("制定评审计划", "制定计划", said)
    admin.sees("示例expert")
    admin.look("planned")
    for who in ("reviewer", "second", "expert"):
        member = Hand(cast(who))
        member.take_up("申报回避事项")
        member.offer("申报回避事项并参加评审", "申报并参加")
    return work


def overseen(cast: Casting, work: str) -> None:
    """The district's department leaves a remark; the review unit answers it."""
    department, admin = Hand(cast("industry_district")), Hand(cast("review_admin"))
    department.goto(work).offer("跟踪评审", "提交", {"意见": True, "内容": REMARK})
    admin.goto(work).offer("答复意见", "答复", {"内容": ANSWER})
    admin.sees(REMARK, ANSWER)
    admin.look("remark-answered")


def opened(cast: Casting, work: str) -> None:
    leader = Hand(cast("reviewer"))
    assert leader.take_up("召开首次会议") == work
    leader.offer("首次会议", "召开首次会议，开始评审", MEETING)
    leader.look("begun")


def scored(cast: Casting, work: str) -> None:
    """A few by hand and by keys, with the telephone for one; the rest as the page sends it."""
    leader = Hand(cast("reviewer")).goto(work)
    leader.page.get_by_role("link", name="现场评审评分表").click()
    expect(leader.page.locator("[data-sheet-page]")).to_be_visible()
    sheet = by_hand(leader, leader.page.url.removeprefix(leader.person.stage.url))
    sheet.deduct("2.2.1", "1", words="2号除尘器下方横梁积尘。")
    sheet.picture("2.2.1", "dimgray")
    sheet.open("1.1.1")
    leader.page.keyboard.press("1")
    sheet.saved("1.1.1", "conforms")
    the_rest(sheet, LOST)
    leader.look("sheet-filled")


def signed(cast: Casting, work: str) -> None:
    """The closing meeting, the signatures of both sides, the enterprise's disagreement noted; delivered."""
    leader, officer = Hand(cast("reviewer")), Hand(cast("officer"))
    leader.take_up("现场评审")
    leader.offer("末次会议", "召开末次会议，签字关闭评分表", MEETING)
    for who in ("second", "expert"):
        Hand(cast(who)).goto(work).offer("签字确认评审记录", "签字")
    officer.take_up("签字确认")
    officer.look("to-sign")
    officer.offer("签字确认评审记录", "签字", {"不同意见": DISAGREED})
    leader.goto(work).offer("送达不符合项", "双方已签字，送达不符合项")
    leader.sees("整改中", "2号除尘器下方横梁积尘", DISAGREED)
    leader.look("delivered")
