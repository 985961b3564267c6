"""Units: who sees which, finding them, their page, and their special areas (uplift/1)."""

import html
import io
import re
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from dabiao.base.models import JournalEntry
from dabiao.office.units import lists
from dabiao.organisations.models import Unit
from dabiao.organisations.queries import directory
from dabiao.organisations.services import cards
from office.story import Office, entries, statements

LIST = "/office/units/"


def unit(office: Office, which: str = "unit") -> Unit:
    return Unit.objects.get(pk=office.world.units[which].pk)


def test_a_units_own_people_go_straight_to_their_page(office: Office) -> None:
    response = office.as_("officer").get(LIST)
    assert response.status_code == 302
    assert response["Location"] == f"{LIST}{unit(office).pk}/"
    assert 'aria-current="page"' in office.get("officer", response["Location"])


@pytest.mark.parametrize(
    ("who", "mine", "other"),
    [
        ("bureau_city", True, True),
        ("organizer", True, True),
        ("industry_district", True, False),
        ("locality", True, False),
        ("other_industry_district", False, True),
        ("other_locality", False, True),
    ],
)
def test_everybody_sees_their_own_territory(office: Office, who: str, *, mine: bool, other: bool) -> None:
    page = office.get(who, LIST)
    for which, seen in (("unit", mine), ("other_unit", other)):
        row = unit(office, which)
        assert (row.name in page) == seen
        office.get(who, f"{LIST}{row.pk}/", 200 if seen else 404)
        if not seen:
            office.get(who, f"{LIST}{row.pk}/areas/", 404)


def test_reviewers_and_administrators_have_no_list(office: Office) -> None:
    for who in ("reviewer", "expert", "enforcement", "system_admin", "audit_admin"):
        office.get(who, LIST, 403)


def test_a_strangers_unit_looks_like_none_at_all(office: Office) -> None:
    other = unit(office, "other_unit")
    assert office.get("officer", f"{LIST}{other.pk}/", 404) == office.get("officer", f"{LIST}99999/", 404)


def test_units_are_found_by_name_code_and_what_they_are(office: Office) -> None:
    row = unit(office)
    for query in (
        f"q={row.uscc}",
        "q=精密",
        f"q={(row.uscc or '').lower()}",
        "size=medium&q=精密",
        "industry=C",
        "industry=34",
        f"jurisdiction={row.jurisdiction_id}",
    ):
        assert row.name in office.get("bureau_city", f"{LIST}?{query}"), query
    for query in ("q=没有这家", "size=micro", "industry=99", "jurisdiction=0", "area=ammonia"):
        page = office.get("bureau_city", f"{LIST}?{query}")
        assert row.name not in page
        assert "没有符合条件的企业" in page
    assert row.name in office.get("bureau_city", f"{LIST}?jurisdiction=x&sort=nonsense&page=y")


def test_the_list_is_sorted_and_exported(office: Office) -> None:
    page = office.get("bureau_city", f"{LIST}?sort=-name")
    assert page.index("示例粮食加工厂") < page.index("示例精密机械有限公司")  # l after j, backwards
    export = office.as_("industry_district").get(f"{LIST}export.xlsx")
    assert export.content.startswith(b"PK")


def test_a_list_of_many_is_read_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "FEW", 20)
    monkeypatch.setattr(directory, "MOST_COUNTED", 50)
    names = [f"示例第{number:03}厂" for number in range(70)]
    cards.enter([another(office, name) for name in names])
    first = office.get("bureau_city", f"{LIST}?q=第")
    assert "共 50 条以上" in first
    assert "共 50 条以上" in office.get("bureau_city", LIST)
    assert "没有排序" in first
    page, seen = office.get("bureau_city", LIST), list[str]()
    assert "按名称的拼音首字母排列" in page
    while True:
        seen += re.findall(r">(示例[^<]*厂|示例[^<]*公司)</a>", page)
        onward = re.search(r'href="(\?[^"]*)" rel="next"', page)
        if not onward:
            break
        page = office.get("bureau_city", LIST + html.unescape(onward[1]))
    assert len(seen) == len(set(seen)) == 72
    assert [name for name in seen if "第" in name] == names
    back = re.search(r'href="(\?[^"]*)" rel="prev"', page)
    assert back
    assert re.findall(r">(示例第[^<]*厂)</a>", office.get("bureau_city", LIST + html.unescape(back[1])))
    jumped = office.get("bureau_city", f"{LIST}?from=示例第06")
    assert re.findall(r">(示例第[^<]*厂)</a>", jumped) == names[60:]
    for query in ("after=x", "after=9999999999999999999999-a", "from=（"):
        office.get("bureau_city", f"{LIST}?{query}")


def test_an_export_of_many_is_bounded_and_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "FEW", 5)
    monkeypatch.setattr(lists, "CHUNK", 7)
    cards.enter([another(office, f"示例第{number:03}厂") for number in range(40)])
    assert len(exported(office, "")) == 42
    assert len(exported(office, "?q=第")) == 40
    monkeypatch.setattr(lists, "MOST_EXPORTED", 21)
    rows = exported(office, "")
    assert len(rows) == 22
    assert "只导出前 21 家" in rows[-1][0]


def exported(office: Office, query: str) -> list[list[Any]]:
    content = office.as_("bureau_city").get(f"{LIST}export.xlsx{query}").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()[1:]


def another(office: Office, name: str) -> Unit:
    row = unit(office)
    fields = {each.attname: getattr(row, each.attname) for each in Unit._meta.concrete_fields}
    return Unit.objects.create(**{**fields, "id": None, "name": name, "uscc": None, "uscc_exception": "示例"})


@pytest.mark.obligation("U1-special-processes")
def test_special_areas_are_flagged_explained_and_found_again(office: Office) -> None:
    row = unit(office)
    url = f"{LIST}{row.pk}/areas/"
    assert "液氨" in office.get("officer", url)
    office.post("officer", url, areas=["ammonia", "cold_store", "sewage_biogas"], version=row.version)
    assert unit(office).areas == ["ammonia", "cold_store", "sewage_biogas"]
    page = office.get("industry_district", f"{LIST}{row.pk}/")
    assert "冷库" in page
    assert "加氢站" in page  # the clause that names it stands beside
    assert row.name in office.get("bureau_city", f"{LIST}?area=cold_store")
    assert "主管部门或企业更正企业信息" in page  # the history says so


def test_areas_unknown_or_out_of_date_are_refused(office: Office) -> None:
    row = unit(office)
    url = f"{LIST}{row.pk}/areas/"
    before = entries()
    office.post("officer", url, 422, areas=["volcano"], version=row.version)
    assert "刚被他人修改过" in office.post("officer", url, 422, areas=["ammonia"], version=row.version + 1)
    assert entries() == before
    assert unit(office).areas == []


@pytest.mark.parametrize("who", ["assessor", "principal", "locality", "organizer"])
def test_only_those_answerable_change_them(office: Office, who: str) -> None:
    row = unit(office)
    office.post(who, f"{LIST}{row.pk}/areas/", 403, areas=["ammonia"], version=row.version)
    assert "修改特殊领域" not in office.get(who, f"{LIST}{row.pk}/")
    assert unit(office).areas == []
    office.post("stranger_officer", f"{LIST}{row.pk}/areas/", 404, areas=["ammonia"], version=row.version)


def test_the_page_shows_what_is_known_of_the_unit(office: Office) -> None:
    assessment = office.handed_in()
    row, hazard = unit(office), office.finding()
    for who in ("industry_district", "officer"):
        page = office.get(who, f"{LIST}{row.pk}/")
        for words in (row.uscc, "主厂区", assessment.number, hazard.number, "示例负责人", "还剩"):
            assert str(words) in page, words
    assert "企业提交自评报告" in page


def test_an_unfinished_self_assessment_is_not_shown_to_officials(office: Office) -> None:
    assessment = office.started()
    assert assessment.number not in office.get("industry_district", f"{LIST}{unit(office).pk}/")
    assert assessment.number in office.get("officer", f"{LIST}{unit(office).pk}/")


def test_pages_take_the_same_few_statements_however_many_units(office: Office) -> None:
    few = {url: statements(office, "bureau_city", url) for url in (LIST, f"{LIST}{unit(office).pk}/")}
    cards.enter([another(office, f"示例第{number}厂") for number in range(40)])
    for url, count in few.items():
        assert statements(office, "bureau_city", url) <= count
    assert max(few.values()) <= 20
    assert "第 1–30 条，共 42 条" in office.get("bureau_city", LIST)
    assert JournalEntry.objects.exists()


def test_a_site_needs_its_name_and_closes_without_one(office: Office) -> None:
    url = f"{LIST}{unit(office).pk}/sites/"
    assert '<span class="required">必填</span>' in office.get("officer", url)
    assert "请填写场所名称" in office.post("officer", url, 422, name=" ", address="示例路")
    office.post("officer", url, name="示例新厂区", address="示例路")
    site = unit(office).sites.get(name="示例新厂区")
    office.post("officer", url, close=site.pk)
    site.refresh_from_db()
    assert site.closed_on is not None


def test_a_site_is_corrected_in_its_row_and_what_is_wrong_is_said_there(office: Office) -> None:
    row = unit(office)
    url, site = f"{LIST}{row.pk}/sites/", row.sites.get(name="主厂区")
    office.post("officer", url, name="示例新厂区", address="示例路")
    refused = office.post("officer", url, 422, correct=site.pk, name="示例新厂区", address="示例路 9 号")
    assert refused.count("不与已有场所重名") == 2
    assert refused.count("<details open>") == 1
    assert 'value="示例路 9 号"' in refused
    office.post("officer", url, correct=site.pk, name="示例老厂区", address="示例路 9 号")
    site.refresh_from_db()
    assert (site.name, site.address) == ("示例老厂区", "示例路 9 号")
    office.post("officer", url, 404, correct=site.pk + 1000, name="示例", address="")
