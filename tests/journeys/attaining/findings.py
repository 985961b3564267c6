"""Findings put right, one on the last day of its limit, and the report handed in."""

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
from playwright.sync_api import expect

from journeys.applying import PROOF
from journeys.attaining.hand import Hand
from journeys.attaining.onsite import ANSWER, DISAGREED, REMARK
from journeys.conftest import Casting
from journeys.stage import Stage

GUIDED = date(2026, 4, 13)
LAST = date(2026, 5, 11)  # the twentieth working day; Saturday 9 May is worked
CONFIRMED, REPORTED = date(2026, 5, 12), date(2026, 5, 13)
EARLY, LATE = "1.2.1", "2.2.1"
MEASURES = {
    "原因": "管理不到位",
    "整改措施": "立即整改",
    "预防措施": "纳入班组点检",
    "责任人": "示例张三",
    "整改资金": "2000元",
    "临时管控措施": "停用并挂牌",
}


def put_right(cast: Casting, stage: Stage, work: str) -> None:
    """From the findings both sides signed to the report handed in, each step on its day."""
    for day, step in ((GUIDED, guided), (LAST, just_in_time), (CONFIRMED, confirmed), (REPORTED, reported)):
        stage.move_clock(day)
        step(cast, work)


def guided(cast: Casting, work: str) -> None:
    """The team guides, the enterprise plans both and puts one right."""
    team, officer = Hand(cast("second")).goto(work), Hand(cast("officer"))
    for item in (EARLY, LATE):
        team.offer("指导整改", "给出指导意见", {"内容": "查明原因，举一反三"}, about=item)
    officer.take_up("整改不符合项")
    officer.look("to-rectify")
    for item, due in ((EARLY, "2026-04-20"), (LATE, LAST.isoformat())):
        officer.offer("制定整改方案", "保存方案", MEASURES | {"完成日期": due}, about=item)
    done(officer, EARLY, "培训已补，有签到和试卷")


def done(officer: Hand, item: str, words: str) -> None:
    officer.offer("报告整改完成", "报告完成", {"完成情况": words, "整改证据": PROOF}, about=item)


def just_in_time(cast: Casting, work: str) -> None:
    """The last day of the limit, with its light red for everybody who looks."""
    officer = Hand(cast("officer")).goto(work)
    officer.sees("今天到期")
    officer.look("last-day")
    done(officer, LATE, "横梁已清扫，列入班后清扫表")
    officer.offer("全部整改完成", "报告全部完成")


def confirmed(cast: Casting, work: str) -> None:
    """One on paper, one on the spot."""
    team = Hand(cast("second"))
    assert team.take_up("确认整改") == work
    team.look("to-confirm")
    expect(team.page.get_by_role("link", name="证据 1")).to_have_count(2)
    for item, kind in ((EARLY, "书面确认"), (LATE, "现场确认")):
        team.offer("确认整改", "确认销号", {kind: True, "确认情况": "已核实"}, about=item)
    team.sees("编写评审报告")


def reported(cast: Casting, work: str, opinion: str = "达到二级标准") -> None:
    leader = Hand(cast("reviewer"))
    assert leader.take_up("提交评审报告") == work
    leader.offer("提交评审报告", "提交评审报告", {"评审意见": opinion})
    leader.sees("已提交")
    leader.look("reported")
    with leader.page.expect_download() as coming:
        leader.page.get_by_role("link", name="PDF", exact=True).first.click()
    says_everything(Path(coming.value.path()).read_bytes(), opinion)
    number = coming.value.suggested_filename.removesuffix(".pdf")
    digest = hashlib.sha256(Path(coming.value.path()).read_bytes()).hexdigest()
    Hand(cast("", "phone")).goto(f"/verify/{number}/").sees(digest)


def says_everything(paper: bytes, opinion: str) -> None:
    """Team with certificates, both meetings, the remark and its answer, who disagreed, findings, evidence."""
    pages = pypdf.PdfReader(BytesIO(paper)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    told = ("示例证reviewer", "首次会议", "末次会议", REMARK, ANSWER, DISAGREED, "培训已补", "整改证据")
    for words in (*told, *opinion.split(), "逐项评分明细"):
        assert words in text, words
