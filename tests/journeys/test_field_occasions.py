"""Initial visit, rectification check, re-check, follow-up visit, verification through the field page: filled
and signed without a signal, then delivered; what follows from them is done in the office."""

from datetime import date

import pytest
from playwright.sync_api import expect

from journeys.attaining import gate, rechecking
from journeys.attaining.hand import Hand
from journeys.conftest import Casting
from journeys.fieldwork.pad import Pad
from journeys.stage import Stage

pytestmark = pytest.mark.browser
VETO = "2.1.2"
LOST = "没有落实到班组。"
CHECKED = date(2026, 4, 29)
LOOKED = date(2026, 4, 22)
FOUND = ("1.2.1", "2.1.3")  # put right, as the unit says
MENDED, UNMENDED = "护罩已更换并固定。", "护罩仍未固定。"
AGAIN = date(2026, 9, 3)
KEPT, BACK = "护罩完好，培训记录齐全。", "护罩又被拆除。"
VERIFIED = date(2026, 9, 3)
OFFICERS = ("second_city", "second_district")  # who gave no opinion on it
LEFT = ("1.1.2", "2.1.1")  # what the seed has left open


@pytest.mark.visiting
@pytest.mark.obligation("U10-initial-visit", "Q4-item-by-item", "Q4-words-images", "Q4-both-sign")
def test_an_initial_visit_that_finds_nothing_opens_the_gate(cast: Casting, stage: Stage) -> None:
    reviewer, address = visited(cast, stage, found="")
    reviewer.goto(f"{address}visit/close/")
    reviewer.press(
        "签字并作出结论", "初访结论已作出", {"通过，可以启动评审": True, "核验情况": "逐项核验，符合"}
    )
    reviewer.sees("初访通过")
    reviewer.look("cleared")


@pytest.mark.visiting
@pytest.mark.obligation("U10-initial-visit", "U10-major-hazard")
def test_an_initial_visit_that_finds_a_veto_and_a_major_hazard_holds_it(cast: Casting, stage: Stage) -> None:
    reviewer, address = visited(cast, stage, found="近三个月没有隐患排查记录。")
    reviewer.goto(f"{address}visit/close/").sees("否决项不符合")
    reviewer.page.get_by_text("重大事故隐患、严重违法行为").click()
    said = {"暂缓，先行整改": True, "核验情况": "没有开展隐患排查", "问题 1": gate.MAJOR}
    reviewer.press("签字并作出结论", "初访结论已作出", said)
    reviewer.sees("初访暂缓", gate.MAJOR)
    reviewer.look("held")


def visited(cast: Casting, stage: Stage, found: str) -> tuple[Hand, str]:
    """The sheet of the visit on a telephone, off line from the first item to the last signature."""
    stage.move_clock(gate.VISITED)
    reviewer = Hand(cast("reviewer"))
    address = reviewer.take_up("填写核验表")
    pad = Pad(cast("reviewer", "phone")).enrol().take_along().off_line().visit()
    pad.look("home")
    expect(pad.page.get_by_text("初访现场核验")).to_be_visible()
    expect(pad.page.get_by_text("首次会议")).to_have_count(0)
    for line in pad.lines("unanswered"):
        scored(pad, line, found if line == VETO else "")
    pad.to("closing")
    expect(pad.page.get_by_text("不评等级")).to_be_visible()
    pad.closes("示例reviewer", "示例officer")
    delivered(pad, "初访结论")
    return reviewer, address


def scored(pad: Pad, line: str, found: str) -> None:
    if found:
        pad.vetoed(line, "※未排查隐患的", found)
        pad.look("vetoed")
    else:
        pad.conforms(line, "现场核查，符合要求。")
    pad.picture(line, "slategray")


def delivered(pad: Pad, follows: str) -> None:
    """Everything arrives in one go, and the page says what comes next in the office."""
    pad.look("signed")
    pad.on_line()
    pad.delivered()
    pad.visit().to("closing")
    expect(pad.page.get_by_text("评分表已关闭，签字与服务器上的内容一致")).to_contain_text(follows)
    pad.look("closed")


@pytest.mark.rectified
@pytest.mark.obligation("Q4-words-images", "Q4-both-sign", "U11-time-limits")
def test_a_rectification_check_confirms_one_finding_and_sends_the_other_back(
    cast: Casting, stage: Stage
) -> None:
    stage.move_clock(LOOKED)
    team = Hand(cast("second"))
    address = team.take_up("确认整改")
    team.offer("安排整改现场确认", "安排现场确认", {"牵头评审员": "示例second"})
    team.look("set")
    pad = Pad(cast("second", "phone")).enrol().take_along()
    pad.page.evaluate("location.hash = '#/'")
    pad.look("listed")
    pad.off_line().visit()
    expect(pad.page.get_by_text("整改确认").first).to_be_visible()
    pad.look("home")
    assert tuple(pad.lines("unanswered")) == FOUND
    right, wrong = FOUND
    pad.item(right)
    before = pad.page.get_by_role("region", name="评审时的不符合项")
    expect(before).to_contain_text("示例reviewer")
    expect(before).to_contain_text("附证据 1 份")
    pad.look("found-before")
    pad.conforms(right, MENDED)
    expect(pad.page.get_by_text("要求附图").first).to_be_visible()
    pad.picture(right, "teal")
    pad.look("item")
    pad.deduct(wrong, "不符合的", UNMENDED, "olive")
    pad.to("closing")
    expect(pad.page.get_by_text("不评等级")).to_be_visible()
    pad.closes("示例second", "示例officer")
    delivered(pad, "逐项确认或者退回")
    team.goto(address).look("signed")
    team.offer("作出整改现场确认结论", "按整改确认表逐项确认或者退回")
    team.sees("整改中", MENDED, UNMENDED, "退回整改", "确认销号")
    team.look("concluded")
    team.page.get_by_role("link", name="整改确认表").first.click()
    team.sees("只看部分项目，不评等级", "示例officer")
    team.look("sheet")


@pytest.mark.arranged
@pytest.mark.obligation("Q2-recheck-all", "Q2-special-areas", "U11-recheck", "Q4-both-sign")
def test_a_recheck_filled_on_the_spot_is_compared_with_the_review(cast: Casting, stage: Stage) -> None:
    stage.move_clock(CHECKED)
    organizer = Hand(cast("organizer"))
    address = organizer.take_up("现场复核")
    pad = Pad(cast("organizer", "tablet")).enrol().take_along().off_line().visit()
    pad.look("home")
    expect(pad.page.get_by_text("复核组").first).to_be_visible()
    deducted, fine = LEFT
    pad.deduct(deducted, "未落实的", LOST)
    pad.picture(deducted, "teal")
    pad.conforms(fine, "逐台查看，符合要求。", "olive")
    pad.to("closing")
    pad.closes("示例organizer", "示例principal")
    delivered(pad, "与评审比对")
    rechecking.compared(organizer.goto(address))
    row = organizer.page.locator("tr", has_text=deducted)
    expect(row.locator("[data-label=评审得分]")).to_have_text("20")
    expect(row.locator("[data-label=复核得分]")).to_have_text("15")


@pytest.mark.attained
@pytest.mark.obligation("Q4-follow-up", "Q4-words-images", "Q4-both-sign", "Q4-item-by-item")
def test_a_follow_up_visit_finds_one_problem_back_and_the_other_kept_right(
    cast: Casting, stage: Stage
) -> None:
    stage.move_clock(AGAIN)
    admin = Hand(cast("review_admin"))
    address = admin.take_up("安排回访")
    admin.look("owed")
    admin.offer("安排回访", "安排回访", {"牵头评审员": "示例second"})
    pad = Pad(cast("second", "phone")).enrol().take_along().off_line().visit()
    pad.look("home")
    expect(pad.page.get_by_text("回访").first).to_be_visible()
    wrong = FOUND[1]
    for line in pad.lines("unanswered"):
        if line == wrong:
            pad.deduct(line, "不符合的", BACK)
        else:
            pad.conforms(line, KEPT)
        pad.picture(line, "teal")
    pad.item(wrong)
    expect(pad.page.get_by_role("region", name="评审时的不符合项")).to_be_visible()
    pad.look("found-before")
    pad.to("closing")
    pad.closes("示例second", "示例officer")
    delivered(pad, "回访结论")
    lead = Hand(cast("second"))
    lead.goto(address).offer("作出回访结论", "作出结论", {"回访结论": "一项问题重现，已要求整改。"})
    lead.sees("已回访", "保持整改", "问题重现", BACK)
    lead.look("concluded")


@pytest.mark.announced
@pytest.mark.obligation("Q8-share", "Q8-integrity", "Q8-content", "Q8-revoke")
def test_a_verification_is_drawn_pledged_filled_off_line_and_concluded(cast: Casting, stage: Stage) -> None:
    stage.move_clock(VERIFIED)
    address = drawn(cast)
    for who in OFFICERS:
        hand = Hand(cast(who))
        hand.take_up("作出廉洁承诺")
        hand.look("pledge")
        hand.offer("作出廉洁承诺", "承诺")
    lead = Hand(cast(OFFICERS[0]))
    lead.goto(address).offer("打开核查表", "打开核查表")
    pad = Pad(cast(OFFICERS[0], "phone")).enrol().take_along().off_line().visit()
    pad.look("home")
    expect(pad.page.get_by_text("核查").first).to_be_visible()
    wrong, *_ = LEFT
    for line in pad.lines("unanswered"):
        if line == wrong:
            pad.deduct(line, "未落实的", LOST)
        else:
            pad.conforms(line, "现场查看，符合要求。")
        pad.picture(line, "teal")
    pad.to("closing")
    pad.closes("示例second_city", "示例officer")
    delivered(pad, "核查结论")
    said = {"达标等级": "总体保持。", "评审质量": "与现场一致。", "持续改进": "台账连续。"}
    lead.goto(address).offer("作出核查结论", "作出结论", said)
    lead.sees("限期整改", "核查发现 1 项不符合", LOST, "评审得分减核查得分")
    lead.look("concluded")


def drawn(cast: Casting) -> str:
    """List frozen, a word from two parties, the visit arranged; gives the address of the verification."""
    city, bureau = Hand(cast("industry_city")), Hand(cast("bureau_district"))
    city.take_up("抽取核查对象")
    city.look("lots")
    city.press("冻结名单", "名单已经冻结")
    city.press("给出随机词", "随机词已经记下", {"随机词": "示例松树"})
    bureau.take_up("给出随机词")
    bureau.press("给出随机词", "抽中的企业", {"随机词": "示例河流"})
    bureau.look("drawn")
    address = city.take_up("安排核查")
    lead, beside = ("示例second_city（示例市工业主管部门）", "示例second_district（示例东区工业主管部门）")
    city.offer("安排核查", "安排核查", {"牵头核查人员": lead, beside: True})
    city.look("arranged")
    return address
