"""The main job: from an authority's table to a self-assessment that two people fill at once and hand in."""

import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from journeys import table
from journeys.authority import Desk
from journeys.conftest import Casting
from journeys.enterprise import Firm
from journeys.people import Person
from journeys.sheets import Sheet

pytestmark = pytest.mark.browser
OPINION = "总体符合要求，机械防护和责任制考核有不足，已安排整改。"
NO_DUST = "本单位没有可燃性粉尘作业场所"
# 210 points, 20 not applicable, 2 + 10 + 5 + 3 + 4 lost: 166 of 190
SCORE, LEVEL = "87.4", "二级"
POSTED_OUT = date(2026, 3, 17)  # ten working days after 2 March have passed


@dataclass(frozen=True)
class Pair:
    """Two people before one sheet."""

    address: str
    hers: Sheet
    theirs: Sheet


@pytest.mark.obligation("Q4-item-by-item", "U4-choice")
@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_from_a_table_to_a_report(cast: Casting, tmp_path: Path, screen: str) -> None:
    path = table.write(tmp_path / "示例评分表.xlsx")
    Desk(cast("industry_city")).bring_into_force(path, number="SL/T 34", title=table.TITLE, industry="34")
    pair = begin(cast, screen)
    fill_together(pair)
    disagree(pair)
    complete(pair)
    sign_and_read(pair)
    hand_in(pair, cast)


def begin(cast: Casting, screen: str) -> Pair:
    """The officer starts, takes a second self-assessor in, and gives them an element."""
    officer, assessor = cast("officer", screen), cast("assessor", screen)
    firm = Firm(officer)
    address = firm.start()
    expect(officer.page.get_by_text(table.TITLE).first).to_be_visible()
    officer.look("started")
    firm.add_writer(address, "assessor")
    firm.assign(address, "3 现场与设备", "assessor")
    officer.look("assigned")
    return Pair(address, firm.sheet(address), Firm(assessor).sheet(address))


def fill_together(pair: Pair) -> None:
    """Both write at once; each sees where the other is and what they have saved."""
    hers, theirs = pair.hers, pair.theirs
    hers.person.look("sheet-empty")
    hers.deduct("1.1.1", "2", count=2, words="维修、仓储两个部门没有分解目标。")
    hers.picture("1.1.1", "darkgreen")
    hers.person.look("deducted-with-picture")
    theirs.deduct("3.1.1", "1", count=2, words="两台钻床旋转部位没有防护罩。")
    theirs.picture("3.1.1", "saddlebrown")
    theirs.absent("3.2.4", NO_DUST)
    theirs.person.look("not-applicable")
    hers.sees("3.1.1", "deducted")
    hers.sees_colleague("3.2.4", "assessor")
    theirs.sees("1.1.1", "deducted")
    hers.deduct("1.1.3", "2", count=10, words="十处责任制内容与岗位不符。")
    hers.deduct("1.2.3", "2", words="工具随意摆放，通道标线不清。")
    hers.person.look("colleague-here")


def disagree(pair: Pair) -> None:
    """Both answer one item at the same time: the second is told, and neither text is lost."""
    hers, theirs = pair.hers, pair.theirs
    hers.open("2.2.2")
    theirs.open("2.2.2")
    hers.conforms("2.2.2", "劳动防护用品发放记录齐全。")
    theirs.pane.locator("label.verdict-conforms").click()
    theirs.says("现场抽查十人，佩戴规范。")
    conflict = theirs.page.locator("[role=alertdialog]")
    expect(conflict).to_contain_text("劳动防护用品发放记录齐全。")
    expect(conflict).to_contain_text("现场抽查十人，佩戴规范。")
    theirs.person.look("conflict")
    conflict.get_by_role("button", name="合并两份再改").click()
    words = theirs.pane.get_by_label("现场情况")
    expect(words).to_have_value("劳动防护用品发放记录齐全。\n现场抽查十人，佩戴规范。")
    theirs.all_saved()


def complete(pair: Pair) -> None:
    """What nobody has answered yet is found by the list of what is missing; until then nobody can sign."""
    hers, theirs = pair.hers, pair.theirs
    theirs.absent("3.3.1", "本单位没有有限空间")
    hers.sees("3.3.1", "na")
    left = [line for line in hers.lines() if hers.row(line).locator(".item-unanswered").count()]
    for line in [line for line in left if line.startswith("3.")]:
        theirs.conforms(line)
    for line in [line for line in left if not line.startswith("3.")][:-1]:
        hers.conforms(line)
    hers.page.reload()
    last = hers.missing()
    hers.person.look("missing", whole=False)
    assert len(last) == 1
    cannot_sign(hers.person, pair.address)
    hers.jump(last[0])
    hers.conforms(last[0])
    assert hers.answers() == len(hers.lines())
    hers.person.look("complete")


def cannot_sign(officer: Person, address: str) -> None:
    """Neither by the page, which offers nothing to sign, nor by a form sent past it."""
    other = officer.context.new_page()
    other.goto(f"{officer.stage.url}{address}")
    expect(other.get_by_text("还有 1 处没有完成")).to_be_visible()
    expect(other.get_by_role("button", name="签字形成自评报告")).to_have_count(0)
    token = other.locator("meta[name=csrf-token]").get_attribute("content") or ""
    sent = officer.context.request.post(
        f"{officer.stage.url}{address}sign/",
        form={"opinion": OPINION, "version": "1", "csrfmiddlewaretoken": token},
        headers={"Referer": officer.stage.url},
    )
    assert sent.status == 422
    assert "还没有作答" in sent.text()
    other.close()


def sign_and_read(pair: Pair) -> None:
    """The result says why, with clauses; PDF and Word hold it."""
    officer = pair.hers.person
    Firm(officer).sign(pair.address, OPINION)
    officer.look("signed")
    officer.page.get_by_role("link", name="结果和理由").click()
    head = officer.page.locator(".result-head")
    expect(head).to_contain_text(SCORE)
    expect(head).to_contain_text(LEVEL)
    expect(officer.page.get_by_text("追加扣除").first).to_be_visible()
    officer.look("result")
    assert f"{SCORE}" in text_of_pdf(pair.hers.download("下载 PDF"))
    assert f"{SCORE}" in text_of_word(pair.hers.download("下载 Word"))


def hand_in(pair: Pair, cast: Casting) -> None:
    """Posted inside, handed in after the period; seen by the district it belongs to and by no other."""
    officer, stage = pair.hers.person, pair.hers.person.stage
    firm = Firm(officer)
    firm.post(pair.address, "厂区公告栏")
    officer.look("posted")
    pair.theirs.person.page.close()
    stage.move_clock(POSTED_OUT)
    firm.hand_in(pair.address)
    officer.look("handed-in")
    official, other = cast("industry_district"), cast("other_industry_district")
    official.goto("/office/self-assessments/")
    expect(official.page.get_by_role("row", name="示例精密机械有限公司")).to_contain_text("已提交")
    official.look("district-list")
    other.goto("/office/self-assessments/")
    expect(other.page.get_by_text("示例精密机械有限公司")).to_have_count(0)
    other.look("other-district-list")
    found = other.page.goto(f"{stage.url}{pair.address}")
    assert found is not None
    assert found.status == 404


def text_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def text_of_word(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as word:
        return word.read("word/document.xml").decode()
