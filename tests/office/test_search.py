"""Search finds what a person may see, and nothing that belongs to others."""

import pytest

from office.story import Office, statements

URL = "/office/search/"


def search(office: Office, who: str, text: str) -> str:
    return office.get(who, f"{URL}?q={text}")


def test_an_empty_search_says_what_can_be_searched(office: Office) -> None:
    assert "搜什么都可以" in office.get("officer", URL)
    assert "没有找到与“没有这样的词”有关的内容" in search(office, "officer", "没有这样的词")


def test_a_unit_is_found_by_name_and_code(office: Office) -> None:
    unit = office.world.units["unit"]
    for text in ("精密机械", unit.uscc):
        page = search(office, "industry_district", text)
        assert unit.name in page
        assert f"/office/units/{unit.pk}/" in page


def test_numbers_of_reports_and_findings_lead_to_them(office: Office) -> None:
    assessment = office.handed_in()
    hazard = office.finding()
    for who in ("officer", "bureau_city", "locality"):
        assert f"/office/self-assessments/{assessment.pk}/" in search(office, who, assessment.number)
        assert f"/office/hazards/{hazard.pk}/" in search(office, who, hazard.number)
        assert f"/office/hazards/{hazard.pk}/" in search(office, who, "记录缺失")


@pytest.mark.parametrize(
    "who",
    ["stranger_officer", "other_industry_district", "other_locality", "reviewer", "expert", "system_admin"],
)
def test_what_belongs_to_others_is_never_found(office: Office, who: str) -> None:
    assessment = office.handed_in()
    for text in (assessment.number, office.finding().number, "精密机械", "记录缺失", "总体符合"):
        page = search(office, who, text)
        assert "没有找到" in page, text
        assert f"/office/units/{office.world.units['unit'].pk}/" not in page


def test_an_unfinished_report_is_found_by_its_unit_alone(office: Office) -> None:
    assessment = office.started()
    assert f"/office/self-assessments/{assessment.pk}/" in search(office, "assessor", assessment.number)
    assert "没有找到" in search(office, "bureau_city", assessment.number)


def test_standards_and_their_items_are_found_by_whoever_works_with_them(office: Office) -> None:
    for who in ("officer", "reviewer", "industry_district"):
        page = search(office, who, "示例评定标准")
        assert "/office/standards/" in page
        assert "企业应当做到第" in search(office, who, "企业应当做到第2.1.1项要求")
    assert "没有找到" in search(office, "audit_admin", "示例评定标准")


def test_signs_that_mean_something_elsewhere_mean_nothing_here(office: Office) -> None:
    for text in ("%25", "_", "%27%22", "%5C", "x" * 500, "%3Cscript%3E"):
        page = search(office, "officer", text)
        assert "<script>alert" not in page


def test_a_search_takes_the_same_few_statements(office: Office) -> None:
    office.handed_in()
    assert statements(office, "bureau_city", f"{URL}?q=示例") <= 23
