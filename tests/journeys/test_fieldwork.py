"""A whole review without a signal: two reviewers, two devices, a file between them, signed, delivered."""

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from journeys.attaining import findings, onsite
from journeys.attaining.hand import Hand
from journeys.conftest import Casting
from journeys.fieldwork.pad import Pad, pixels
from journeys.sheets import Sheet
from journeys.stage import POSTGRESQL, Stage

SPRING = 200_000  # minutes: nobody signs in anew on each of these days, which is another story
pytestmark = [pytest.mark.browser, pytest.mark.gated]
RULES = {"1.2.1": "未培训的", "2.2.1": "积尘未清扫的"}
LEADS = ("1.1.1", "1.1.2", "1.2.1")
MATES = ("2.1.1", "2.1.2", "2.1.3", "2.2.1")
PAINT = ("dimgray", "slategray", "olive", "navy", "teal", "maroon", "peru")
COLOURS = dict(zip((*LEADS, *MATES), PAINT, strict=True))
TEAM = ("示例reviewer", "示例second", "示例expert")


@pytest.mark.parametrize("server", ["", POSTGRESQL], ids=["here", "postgresql"])
@pytest.mark.obligation("Q4-item-by-item", "Q4-words-images", "Q4-both-sign")
def test_a_whole_review_is_done_without_a_signal(cast: Casting, stage: Stage, tmp_path: Path) -> None:
    stage.idle = SPRING
    stage.move_clock(onsite.PLANNED)
    work = onsite.planned(cast)
    onsite.overseen(cast, work)
    stage.move_clock(onsite.OPENED)
    leader, mate = (Pad(cast(who, "phone")).enrol().take_along() for who in ("reviewer", "second"))
    for pad in (leader, mate):
        pad.off_line()
    begun(leader)
    pictures = [*scored(leader, LEADS), *scored(mate, MATES), *free(leader)]
    handed(leader, mate, tmp_path)
    concluded(leader)
    delivered(leader, mate)
    kept(stage, pictures, leader.inks(4))
    attained(cast, stage, work)


def begun(leader: Pad) -> None:
    """The opening meeting, the arrival, and the page killed and opened again."""
    leader.visit().look("home")
    leader.to("opening")
    leader.look("opening")
    leader.tap("召开首次会议，开始评审")
    expect(leader.page.get_by_text("请勾选评审组到会人员")).to_be_visible()
    leader.everybody()
    leader.tap("召开首次会议，开始评审")
    expect(leader.page.get_by_role("heading", name="各要素")).to_be_visible()
    leader.tap("到场")
    expect(leader.page.get_by_text("没有记位置").or_(leader.page.get_by_text("北纬")).first).to_be_visible()
    leader.reopened().visit()
    expect(leader.page.get_by_text("还没有召开首次会议")).to_have_count(0)


def scored(pad: Pad, lines: tuple[str, ...]) -> list[bytes]:
    """Item by item, words and a picture on each; what is deducted is a tap on its rule."""
    pad.visit()
    made = []
    for line in lines:
        lost = onsite.LOST.get(line)
        if lost:
            pad.deduct(line, RULES[line], lost["words"])
        else:
            pad.conforms(line, "现场查看，符合要求。")
        made.append(pad.picture(line, COLOURS[line])["buffer"])
    pad.look("item")
    pad.to()
    pad.look("scored")
    return made


def free(leader: Pad) -> list[bytes]:
    """The conditions that no item stands for are gone through, too."""
    lines = leader.lines("unanswered", "-")
    assert len(lines) == 5
    made = []
    for line in lines:
        leader.conforms(line, "查询名单，没有。")
        made.append(leader.picture(line, "black")["buffer"])
    return made


def handed(leader: Pad, mate: Pad, folder: Path) -> None:
    """The leader may not sign what the device does not hold; the colleague's file brings it."""
    leader.to("closing")
    expect(leader.page.get_by_text("现在还不能签字")).to_be_visible()
    leader.look("not-yet")
    leader.receive(mate.hand_over(folder))
    leader.look("received")
    expect(leader.page.get_by_text("已接收", exact=True)).to_have_count(1)


def concluded(leader: Pad) -> None:
    leader.to("closing")
    leader.look("closing")
    leader.everybody()
    for name in TEAM:
        leader.sign(name)
    leader.sign("示例officer", onsite.DISAGREED)
    leader.look("inked")
    leader.tap("双方已签字，关闭评分表")
    expect(leader.page.get_by_text("服务器才办理这次签字")).to_be_visible()
    leader.look("signed")


def delivered(leader: Pad, mate: Pad) -> None:
    """Whose device is on line first is nothing: what was begun here waits there, and the other way round."""
    with mate.page.expect_response(re.compile("/field/acts")):
        mate.on_line()
    mate.keeps(3 * len(MATES))
    with leader.page.expect_response(re.compile("/field/acts")):
        leader.on_line()
    leader.keeps(1)
    leader.look("waiting")
    mate.delivered()
    leader.delivered()
    leader.visit().to("closing")
    expect(leader.page.get_by_text("评分表已关闭，签字与服务器上的内容一致")).to_be_visible()
    leader.look("closed")


def kept(stage: Stage, pictures: list[bytes], inks: list[bytes]) -> None:
    """Every picture lies on the server byte by byte, every signature dot by dot."""
    files = [path.read_bytes() for path in (stage.data / "files").rglob("*") if path.is_file()]
    assert set(pictures) <= set(files)
    drawn = {pixels(each) for each in files if each.startswith(b"\x89PNG")}
    assert len(set(inks)) == len(inks)
    assert set(inks) <= drawn


def printed(leader: Hand) -> None:
    """The sheet on paper has what was found, the pictures, and four signatures drawn by hand."""
    leader.page.get_by_role("link", name="现场评审评分表").click()
    paper = pypdf.PdfReader(BytesIO(Sheet(leader.person).download("下载 PDF")))
    text = "".join("".join(page.extract_text() for page in paper.pages).split())
    assert [each for each in (onsite.LOST["2.2.1"]["words"], *TEAM) if each not in text] == []
    assert len({image.data for page in paper.pages for image in page.images}) >= len(COLOURS) + 1 + 4


def attained(cast: Casting, stage: Stage, work: str) -> None:
    """On in the office as on any day: findings go out, are put right, and the report is handed in."""
    stage.move_clock(onsite.CLOSED)
    leader = Hand(cast("reviewer")).goto(work)
    leader.offer("送达不符合项", "双方已签字，送达不符合项")
    leader.sees("整改中", "2号除尘器下方横梁积尘", onsite.DISAGREED)
    leader.look("delivered")
    printed(leader)
    findings.put_right(cast, stage, work)
