"""A verification is signed by both sides and concluded by rules: kept, rectified, proposed for revocation."""

import pytest

from dabiao.base.journal import replay
from dabiao.base.models import Announcement
from dabiao.grading.models import Certificate
from dabiao.hazards.models import Handover, Hazard
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews import tasks as review_tasks
from dabiao.sheets.models import Answer as AnswerRow
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import closing
from dabiao.supervision.services import concluding
from grading.reported import LESS, VETOED
from reviews.revisiting import refused
from supervision.verifying import ENDED, LATE, LEAD, SAID, SET, THERE, Verifying

BAD = Answer(Verdict.DEDUCTED, (Deduction("1"),), "没有培训")


@pytest.mark.obligation("Q8-content")
def test_where_nothing_is_wrong_the_level_is_kept(owed: Verifying) -> None:
    visit = owed.verified()
    assert (visit.outcome, owed.row.outcome, owed.row.state) == ("keep", "keep", "verified")
    assert [each["id"] for each in visit.content] == [
        "level_kept",
        "review_quality",
        "hazards_and_improvement",
    ]
    assert not Hazard.objects.filter(origin="verification").exists()
    assert (visit.judged["drift"], visit.judged["compared"], visit.judged["missed"]) == (0, 6, [])
    news = Announcement.objects.get(name="Verified").payload
    assert (news["outcome"], news["unit"], news["missed_majors"]) == ("keep", owed.row.unit_id, 0)
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q8-content")
def test_what_loses_points_is_to_be_rectified_and_the_department_confirms(owed: Verifying) -> None:
    visit = owed.verified(item_1_1_2=LESS)
    assert visit.outcome == "rectify"
    hazard = Hazard.objects.get(origin="verification", origin_key=visit.pk)
    assert (hazard.major, hazard.confirmer, hazard.limit.isoformat()) == (
        False, owed.row.department, "2026-10-10",
    )  # fmt: skip
    assert (visit.judged["drift"], visit.judged["missed_majors"]) == (5000, 0)
    assert visit.judged["reviewers"][0]["name"] == "示例reviewer"
    assert visit.judged["scores"] == {"report": "100.0", "verification": "95.0"}


@pytest.mark.obligation("Q8-revoke", "Q8-content")
def test_a_major_hazard_is_proposed_for_revocation_and_named_as_left_out_by_the_report(
    owed: Verifying,
) -> None:
    visit = owed.verified("1.1.2", item_1_1_2=LESS)
    assert visit.outcome == "revoke"
    assert "存在重大事故隐患" in visit.reasons[0]["text"]
    (missed,) = visit.judged["missed"]
    assert (missed["line"], visit.judged["missed_majors"]) == ("1.1.2", 1)
    hazard = Hazard.objects.get(origin="verification")
    assert (hazard.major, hazard.kind, hazard.limit.isoformat()) == (True, "hazard", "2026-09-10")
    assert Handover.objects.get(hazard=hazard).to == owed.row.district
    assert Announcement.objects.get(name="Verified").payload["missed_majors"] == 1
    assert Certificate.objects.get().ended_on is None  # a proposal on file: deciding it is not done here
    review_tasks.tick(LATE)
    assert Handover.objects.filter(hazard=hazard, kind="enforcement").exists()


@pytest.mark.obligation("Q8-revoke")
def test_a_veto_not_satisfied_is_major_by_itself(owed: Verifying) -> None:
    visit = owed.verified(item_2_1_2=VETOED)
    assert (visit.outcome, visit.majors) == ("revoke", ["2.1.2"])


@pytest.mark.obligation("Q8-revoke")
def test_a_level_not_kept_is_proposed_for_revocation_whatever_is_said(owed: Verifying) -> None:
    visit = owed.verified(item_1_1_1=BAD, item_2_1_1=BAD)
    assert visit.outcome == "revoke"
    assert [each["outcome"] for each in visit.reasons] == ["revoke", "rectify"]


def test_every_content_is_written_on_and_majors_are_lines_that_lose_points(owed: Verifying) -> None:
    owed.opened()
    owed.looked(item_1_1_2=LESS)
    owed.signed()
    refused(Invalid, lambda: owed.concluded(words={**SAID, "review_quality": " "}), "核查内容还没有写全")
    refused(Invalid, lambda: owed.concluded("1.1.1"), "请核对重大隐患")
    assert owed.row.state == "drawn"


def test_it_is_concluded_by_its_lead_once_both_have_signed(owed: Verifying) -> None:
    owed.opened()
    refused(OutOfTurn, owed.concluded, "核查表还没有签字关闭")
    owed.looked()
    refused(
        OutOfTurn,
        lambda: concluding.close(visit=owed.visit, remark="", by=owed.actor(LEAD), at=SET),
        "到场之后才能签字关闭",
    )
    refused(
        Refused,
        lambda: concluding.close(visit=owed.visit, remark="", by=owed.actor("industry_city"), at=THERE),
        "由这次核查的牵头人办理",
    )
    concluding.close(visit=owed.visit, remark="", by=owed.actor(LEAD), at=THERE)
    refused(OutOfTurn, owed.concluded, "还缺签字")
    by = owed.actor("officer", THERE)
    closing.sign_sheet(sheet=owed.visit.sheet_id, side="unit", by=by, at=THERE)
    refused(Refused, lambda: owed.concluded(who="industry_city"), "由这次核查的牵头人办理")
    owed.concluded()
    refused(OutOfTurn, owed.concluded, "已经作出结论")


def test_what_is_not_as_signed_is_not_concluded(owed: Verifying) -> None:
    owed.opened()
    owed.looked()
    owed.signed()
    AnswerRow.objects.filter(sheet=owed.visit.sheet_id, line="1.1.1").update(words="改过")
    refused(Refused, owed.concluded, "核查表与签字时不一致")


@pytest.mark.obligation("Q8-content")
def test_hazards_not_put_right_in_time_since_ask_for_rectification(owed: Verifying) -> None:
    owed.opened()
    owed.looked()
    owed.signed()
    row = owed.row
    place = {"unit": row.unit, "jurisdiction": row.jurisdiction, "origin": "self_assessment", "origin_key": 1}
    told = {"kind": "hazard", "number": "YH2026999999", "text": "配电箱", "state": "planned"}
    Hazard.objects.create(**place, **told, found_at=SET, due=THERE.date())
    visit = owed.concluded(at=ENDED)
    assert visit.outcome == "rectify"
    assert "逾期没有整改到位" in visit.reasons[0]["text"]
