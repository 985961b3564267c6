"""The creation work through its pages: group, meetings, self-assessors, commitment, register, screening."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabiao.base.models import PublicRecord
from dabiao.creation.models import Assessor, Commitment, LeadingGroup, Meeting, Training
from dabiao.creation.models.groups import WorkKind
from dabiao.hazards.models import Hazard, RiskPoint
from dabiao.look.export import workbook
from dabiao.office.hazards.risks import HEADINGS
from office.story import Office, entries
from world import PASSWORD

HOME = "/office/creation/"
GROUP, TEAM, LETTER = f"{HOME}group/", f"{HOME}assessors/", f"{HOME}commitment/"
WORKS = f"{HOME}works/"
RISKS, SCREENINGS = "/office/hazards/risks/", "/office/hazards/screenings/"
FORMING = {
    "formed_on": "2026-01-01",
    "document": "安〔2026〕1号",
    "deputies": "示例分管 副总",
    "members": "示例部长 部长 设备部",
}
MINUTES = {"held_on": "2026-03-02", "attendance": "全体", "subjects": "部署自评", "decisions": "四月底完成"}


def formed(office: Office) -> LeadingGroup:
    head = f"{office.world.accounts['principal'].pk}:示例principal"
    office.post("officer", GROUP, head=head, **FORMING)
    return LeadingGroup.objects.get()


def signed(office: Office) -> Commitment:
    shown = re.search(r'name="digest" value="([^"]+)"', office.get("principal", LETTER))
    assert shown
    office.post("principal", LETTER, password=PASSWORD, digest=shown[1])
    return Commitment.objects.latest("id")


@pytest.mark.obligation("U17-group", "U13-less-typing")
def test_the_principal_is_filled_in_and_heads_the_group(office: Office) -> None:
    page = office.get("officer", GROUP)
    assert "示例principal</option>" in page
    assert "取自 账号任职、企业信息" in page
    formed(office)
    assert "示例principal" in office.get("assessor", GROUP)
    assert "还没有成立领导小组" not in office.get("officer", HOME)


def test_a_line_nobody_can_read_is_named_and_nothing_is_lost(office: Office) -> None:
    before = entries()
    told = {**FORMING, "members": "示例甲\n示例乙 部长 设备部 兼职"}
    head = f"{office.world.accounts['principal'].pk}:示例principal"
    page = office.post("officer", GROUP, 422, head=head, **told)
    assert "第 2 行：每行只写一人" in page
    assert "示例乙 部长 设备部 兼职" in page
    assert entries() == before


def test_a_fault_in_a_row_of_the_list_is_shown_in_that_row(office: Office) -> None:
    group = formed(office)
    member = group.members.get(name="示例部长")
    page = office.post("officer", f"{GROUP}members/{member.pk}/leave/", 422, until="")
    assert f'href="#until-{member.pk}"' in page
    assert f'id="until-{member.pk}"' in page
    assert page.count("<details open><summary>离任") == 1
    assert "<details open><summary>离任" not in office.get("officer", GROUP)


@pytest.mark.obligation("U17-group")
def test_a_missing_half_year_is_a_red_to_do_until_minutes_are_kept(office: Office) -> None:
    formed(office)
    office.stand_at(datetime(2026, 7, 6, 4, tzinfo=UTC))
    home = office.get("officer", "/office/")
    assert "召开领导小组会议（2026年上半年）" in home
    assert "逾期" in home
    assert "2026年上半年没有开会记录" in office.get("officer", HOME)
    office.post("officer", f"{GROUP}meetings/", **MINUTES)
    assert "2026年上半年" not in office.get("officer", "/office/")
    assert Meeting.objects.get().held_on == date(2026, 3, 2)


@pytest.mark.obligation("U17-work", "U13-less-typing")
def test_what_was_organised_is_recorded_and_ticked_off(office: Office) -> None:
    """Training of all staff, comparison with the standard, self-correction; how many there are is known."""
    assert "取自 企业信息的从业人数" in office.get("officer", WORKS)
    told = {"done_on": "2026-03-02", "people": 118, "words": "全员参加，考试合格"}
    for kind in WorkKind:
        assert f"{kind.label}：最近一次" not in office.get("principal", HOME)
        office.post("officer", WORKS, kind=kind, **told)
        assert f"{kind.label}：最近一次 2026-03-02" in office.get("principal", HOME)
    before = entries()
    assert "请填写" in office.post("officer", WORKS, 422, kind="training", **{**told, "words": ""})
    assert entries() == before


@pytest.mark.obligation("U18-assessors")
def test_self_assessors_are_appointed_and_trained(office: Office) -> None:
    told = {
        "name": "示例某",
        "kind": "workshop",
        "department": "一车间",
        "trade": "电工",
        "since": "2026-03-01",
    }
    office.post("officer", TEAM, **told, account=office.world.accounts["assessor"].pk)
    row = Assessor.objects.get()
    assert "未培训" in office.get("officer", TEAM)
    assert "这些场所还没有自评员：主厂区" in office.get("officer", TEAM)
    course = {"by": "institution", "provider": "示例学校", "began_on": "2026-03-01", "ended_on": "2026-03-01"}
    office.post("officer", f"{TEAM}trainings/", assessors=[row.pk], **course, hours=8)
    assert Training.objects.get().assessor == row
    office.post("officer", f"{TEAM}fund/", year=2026, amount=20000, used=100)
    page = office.get("principal", HOME)
    assert "1 名自评员，1 人培训有效" in page
    assert "2026 年培训经费 20000 元" in page


@pytest.mark.obligation("U16-commitment")
def test_the_principal_signs_and_anybody_can_read_and_check_it(office: Office, client: Client) -> None:
    assert "他人不能代签" in office.get("officer", LETTER)
    office.post("principal", LETTER, 422, password="不是密码", digest="sha256:00")
    made = signed(office)
    assert made.number in client.get("/commitments/?q=示例精密").content.decode()
    page = client.get(f"/commitments/{made.number}/").content.decode()
    assert "与签署时一致" in page
    assert made.digest in page
    office.post("principal", f"{LETTER}{made.pk}/withdraw/", reason="企业停业")
    page = client.get(f"/commitments/{made.number}/").content.decode()
    assert "这份承诺书已不再有效" in page
    assert "企业停业" in page
    assert client.get("/commitments/CN209900001/").status_code == 404


def test_a_text_altered_behind_our_back_is_shown_as_such(office: Office, client: Client) -> None:
    made = signed(office)
    record = PublicRecord.objects.get(number=made.number)
    altered = {**record.payload, "text": record.payload["text"].replace("每半年", "每年")}
    PublicRecord.objects.filter(pk=record.pk).update(payload=altered)
    assert "与签署时不一致" in client.get(f"/commitments/{made.number}/").content.decode()


def test_the_letter_is_printed(office: Office) -> None:
    made = signed(office)
    response = office.as_("officer").get(f"{LETTER}{made.pk}/pdf/")
    assert response.content.startswith(b"%PDF")


@pytest.mark.obligation("U13-dual-prevention")
def test_a_table_of_risks_goes_in_whole_or_not_at_all(office: Office) -> None:
    good = ("一车间", "冲压", "机械伤害", "重大", "双手按钮", "车间主任", date(2026, 12, 31))
    bad = ("一车间", "焊接", "火灾", "很大", "动火审批", "车间主任", date(2026, 12, 31))
    page = office.post("officer", f"{RISKS}import/", 422, file=sheet(good, bad))
    assert "第 3 行“风险等级”写的是“很大”" in page
    assert not RiskPoint.objects.exists()
    office.post("officer", f"{RISKS}import/", file=sheet(good))
    assert RiskPoint.objects.get().level == "major"
    exported = office.as_("officer").get(f"{RISKS}export.xlsx").content
    again = SimpleUploadedFile("again.xlsx", exported)
    office.post("officer", f"{RISKS}import/", file=again)
    assert RiskPoint.objects.count() == 1


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    return SimpleUploadedFile("risks.xlsx", io.BytesIO(workbook("清单", HEADINGS, rows)).read())


@pytest.mark.obligation("U13-dual-prevention", "U13-less-typing")
def test_what_a_screening_finds_is_to_be_put_right_and_seen_in_the_self_assessment(office: Office) -> None:
    point = {"place": "一车间", "activity": "冲压", "kind": "机械伤害", "level": "major"}
    told = {**point, "measures": "双手按钮", "responsible": "某人", "review_on": "2026-12-31"}
    office.post("officer", RISKS, **told)
    risk = RiskPoint.objects.get()
    screening = {"screened_on": "2026-03-02", "people": "某人", "checklist": "日检表", "places": "一车间"}
    office.post("assessor", SCREENINGS, **screening, text_1="光电失灵", risk_1=risk.pk, major_1="on")
    hazard = Hazard.objects.get()
    assert (hazard.risk, hazard.major) == (risk, True)
    assert hazard.number in office.get("officer", f"{RISKS}{risk.pk}/")
    assert "重大隐患 1 条没有整改完成" in office.get("officer", HOME)
    assert hazard.text in office.get("officer", "/office/")
