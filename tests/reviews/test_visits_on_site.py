"""The opening meeting begins a review, both sides sign what was found, findings go out in one step."""

from datetime import date

import pytest

from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.hazards.models import Hazard
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews.models import Finding
from dabiao.reviews.services import meetings
from dabiao.reviews.services.meetings import Held
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Signature
from dabiao.sheets.services import closing
from dabiao.sheets.services.answering import record_answer
from reviews.placing import (
    ATTENDANCE,
    CLEARED,
    HELD,
    OPENED,
    SIGNED,
    Placed,
    began,
    delivered,
    filled,
    signed,
    with_findings,
)
from sheets.filling import CONFORMS


def test_the_opening_meeting_opens_the_sheet_on_the_rulebook_of_acceptance(cleared: Placed) -> None:
    began(cleared)
    sheet, review = cleared.plan.sheet, cleared.review
    assert sheet is not None
    assert (review.state, sheet.occasion) == (ReviewState.REVIEWING, "onsite_review")
    assert sheet.rulebook.day == review.case.accepted_on
    assert set(sheet.writers.values_list("account__name", flat=True)) == {"示例reviewer", "示例second"}
    assert not compare().findings.listed


@pytest.mark.parametrize("missing", ["member", "day", "unit", "words"])
def test_it_does_not_begin_without(cleared: Placed, missing: str) -> None:
    cleared.planned()
    cleared.accepted(*(["reviewer"] if missing == "member" else []))
    attendance = ATTENDANCE[:1] if missing == "unit" else ATTENDANCE
    told = Held(attendance, "" if missing == "words" else "示例")
    at = CLEARED if missing == "day" else OPENED
    before = JournalEntry.objects.count()
    with pytest.raises((Invalid, OutOfTurn)):
        meetings.begin(review=cleared.review, told=told, version=2, by=cleared.actor("reviewer"), at=at)
    assert JournalEntry.objects.count() == before


@pytest.mark.obligation("Q4-item-by-item")
def test_nothing_unscored_is_closed(cleared: Placed) -> None:
    filled(began(cleared), but="2.1.3")
    with pytest.raises(Invalid, match="还没有作答"):
        signed(cleared)
    assert cleared.review.state == ReviewState.REVIEWING


@pytest.mark.obligation("Q4-words-images")
def test_no_words_and_no_picture_is_not_closed(cleared: Placed) -> None:
    sheet, by = began(cleared).plan.sheet, cleared.actor("reviewer")
    assert sheet is not None
    for line in ("1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2", "2.1.3"):
        record_answer(sheet=sheet.pk, line=line, answer=CONFORMS, version=0, by=by, at=OPENED)
    texts = " ".join(gap.text for gap in closing.gaps(sheet))
    assert "还没有图片" in texts
    assert "是否决项，请附现场图片或视频" in texts
    with pytest.raises(Invalid):
        signed(cleared)


@pytest.mark.obligation("Q4-both-sign")
def test_findings_go_out_only_when_both_sides_have_signed(cleared: Placed) -> None:
    filled(began(cleared), "1.2.1")
    with pytest.raises(OutOfTurn, match="末次会议"):
        delivered(cleared)
    signed(cleared, ("second", "team"))
    with pytest.raises(OutOfTurn, match="企业主要负责人或者安全管理员"):
        delivered(cleared)
    sheet = cleared.plan.sheet
    assert sheet is not None
    by = cleared.actor("principal")
    closing.sign_sheet(sheet=sheet.pk, side="unit", by=by, at=SIGNED, remark="对第 1.2.1 项有不同意见")
    with pytest.raises(Refused):
        closing.sign_sheet(sheet=sheet.pk, side="unit", by=cleared.actor("assessor"), at=SIGNED)
    delivered(cleared)
    digests = set(Signature.objects.filter(sheet=sheet).values_list("digest", flat=True))
    assert digests == {sheet.digest}
    assert cleared.review.state == ReviewState.RECTIFYING


def test_every_deduction_is_a_finding_with_limit_and_confirmer(cleared: Placed) -> None:
    with_findings(cleared)
    review = cleared.review
    assert list(Finding.objects.values_list("item", flat=True)) == ["1.2.1", "2.1.3"]
    for hazard in Hazard.objects.filter(origin="onsite_review", origin_key=review.pk):
        assert (hazard.confirmer_id, hazard.limit) == (review.body_id, review.rectify_due)
    assert (review.delivered_on, review.rectify_due) == (date(2026, 4, 9), date(2026, 5, 11))
    assert Announcement.objects.filter(name="FindingsDelivered").count() == 1
    assert not compare().findings.listed


def test_without_deductions_the_report_is_next(cleared: Placed) -> None:
    delivered(signed(filled(began(cleared))))
    assert (cleared.review.state, Finding.objects.count()) == (ReviewState.WRITING, 0)


@pytest.mark.parametrize("who", ["second", "review_admin", "officer", "expert"])
def test_only_the_leader_leads(cleared: Placed, who: str) -> None:
    cleared.planned()
    cleared.accepted()
    before = JournalEntry.objects.count()
    with pytest.raises(Refused):
        meetings.begin(review=cleared.review, told=HELD, version=2, by=cleared.actor(who), at=OPENED)
    assert JournalEntry.objects.count() == before
