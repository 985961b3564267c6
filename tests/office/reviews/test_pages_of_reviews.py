"""From the contract to the gate on pages, as every role concerned; conflicts, trainings, hand-overs."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.hazards.models import Handover
from dabiao.reviews.models import InitialVisit, Review, ServiceContract
from dabiao.reviews.services.visiting import Serious
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import (
    accepted,
    closed,
    consulting_told,
    engaged,
    entered,
    filled,
    qualify,
    review_told,
    visiting,
)
from sheets import photographs
from world import World

pytestmark = pytest.mark.django_db
SIGNED = datetime(2026, 3, 27, 4, tzinfo=UTC)
VISITED = datetime(2026, 3, 30, 4, tzinfo=UTC)
LATE = datetime(2026, 5, 20, 4, tzinfo=UTC)
LIST = "/office/reviews/"
SignedIn = Callable[[str], Client]
Clock = Callable[[datetime], None]


def told(world: World, **more: object) -> dict[str, object]:
    kept: dict[str, object] = {
        "kind": "review",
        "body": world.bodies["review_unit"].pk,
        "scope": "达标评审",
        "signed_on": "2026-03-27",
        "begins_on": "2026-03-27",
        "fee": 30_000,
        "unit_signer": "示例负责人",
        "firm_signer": "示例经理",
        "staff": "示例甲 评001\n示例乙",
    }
    return {**kept, **more, "file": SimpleUploadedFile("合同.pdf", photographs.pdf(), "application/pdf")}


@pytest.mark.obligation("U8-contract-notice")
def test_a_contract_is_entered_confirmed_told_and_acknowledged(
    world: World, signed_in: SignedIn, clock: Clock
) -> None:
    accepted(world)
    clock(SIGNED)
    officer = signed_in("officer")
    assert "签订评审合同" in officer.get("/office/").text
    assert "登记评审合同" in officer.get(f"/office/cases/{Case.objects.get().pk}/").text
    assert world.bodies["review_unit"].name in officer.get(f"{LIST}contracts/new/").text
    assert officer.post(f"{LIST}contracts/new/", told(world, scope="")).status_code == 422
    assert officer.post(f"{LIST}contracts/new/", told(world)).status_code == 302
    row = ServiceContract.objects.get()
    assert row.staff == [{"name": "示例甲", "number": "评001"}, {"name": "示例乙", "number": ""}]
    admin = signed_in("review_admin")
    assert "确认合同" in admin.get("/office/").text
    admin.post(f"{LIST}contracts/{row.pk}/confirm/", {"version": row.version})
    review = Review.objects.get()
    page = admin.get(f"{LIST}{review.pk}/").text
    assert "通报签约" in page
    assert "没有通报的，不能开展初访" in page
    admin.post(f"{LIST}{review.pk}/notify/", {"remark": ""})
    for who in ("industry_district", "locality"):
        assert "签收签约通报" in signed_in(who).get("/office/").text
        signed_in(who).post(f"{LIST}{review.pk}/acknowledge/", {"remark": "知悉"})
    assert not review.notices.filter(acknowledged_at=None).exists()
    assert review.spoken in officer.get(f"/office/cases/{review.case_id}/").text


@pytest.mark.obligation("U10-initial-visit")
@pytest.mark.obligation("U10-major-hazard")
def test_a_visit_is_set_closed_and_held_and_what_was_found_is_handed_over(
    world: World, signed_in: SignedIn, clock: Clock
) -> None:
    visit = visiting(world)
    filled(world, visit)
    clock(VISITED)
    url = f"{LIST}{visit.review_id}/"
    reviewer = signed_in("reviewer")
    assert "填写核验表" in reviewer.get("/office/").text
    assert "作出初访结论" in reviewer.get(url).text
    assert reviewer.get(f"/office/sheets/{visit.sheet_id}/").status_code == 200
    grave = {"text1": "配电室积水", "grave1": "major", "category1": "fire"}
    sent = {"outcome": "clear", "words": "现场核验", **grave}
    refused = reviewer.post(f"{url}visit/close/", sent)
    assert refused.status_code == 422
    assert "不能通过" in refused.text
    assert "配电室积水" in refused.text, "what was typed is kept"
    reviewer.post(f"{url}visit/close/", {**sent, "outcome": "hold"})
    assert Review.objects.get().state == ReviewState.HELD
    page = signed_in("officer").get(url).text
    assert "立即整改" in page
    assert "配电室积水" in page
    row = Handover.objects.get()
    department = signed_in("industry_district")
    assert "移交：" in department.get("/office/").text
    department.post(f"{LIST}handovers/{row.pk}/", {"version": row.version, "words": ""})
    row.refresh_from_db()
    assert row.acknowledged_at is not None
    department.post(f"{LIST}handovers/{row.pk}/", {"version": row.version, "words": "已督办", "answer": "1"})
    assert "已督办" in signed_in("review_admin").get(f"{LIST}handovers/{row.pk}/").text
    page = signed_in("review_admin").get(url).text
    assert "报告部门" in page
    assert "已反馈：已督办" in page
    assert "逾期未整改" not in page
    clock(LATE)
    assert "逾期未整改" in signed_in("review_admin").get(url).text


def test_the_administrator_sets_a_visit_with_people_who_may_go(
    world: World, signed_in: SignedIn, clock: Clock
) -> None:
    engaged(world)
    qualify(world)
    clock(VISITED)
    admin, review = signed_in("review_admin"), Review.objects.get()
    url, lead = f"{LIST}{review.pk}/", world.accounts["reviewer"].pk
    sent = {"visit_on": "2026-03-30", "lead": lead}
    assert "还没有向区行业主管部门和属地通报" in admin.post(f"{url}visit/", sent).text
    admin.post(f"{url}notify/")
    assert admin.post(f"{url}visit/", {**sent, "visit_on": "2026-03-01"}).status_code == 422
    admin.post(f"{url}visit/", sent)
    assert InitialVisit.objects.get().lead_id == lead


@pytest.mark.obligation("Q3-separation")
def test_a_conflict_shows_both_records_and_the_leader_ends_the_review(
    world: World, signed_in: SignedIn, clock: Clock
) -> None:
    review = engaged(world)
    advice = entered(world, consulting_told(world), at=VISITED)
    clock(VISITED)
    lead, url = signed_in("organizer_lead"), f"{LIST}{review.pk}/"
    assert "处理咨询评审冲突" in lead.get("/office/").text
    page = lead.get(url).text
    assert advice.spoken in page
    assert "记录一" in page
    lead.post(f"{url}end/", {"version": Review.objects.get().version, "why": "属实"})
    assert Review.objects.get().state == ReviewState.CLOSED
    assert "签订评审合同" in signed_in("officer").get("/office/").text


def test_a_training_is_judged_and_a_case_without_contract_closed(
    world: World, signed_in: SignedIn, clock: Clock
) -> None:
    accepted(world)
    row = entered(world, review_told(world, kind="training"))
    clock(SIGNED)
    desk = signed_in("organizer")
    assert "是否属于咨询" in desk.get("/office/").text
    sent = {"version": row.version, "consults": "no", "why": "公开课"}
    desk.post(f"{LIST}contracts/{row.pk}/judge/", sent)
    assert "公开课" in signed_in("officer").get(f"{LIST}contracts/{row.pk}/").text
    case, lead = Case.objects.get(), signed_in("organizer_lead")
    assert lead.post(f"/office/cases/{case.pk}/lapse/", {"why": "逾期"}).status_code == 422
    clock(LATE)
    assert "督促签约" in lead.get("/office/").text
    lead.post(f"/office/cases/{case.pk}/lapse/", {"why": "逾期"})
    assert Case.objects.get().state == CaseState.CLOSED


def test_hazards_of_a_visit_are_confirmed_by_who_found_them(world: World, signed_in: SignedIn) -> None:
    visit = visiting(world)
    filled(world, visit)
    closed(world, visit, "hold", Serious("违规动火"))
    confirmed_by = signed_in("reviewer")
    hazard = Handover.objects.get().hazard_id
    sent = confirmed_by.post(f"{LIST}{visit.review_id}/hazards/{hazard}/", {"remark": ""})
    assert sent.status_code == 422, "nobody has reported it done"


def test_the_sheet_of_an_initial_visit_leads_back_to_its_review(world: World, signed_in: SignedIn) -> None:
    visit = visiting(world)
    page = signed_in("reviewer").get(f"/office/sheets/{visit.sheet_id}/").content.decode()
    assert f'class="sheet-back" href="{LIST}{visit.review_id}/"' in page


def test_reviews_and_contracts_leave_as_workbooks_for_whom_they_are_visible(
    world: World, signed_in: SignedIn
) -> None:
    review = engaged(world)
    for name, spoken in (("", review.spoken), ("contracts/", ServiceContract.objects.get().spoken)):
        seen = {}
        for who in ("officer", "stranger_officer"):
            answer = signed_in(who).get(f"{LIST}{name}export.xlsx")
            rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
            seen[who] = [row[0] for row in rows[1:]]
        assert seen == {"officer": [spoken], "stranger_officer": []}
