"""Standing on pages: recorded by department, enforcement and unit; read by the unit and its territory."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dabiao.organisations.models import Unit
from dabiao.standing.models import Fact
from office.story import PNG, Office, entries

NEW = "/office/standing/new/"
ACCIDENT = {
    "since": "2026-03-01",
    "count_deaths": "0",
    "count_serious_injuries": "1",
    "count_loss_yuan": "200000",
    "words": "冲压伤手",
    "source": "示例事故快报",
}


def unit(office: Office, which: str = "unit") -> Unit:
    return Unit.objects.get(pk=office.world.units[which].pk)


def licence(office: Office) -> Fact:
    file = SimpleUploadedFile("证.png", PNG)
    said = {
        "number": "示例1",
        "since": "2026-01-05",
        "last": "2029-01-04",
        "words": "许可证",
        "source": "示例机关",
    }
    office.post("officer", f"{NEW}?kind=licence", file=file, **said)
    return Fact.objects.latest("id")


@pytest.mark.obligation("U8-locality-view")
def test_enforcement_records_and_the_locality_reads(office: Office) -> None:
    row = unit(office)
    assert "没有找到这家企业" in office.get("enforcement", f"{NEW}?code=示例没有&kind=accident")
    office.post("enforcement", f"{NEW}?code={row.uscc}&kind=accident", **ACCIDENT)
    fact = Fact.objects.get()
    for who in ("locality", "industry_district", "officer"):
        page = office.get(who, f"/office/units/{row.pk}/standing/")
        assert "生产安全事故" in page
        assert "重伤人数 1" in page
        assert "示例东区执法大队" in page
        assert "不良记录" in office.get(who, f"/office/units/{row.pk}/")
    assert "冲压伤手" in office.get("enforcement", f"/office/standing/{fact.pk}/")
    office.get("other_locality", f"/office/standing/{fact.pk}/", 404)


def test_what_is_wrong_stays_typed_and_nothing_is_written(office: Office) -> None:
    before = entries()
    row = unit(office)
    page = office.post(
        "enforcement", f"{NEW}?code={row.uscc}&kind=accident", 422, **{**ACCIDENT, "words": ""}
    )
    assert "请填写事实" in page
    assert "示例事故快报" in page
    assert entries() == before


def test_a_unit_records_its_licence_with_its_file(office: Office) -> None:
    fact = licence(office)
    assert (fact.until.isoformat() if fact.until else "") == "2029-01-05", "the last day counts"
    page = office.get("industry_district", f"/office/standing/{fact.pk}/")
    assert "企业自行登记" in page
    response = office.as_("industry_district").get(f"/office/standing/{fact.pk}/file/")
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == PNG
    said = {"number": "示例1", "since": "2026-01-05", "words": "许可证", "source": "示例机关"}
    assert "请上传证明文件" in office.post("officer", f"{NEW}?kind=licence", 422, **said)


def test_a_correction_keeps_the_earlier_and_leads_to_the_later(office: Office) -> None:
    fact = licence(office)
    url = f"/office/standing/{fact.pk}/correct/"
    assert "示例机关" in office.get("officer", url)
    said = {"number": "示例2", "since": "2026-01-05", "words": "许可证", "source": "示例机关"}
    assert "请写明原来错在哪里" in office.post("officer", url, 422, **said)
    office.post("officer", url, reason="编号有误", **said)
    assert "更正后的记录" in office.get("officer", f"/office/standing/{fact.pk}/")
    assert "已更正" in office.get("officer", f"/office/units/{fact.unit_id}/standing/")
    later = Fact.objects.latest("id")
    assert later.file_id == fact.file_id


def test_a_list_entry_is_lifted_with_its_reason(office: Office) -> None:
    row = unit(office)
    said = {"number": "示例1", "since": "2026-02-02", "words": "拒不整改", "source": "示例通报"}
    office.post("industry_district", f"{NEW}?unit={row.pk}&kind=joint_punishment", **said)
    fact = Fact.objects.get()
    url = f"/office/standing/{fact.pk}/lift/"
    sent = {"until": "2026-03-02", "version": 1}
    assert "请填写依据" in office.post("industry_district", url, 422, **sent)
    office.post("industry_district", url, reason="移出通知", **sent)
    assert "已终止" in office.get("officer", f"/office/standing/{fact.pk}/")


def test_lists_filter_and_export(office: Office) -> None:
    licence(office)
    page = office.get("bureau_city", "/office/standing/?show=adverse")
    assert "没有符合条件的记录" in page
    assert "许可证" in office.get("bureau_city", "/office/standing/?kind=licence&q=精密")
    assert office.as_("bureau_city").get("/office/standing/export.xlsx").status_code == 200


def test_the_way_up_is_open_to_whoever_stands_there(office: Office) -> None:
    """A unit has no list of all units' standing: it goes up to its own."""
    own, key = f"/office/units/{unit(office).pk}/standing/", licence(office).pk
    for page in (NEW, f"{NEW}?kind=licence", f"/office/standing/{key}/", f"/office/standing/{key}/correct/"):
        told = office.get("officer", page)
        assert f'<li><a href="{own}">资格状况</a></li>' in told
        assert 'href="/office/standing/"' not in told
    assert "资格状况" in office.get("officer", own)
    assert '<li><a href="/office/standing/">资格状况</a></li>' in office.get("bureau_city", NEW)
