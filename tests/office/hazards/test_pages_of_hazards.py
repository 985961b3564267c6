"""A finding from cause to confirmed, and demands of authorities, through their pages."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dabiao.creation.models import SelfAssessment
from dabiao.hazards.models import Demand, Evidence, Hazard
from dabiao.hazards.states import HazardState as S
from office.story import Office, entries, statements

LIST = "/office/hazards/"
PLAN = {
    "cause": "点检表没有纳入交接班",
    "corrective": "补齐记录并培训班组",
    "preventive": "交接班时双方签字核对",
    "responsible": "示例负责人",
    "due": "2026-03-20",
}


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "#3a6").save(content, "JPEG")
    return SimpleUploadedFile("after.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def hazard(office: Office) -> Hazard:
    office.signed()
    return office.finding()


def again(hazard: Hazard) -> Hazard:
    return Hazard.objects.get(pk=hazard.pk)


def planned(office: Office, hazard: Hazard) -> Hazard:
    office.post("assessor", f"{LIST}{hazard.pk}/plan/", **PLAN, version=again(hazard).version)
    return again(hazard)


def done(office: Office, hazard: Hazard, who: str = "assessor") -> Hazard:
    planned(office, hazard)
    office.post(who, f"{LIST}{hazard.pk}/report/", words="记录已补齐", evidence=picture())
    return again(hazard)


@pytest.mark.obligation("U19-root-cause")
def test_cause_corrective_and_preventive_measure_are_all_asked_for(office: Office, hazard: Hazard) -> None:
    before = entries()
    for left_out in ("cause", "corrective", "preventive", "responsible", "due"):
        told = {**PLAN, left_out: ""}
        page = office.post("officer", f"{LIST}{hazard.pk}/plan/", 422, **told, version=1)
        assert "请改正以下内容后再提交" in page
    assert entries() == before
    assert planned(office, hazard).preventive == PLAN["preventive"]
    assert again(hazard).state == S.PLANNED


def test_a_day_gone_by_is_no_deadline(office: Office, hazard: Hazard) -> None:
    told = {**PLAN, "due": "2026-02-01"}
    page = office.post("officer", f"{LIST}{hazard.pk}/plan/", 422, **told, version=1)
    assert "整改期限不能早于今天" in page
    assert PLAN["cause"] in page  # what was typed is still there
    assert again(hazard).state == S.FOUND


def test_reporting_needs_a_plan_words_and_evidence(office: Office, hazard: Hazard) -> None:
    url = f"{LIST}{hazard.pk}/report/"
    office.post("officer", url, 409, words="已整改", evidence=picture())
    planned(office, hazard)
    before = entries()
    assert "至少附一张整改后的照片" in office.post("officer", url, 422, words="已整改")
    assert "完成情况" in office.post("officer", url, 422, words="", evidence=picture())
    assert entries() == before
    assert not Evidence.objects.exists()


def test_a_file_of_no_known_kind_is_refused(office: Office, hazard: Hazard) -> None:
    planned(office, hazard)
    script = SimpleUploadedFile("after.jpg", b"<script>alert(1)</script>", "image/jpeg")
    office.post("officer", f"{LIST}{hazard.pk}/report/", 422, words="已整改", evidence=script)
    assert not Evidence.objects.exists()
    assert again(hazard).state == S.PLANNED


def test_evidence_is_seen_as_a_safe_copy(office: Office, hazard: Hazard) -> None:
    done(office, hazard)
    row = Evidence.objects.get()
    url = f"{LIST}{hazard.pk}/evidence/{row.pk}/"
    assert url in office.get("officer", f"{LIST}{hazard.pk}/")
    response = office.as_("industry_district").get(url)
    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    office.get("stranger_officer", url, 404)
    office.get("officer", f"{LIST}{hazard.pk}/evidence/999/", 404)


def test_the_one_who_reported_does_not_confirm(office: Office, hazard: Hazard) -> None:
    done(office, hazard, who="officer")
    url = f"{LIST}{hazard.pk}/confirm/"
    before = entries()
    assert "由您本人报告" in office.post("officer", url, 422)
    assert "确认销号" in office.get("officer", f"{LIST}{hazard.pk}/")
    assert entries() == before
    office.post("principal", url)
    assert again(hazard).state == S.CLOSED
    assert again(hazard).closed_at is not None


def test_an_assessor_does_not_confirm(office: Office, hazard: Hazard) -> None:
    done(office, hazard)
    assert "由本企业安全管理员或主要负责人确认" in office.post(
        "colleague", f"{LIST}{hazard.pk}/confirm/", 422
    )
    assert again(hazard).state == S.DONE


def test_sending_back_asks_why_and_opens_it_again(office: Office, hazard: Hazard) -> None:
    done(office, hazard)
    url = f"{LIST}{hazard.pk}/confirm/"
    assert "请写明还差什么" in office.post("officer", url, 422, back="1", reason="")
    office.post("officer", url, back="1", reason="还缺四月的记录")
    assert again(hazard).state == S.PLANNED
    assert "还缺四月的记录" in office.get("assessor", f"{LIST}{hazard.pk}/")


def test_what_is_closed_is_closed(office: Office, hazard: Hazard) -> None:
    done(office, hazard)
    office.post("officer", f"{LIST}{hazard.pk}/confirm/")
    before = entries()
    page = office.post("officer", f"{LIST}{hazard.pk}/plan/", 422, **PLAN, version=again(hazard).version)
    assert "方案不能再改" in page
    office.post("officer", f"{LIST}{hazard.pk}/report/", 409, words="x", evidence=picture())
    assert "还没有报告整改完成" in office.post("officer", f"{LIST}{hazard.pk}/confirm/", 422)
    assert entries() == before


def test_officials_read_and_strangers_see_nothing(office: Office, hazard: Hazard) -> None:
    for who in ("industry_district", "locality", "bureau_city"):
        page = office.get(who, f"{LIST}{hazard.pk}/")
        assert "保存整改方案" not in page
        office.post(who, f"{LIST}{hazard.pk}/plan/", 403, **PLAN, version=1)
    for who in ("stranger_officer", "other_industry_district", "other_locality"):
        office.get(who, f"{LIST}{hazard.pk}/", 404)
        assert hazard.number not in office.get(who, LIST)
    office.post("stranger_officer", f"{LIST}{hazard.pk}/plan/", 404, **PLAN, version=1)
    assert again(hazard).state == S.FOUND


def test_ones_own_list_does_not_repeat_whose_it_is(office: Office, hazard: Hazard) -> None:
    said = f">{hazard.unit.name}</td>"
    for who, told in (("officer", False), ("industry_district", True)):
        page = office.get(who, LIST)
        assert hazard.number in page
        assert (said in page) is told


def test_it_stands_in_the_to_do_list_until_it_is_closed(office: Office, hazard: Hazard) -> None:
    assert "分析原因" in office.get("assessor", "/office/")
    done(office, hazard)
    assert "确认销号" in office.get("officer", "/office/")
    assert hazard.text[:20] not in office.get("assessor", "/office/")  # who may not confirm has nothing to do
    office.post("officer", f"{LIST}{hazard.pk}/confirm/")
    assert hazard.text[:20] not in office.get("officer", "/office/")


def test_the_list_is_filtered_sorted_and_exported(office: Office, hazard: Hazard) -> None:
    planned(office, hazard)
    assert hazard.number in office.get("officer", f"{LIST}?state=planned&sort=due&q=记录")
    assert "没有符合条件" in office.get("officer", f"{LIST}?state=closed")
    assert office.as_("officer").get(f"{LIST}export.xlsx").content.startswith(b"PK")


def test_a_list_takes_the_same_few_statements_however_long(office: Office, hazard: Hazard) -> None:
    planned(office, hazard)
    one = statements(office, "officer", LIST)
    page = statements(office, "officer", f"{LIST}{hazard.pk}/")
    fields = {each.attname: getattr(hazard, each.attname) for each in Hazard._meta.concrete_fields}
    del fields["id"]
    for number in range(12):
        Hazard.objects.create(**{**fields, "number": f"YH-{number}", "due": "2026-03-20"})
    assert statements(office, "officer", LIST) <= one
    assert statements(office, "officer", f"{LIST}{hazard.pk}/") <= page
    assert one <= 15


@pytest.mark.obligation("U19-root-cause")
def test_a_demand_of_an_authority_is_collected_and_tracked_to_its_end(office: Office) -> None:
    url = f"{LIST}demands/"
    assert "还没有登记" in office.get("officer", url)
    office.post("officer", url, 422, issuer="", text="", received="2026-03-02")
    told = {"issuer": "示例东区应急管理局", "text": "开展有限空间专项自查", "received": "2026-03-02"}
    assert "不能早于收到日期" in office.post("officer", url, 422, **told, due="2026-03-01")
    assert "不能晚于今天" in office.post("officer", url, 422, **{**told, "received": "2027-01-01"})
    office.post("officer", url, **told, due="2026-03-05")
    demand = Demand.objects.get()
    assert "开展有限空间专项自查" in office.get("assessor", "/office/")
    page = f"{url}{demand.pk}/"
    office.get("stranger_officer", page, 404)
    office.post("officer", page, 422, done="", version=1)
    office.post("officer", page, done="已自查，发现两处并整改", version=1)
    assert Demand.objects.get().done_on is not None
    assert "开展有限空间专项自查" not in office.get("assessor", "/office/")
    assert "已落实" in office.get("officer", url)


def exported(office: Office, who: str, name: str) -> list[tuple[object, ...]]:
    answer = office.as_(who).get(f"{LIST}{name}/export.xlsx")
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)


def test_demands_and_screenings_leave_as_workbooks_for_their_own_unit(office: Office) -> None:
    demand = {"issuer": "示例东区应急管理局", "text": "=专项自查", "received": "2026-03-02"}
    office.post("officer", f"{LIST}demands/", **demand, due="2026-03-05")
    screening = {"screened_on": "2026-03-02", "people": "示例人员", "checklist": "节前检查表"}
    office.post("officer", f"{LIST}screenings/", **screening, places="一车间", text_1="通道堆物")
    heading, row = exported(office, "assessor", "demands")
    assert heading[:4] == ("提出部门", "工作要求", "收到日期", "要求完成日期")
    assert row[:2] == ("示例东区应急管理局", "=专项自查")
    assert exported(office, "assessor", "screenings")[1][1:] == ("示例人员", "节前检查表", "一车间", None, 1)
    for name in ("demands", "screenings"):
        assert len(exported(office, "stranger_officer", name)) == 1


def test_what_still_has_to_be_put_right_comes_first_by_its_limit(office: Office, hazard: Hazard) -> None:
    texts = ("已经办结", "后到期", "先到期")
    for number, (text, due, state) in enumerate(
        zip(texts, ("2026-03-05", "2026-04-20", "2026-04-02"), (S.CLOSED, S.PLANNED, S.PLANNED), strict=True)
    ):
        copy = again(hazard)
        copy.pk, copy.number, copy.text, copy.due, copy.state = None, f"YH-{number}", text, due, state
        copy.save()
    page = office.get("officer", LIST)
    places = [page.index(text) for text in ("先到期", "后到期", hazard.text[:20], "已经办结")]
    assert places == sorted(places)


def test_it_says_when_and_by_which_self_assessment_it_was_found(office: Office, hazard: Hazard) -> None:
    page = office.get("officer", f"{LIST}{hazard.pk}/")
    row = SelfAssessment.objects.get(pk=hazard.origin_key)
    assert f'<a href="/office/self-assessments/{row.pk}/">{row.title} {row.number}</a>' in page
    assert "还没有办理记录" in page
