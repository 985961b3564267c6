"""Pages of the organizing unit about reviewers and experts."""

from dabiao.people.models import Qualification
from office.story import Office

LIST = "/office/qualifications/"
NEW = f"{LIST}new/"
TOLD = {
    "login": "reviewer",
    "kind": "reviewer",
    "number": "示例证1",
    "specialties": "机械, 电气 机械",
    "since": "2025-01-01",
    "until": "2028-01-01",
}


def test_the_organizing_unit_files_and_finds_what_it_filed(office: Office) -> None:
    assert "还没有建档" in office.get("organizer", LIST)
    office.post("organizer", NEW, **TOLD)
    assert Qualification.objects.get().specialties == "机械、电气"
    for asked in ("", "?q=电气", "?q=证1", "?kind=reviewer&sort=-until"):
        assert "示例证1" in office.get("organizer_lead", LIST + asked), asked
    for asked in ("?q=化工", "?kind=expert"):
        assert "没有符合条件" in office.get("organizer", LIST + asked), asked


def test_a_reviewer_reads_their_own_and_nobody_elses(office: Office) -> None:
    office.post("organizer", NEW, **TOLD)
    mine = office.get("reviewer", f"{LIST}own/")
    assert "示例证1" in mine
    assert "有效" in mine
    assert "还没有为您建档" in office.get("expert", f"{LIST}own/")


def test_somebody_without_the_posting_is_not_found_and_nothing_typed_is_lost(office: Office) -> None:
    page = office.post("organizer", NEW, 422, **{**TOLD, "login": "officer"})
    assert "没有以此登录名任职的人员" in page
    assert "示例证1" in page
    assert not Qualification.objects.exists()
