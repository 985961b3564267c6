"""Pages of standards: who sees what, and that every act works from its page."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from dabiao.standards.models import Edition, Making, Standard, StandardUse, VetoOverlay
from standards.desk import Desk

SignedIn = Callable[[str], Client]
BASE = "/office/standards/"
READERS = ("officer", "reviewer", "organizer", "industry_district", "other_industry_city", "industry_city")


@pytest.mark.parametrize("who", READERS)
def test_everybody_reads_published_editions_and_nobody_elses_drafts(
    desk: Desk, edition: Edition, signed_in: SignedIn, who: str
) -> None:
    draft = desk.draft(edition.standard, label="2027版")
    client = signed_in(who)
    for address in ("", "items/", "vetoes/", f"{edition.standard_id}/", f"editions/{edition.pk}/"):
        assert client.get(BASE + address).status_code == 200, address
    own = who == "industry_city"
    assert client.get(f"{BASE}editions/{draft.pk}/").status_code == (200 if own else 404)
    assert ("2027版" in client.get(f"{BASE}{edition.standard_id}/").content.decode()) is own


def test_a_draft_of_another_department_answers_like_one_that_is_not_there(
    desk: Desk, signed_in: SignedIn
) -> None:
    draft, client = desk.draft(), signed_in("other_industry_city")
    here = f"{BASE}editions/{draft.pk}/"
    for address in ("", "check/", "checklist.xlsx", "items/1.1/", "elements/1/"):
        assert client.get(here + address).status_code == 404, address
    for address in (
        "phrases/1/",
        "sums/0/",
        "scheme/",
        "publish/",
        "discard/",
        "withdraw/",
        "items/1.1/drop/",
    ):
        assert client.post(here + address).status_code == 404, address
    assert client.get(f"{BASE}{draft.standard_id}/").status_code == 404
    assert Edition.objects.get().state == "draft"


def test_published_editions_have_no_pages_of_correction(edition: Edition, signed_in: SignedIn) -> None:
    client = signed_in("industry_city")
    for address in ("check/", "items/1.1/", "elements/1/"):
        assert client.get(f"{BASE}editions/{edition.pk}/{address}").status_code == 404


def test_units_are_shown_no_duties_of_departments(edition: Edition, signed_in: SignedIn) -> None:
    page = signed_in("officer").get(f"{BASE}?tab=gaps").content.decode()
    assert "标准缺口" not in page
    assert signed_in("officer").get(f"{BASE}import/").status_code == 403


def test_the_panes_show_element_and_item(edition: Edition, signed_in: SignedIn) -> None:
    page = signed_in("officer").get(f"{BASE}editions/{edition.pk}/?item=1.2").content.decode()
    assert 'data-view="item"' in page
    assert "每人扣1分" in page
    assert "扣多少由评分人确定" in page


@pytest.mark.obligation("U4-reuse")
@pytest.mark.parametrize("purpose", ["training", "screening", "inspection"])
def test_items_become_check_lists_for_training_screening_and_supervision(
    edition: Edition, signed_in: SignedIn, purpose: str
) -> None:
    query = f"?purpose={purpose}&element=1"
    found = cells(signed_in("officer").get(f"{BASE}editions/{edition.pk}/checklist.xlsx{query}").content)
    assert any("第1.1项" in each for each in found)
    assert any("第1.2项" in each for each in found)
    assert not any("第2.1项" in each for each in found)


@pytest.mark.obligation("U12-mandatory")
def test_mandatory_items_are_drawn_out_as_an_inspection_list(edition: Edition, signed_in: SignedIn) -> None:
    query = "?purpose=inspection&mandatory=1"
    client = signed_in("enforcement")
    assert "强制性" in client.get(f"{BASE}items/?mandatory=1").content.decode()
    found = cells(client.get(f"{BASE}editions/{edition.pk}/checklist.xlsx{query}").content)
    assert "《安全生产法》" in found
    assert not any("第1.2项" in each for each in found)


def test_found_items_of_one_edition_are_exported(edition: Edition, signed_in: SignedIn) -> None:
    query = f"?q=每缺一人&edition={edition.pk}&purpose=screening"
    found = cells(signed_in("reviewer").get(f"{BASE}items/export.xlsx{query}").content)
    assert [each for each in found if "应当符合要求" in each] == ["第1.2项应当符合要求。"]
    assert signed_in("reviewer").get(f"{BASE}items/export.xlsx?purpose=screening").status_code == 404


def cells(content: bytes) -> list[str]:
    rows = load_workbook(BytesIO(content)).active.iter_rows()
    return [str(cell.value) for row in rows for cell in row if cell.value is not None]


VETO = {
    "text": "未配备专职人员的",
    "basis": "《示例条例》第十条",
    "source": "key_work",
    "since": "2026-03-05",
}


@pytest.mark.obligation("U2-dynamic-veto")
def test_a_department_adds_changes_and_lifts_a_veto_from_its_page(
    edition: Edition, signed_in: SignedIn
) -> None:
    client = signed_in("industry_city")
    client.post(f"{BASE}vetoes/new/?edition={edition.pk}&item=1.2", VETO)
    row = VetoOverlay.objects.get()
    assert (row.item, row.edition, row.source) == ("1.2", edition, "key_work")
    client.post(f"{BASE}vetoes/{row.pk}/change/", VETO | {"text": "改后的情形", "version": "1"})
    row.refresh_from_db()
    assert row.text == "改后的情形"
    client.post(f"{BASE}vetoes/{row.pk}/lift/", {"until": "2026-04-01", "reason": "条例修改", "version": "2"})
    row.refresh_from_db()
    assert row.until is not None
    assert "改后的情形" in signed_in("officer").get(f"{BASE}vetoes/").content.decode()
    assert signed_in("other_industry_city").get(f"{BASE}vetoes/{row.pk}/lift/").status_code == 404


def test_vetoes_leave_as_a_workbook_with_what_they_reach(edition: Edition, signed_in: SignedIn) -> None:
    client = signed_in("industry_city")
    client.post(f"{BASE}vetoes/new/?edition={edition.pk}&item=1.2", VETO)
    client.post(f"{BASE}vetoes/new/", VETO | {"text": "另一情形", "since": "2026-06-01"})
    rows = load_workbook(BytesIO(signed_in("officer").get(f"{BASE}vetoes/export.xlsx").content)).active.values
    heading, later, first = rows
    assert heading[:4] == ("否决情形", "适用范围", "归口部门", "依据")
    assert (later[0], later[1], later[-1]) == ("另一情形", "部门归口的所有标准", "将适用")
    assert first[:2] == ("未配备专职人员的", f"{edition.standard.title} {edition.label} 1.2")


def test_a_veto_without_basis_says_so_beside_the_field(edition: Edition, signed_in: SignedIn) -> None:
    response = signed_in("industry_city").post(f"{BASE}vetoes/new/", VETO | {"basis": ""})
    assert response.status_code == 422
    assert "未配备专职人员的" in response.content.decode()
    assert not VetoOverlay.objects.exists()


@pytest.mark.obligation("U1-five-years")
def test_due_standards_are_chased_and_decided_from_their_pages(edition: Edition, signed_in: SignedIn) -> None:
    Standard.objects.update(in_force="2020-01-01")
    standard = Standard.objects.get()
    bureau, owner = signed_in("bureau_city"), signed_in("industry_city")
    assert "已到期，未催办" in bureau.get(f"{BASE}?tab=due").content.decode()
    assert bureau.post(f"{BASE}{standard.pk}/chase/").status_code == 302
    assert "已到期，已催办" in owner.get(f"{BASE}{standard.pk}/").content.decode()
    empty = owner.post(f"{BASE}{standard.pk}/reaffirm/", {"version": standard.version})
    assert empty.status_code == 422
    said = {"version": standard.version, "conclusion": "仍满足需要"}
    assert owner.post(f"{BASE}{standard.pk}/reaffirm/", said).status_code == 302
    assert "没有到期的标准" in owner.get(f"{BASE}?tab=due").content.decode()


def test_a_due_standard_is_put_under_revision_or_retired(edition: Edition, signed_in: SignedIn) -> None:
    Standard.objects.update(in_force="2020-01-01")
    standard, owner = Standard.objects.get(), signed_in("industry_city")
    said = {
        "version": standard.version,
        "conclusion": "不满足需要",
        "due": "2026-12-31",
        "until": "2026-12-31",
    }
    assert owner.post(f"{BASE}{standard.pk}/revise/", said).status_code == 302
    assert "修订中" in owner.get(f"{BASE}?tab=due").content.decode()
    assert owner.post(f"{BASE}{standard.pk}/retire/", said).status_code == 302
    assert Edition.objects.get().state == "withdrawn"


@pytest.mark.obligation("U1-gaps")
def test_a_gap_is_seen_with_its_demand_and_its_making_followed(desk: Desk, signed_in: SignedIn) -> None:
    client = signed_in("industry_city")
    page = client.get(f"{BASE}?tab=gaps").content.decode()
    assert "通用设备制造业" in page
    assert "making" in page
    said = {"title": "制定通用设备标准", "due": "2027-01-01", "department": str(desk.owner.pk)}
    assert client.get(f"{BASE}makings/new/?industry=34").status_code == 200
    client.post(f"{BASE}makings/new/?industry=34", said)
    making = Making.objects.get()
    here = f"{BASE}makings/{making.pk}/"
    client.post(f"{here}progress/", {"words": "完成调研", "version": "1"})
    assert "完成调研" in client.get(here).content.decode()
    assert (
        signed_in("other_industry_city").post(f"{here}drop/", {"words": "不要", "version": "2"}).status_code
        == 404
    )
    assert client.post(f"{here}finish/", {"words": "完成", "version": "2"}).status_code == 422
    client.post(f"{here}drop/", {"words": "并入国家标准", "version": "2"})
    making.refresh_from_db()
    assert making.state == "dropped"


@pytest.mark.obligation("U1-special-processes")
def test_the_making_for_a_special_process_is_opened_by_a_leading_body(
    desk: Desk, signed_in: SignedIn
) -> None:
    client = signed_in("committee_city")
    page = client.get(f"{BASE}?tab=gaps").content.decode()
    for title in ("污水处理沼气", "粮食加工粉尘", "冷库", "加氢站", "危险化学品企业分级监管"):
        assert title in page
    said = {"title": "制定加氢站标准", "due": "2027-01-01", "department": str(desk.owner.pk)}
    client.post(f"{BASE}makings/new/?area=hydrogen_station", said)
    assert (Making.objects.get().department, Making.objects.get().area) == (desk.owner, "hydrogen_station")


def test_registration_mapping_and_withdrawal_work_from_the_pages(
    edition: Edition, signed_in: SignedIn
) -> None:
    client, here = signed_in("industry_city"), f"{BASE}{edition.standard_id}/"
    said = {
        "title": "新名称",
        "levels": ["level_3"],
        "areas": ["cold_store"],
        "general": "on",
        "version": "2",
    }
    client.post(f"{here}amend/", said)
    row = Standard.objects.get()
    assert (row.title, row.levels, row.areas, row.general) == ("新名称", ["level_3"], ["cold_store"], True)
    use = {"industry": "34", "nearest": "on", "reason": "", "since": "2026-03-02"}
    assert client.post(f"{here}uses/", use).status_code == 422
    client.post(f"{here}uses/", use | {"reason": "工艺相近"})
    mapped = StandardUse.objects.get()
    client.post(f"{here}uses/{mapped.pk}/end/")
    assert StandardUse.objects.get().until is not None
    client.post(f"{BASE}editions/{edition.pk}/withdraw/", {"until": "2026-03-02", "reason": "被新标准替代"})
    assert Edition.objects.get().state == "withdrawn"


def test_the_list_is_exported(edition: Edition, signed_in: SignedIn) -> None:
    found = cells(signed_in("organizer").get(f"{BASE}export.xlsx").content)
    assert "SL/T 1—2026" in found
    assert "示例市工业主管部门" in found


def test_an_edition_page_costs_the_same_few_queries(
    edition: Edition, signed_in: SignedIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = signed_in("officer")
    client.get(f"{BASE}editions/{edition.pk}/")
    with django_assert_max_num_queries(20):
        client.get(f"{BASE}editions/{edition.pk}/?item=1.2")


def test_the_home_of_a_keeper_lists_reviews_duties_and_drafts(
    desk: Desk, edition: Edition, signed_in: SignedIn
) -> None:
    desk.draft(edition.standard, label="2027版")
    Standard.objects.update(in_force="2020-01-01")
    said = {"title": "制定加氢站标准", "due": "2027-01-01", "department": str(desk.owner.pk)}
    signed_in("bureau_city").post(f"{BASE}makings/new/?area=hydrogen_station", said)
    home = signed_in("industry_city").get("/office/").content.decode()
    for words in ("五年复审：示例通用机械评定标准", "制修订标准：制定加氢站标准", "核对草案", "逾期"):
        assert words in home
    assert "五年复审" not in signed_in("other_industry_city").get("/office/").content.decode()
