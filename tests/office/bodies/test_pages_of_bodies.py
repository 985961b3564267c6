"""Pages of bodies: who answers for what, assigned by the committee office; recognitions by the city."""

import io
from datetime import date

import openpyxl
import pytest

from dabiao.organisations.models import BodyKind, IndustryDuty, Recognition, Unit
from dabiao.organisations.queries import cards
from office.story import Office, entries
from world import AT

HERE = "/office/bodies/"


def test_bodies_are_listed_and_found(office: Office) -> None:
    page = office.get("reviewer", f"{HERE}?kind=review_unit")
    assert office.world.bodies["review_unit"].name in page
    assert office.world.bodies["street_east"].name not in page


@pytest.mark.obligation("U7-new-industries")
def test_the_committee_office_assigns_and_the_unit_says_why(office: Office) -> None:
    IndustryDuty.objects.update(until=date(2026, 1, 2))
    assert "暂由应急管理部门承担" in office.get("committee_city", f"{HERE}duties/")
    sent = {
        "subject": "34",
        "department": office.world.bodies["other_industry_city"].pk,
        "nearest": "on",
        "reason": "商务服务职能相近",
    }
    assert office.as_("committee_city").post(f"{HERE}duties/", sent).status_code == 302
    unit = Unit.objects.get(pk=office.world.units["unit"].pk)
    assert unit.department == office.world.bodies["other_industry_city"]
    assert "商务服务职能相近" in office.get("officer", f"/office/units/{unit.pk}/")


@pytest.mark.obligation("U7-new-industries")
def test_the_committee_office_ends_a_duty_and_no_unit_is_left_alone(office: Office) -> None:
    duty, url = IndustryDuty.objects.get(), f"{HERE}duties/end/"
    said = {"which": f"industry:{duty.pk}", "reason": "机构改革，职能划转"}
    before = entries()
    assert "请填写理由" in office.post("committee_city", url, 422, **{**said, "reason": ""})
    office.post("committee_district", url, 422, **said)  # a department of the city
    office.post("industry_city", url, 403, **said)
    assert entries() == before
    office.post("committee_city", url, **said)
    duty.refresh_from_db()
    assert duty.until == AT.date()
    for unit in Unit.objects.select_related("department"):
        assert unit.department.kind == BodyKind.BUREAU
    assert list(cards.wrong()) == []
    office.post("committee_city", url, 422, **said)


def test_similar_function_without_a_reason_is_refused_beside_the_field(office: Office) -> None:
    sent = {"subject": "34", "department": office.world.bodies["other_industry_city"].pk, "nearest": "on"}
    response = office.as_("committee_city").post(f"{HERE}duties/", sent)
    assert response.status_code == 422
    assert "写明相近在哪里" in response.content.decode()
    assert IndustryDuty.objects.count() == 1


def test_the_city_recognises_and_ends(office: Office) -> None:
    client = office.as_("industry_city")
    sent = {
        "body": office.world.bodies["review_unit"].pk,
        "level": "level_2",
        "since": "2026-03-02",
        "basis": "示例〔2026〕1号",
    }
    assert client.post(f"{HERE}recognitions/", sent).status_code == 302
    row = Recognition.objects.get()
    assert row.until == date(2028, 3, 3)
    assert "2028-03-03" in office.get("review_admin", f"{HERE}recognitions/")
    ended = client.post(f"{HERE}recognitions/{row.pk}/end/", {"until": "2026-03-03", "reason": "资料造假"})
    assert ended.status_code == 302
    row.refresh_from_db()
    assert (row.until, row.ended_reason) == (date(2026, 3, 3), "资料造假")


def test_the_list_leaves_as_a_workbook_as_it_was_filtered(office: Office) -> None:
    answer = office.as_("organizer").get("/office/bodies/export.xlsx?kind=review_unit")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0] == ("名称", "类别", "管辖区", "上级")
    assert {row[1] for row in rows[1:]} == {"评审单位"}
    assert office.world.bodies["review_unit"].name in {row[0] for row in rows}
