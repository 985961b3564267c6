"""Findings put right within their time; one extension; overdue closes review and case, without a bar."""

from datetime import UTC, date, datetime

import pytest

from dabiao.base import calendars
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.creation.states.cases import CaseState
from dabiao.hazards.models import Hazard
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews import tasks
from dabiao.reviews.models import CheckKind, Overdue
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.services import rectifications
from dabiao.reviews.states.reviews import ReviewState
from dabiao.standing.models import Fact
from reviews.placing import CONFIRMED, DONE, MEASURES, PLANNED, Placed, confirmed, rectified, with_findings

DUE = date(2026, 5, 11)
LAST = datetime(2026, 5, 11, 2, tzinfo=UTC)
LATE = datetime(2026, 5, 12, 2, tzinfo=UTC)


def ask(cleared: Placed, at: datetime = LAST, days: int = 10) -> object:
    by = cleared.actor("officer")
    told = {"days": days, "reason": "设备到货延迟"}
    return rectifications.ask_extension(review=cleared.review, by=by, at=at, **told)


def close(cleared: Placed, at: datetime = LATE) -> object:
    review, by = cleared.review, cleared.actor("organizer_lead")
    told = {"words": "已核实没有完成", "version": review.version}
    return rectifications.close_overdue(review=review, by=by, at=at, **told)


@pytest.mark.obligation("Q4-plan")
def test_a_finding_is_guided_planned_done_and_confirmed(cleared: Placed) -> None:
    rectified(with_findings(cleared))
    assert cleared.review.state == ReviewState.CONFIRMING
    confirmed(cleared)
    assert cleared.review.state == ReviewState.WRITING
    assert set(Hazard.objects.filter(origin="onsite_review").values_list("state", flat=True)) == {"closed"}
    assert not compare().findings.listed


@pytest.mark.obligation("Q4-plan")
def test_a_plan_without_money_or_interim_control_and_an_unguided_finding_are_refused(cleared: Placed) -> None:
    row = queries.findings(with_findings(cleared).review)[0]
    told = type(MEASURES)("甲", "乙", "丙", "丁", "", "", MEASURES.due)
    with pytest.raises(Invalid) as refused:
        rectifications.plan(finding=row, told=told, version=1, by=cleared.actor("officer"), at=PLANNED)
    assert set(refused.value.fields) == {"money", "interim"}
    rectified(cleared)
    for each in queries.findings(cleared.review):
        each.guidance = ""
        with pytest.raises(OutOfTurn, match="指导意见"):
            confirm_as(cleared, each, "second")
    with pytest.raises(Refused):
        confirm_as(cleared, queries.findings(cleared.review)[0], "officer")


def confirm_as(cleared: Placed, row: object, who: str) -> None:
    by = cleared.actor(who)
    rectifications.confirm(finding=row, kind=CheckKind.SITE, words="现场已看", by=by, at=CONFIRMED)


def test_what_is_sent_back_has_the_rest_of_its_time(cleared: Placed) -> None:
    """Reported with 14 working days left; two days at the team do not count."""
    rectified(with_findings(cleared), at=DONE)
    by, row = cleared.actor("reviewer"), queries.findings(cleared.review)[0]
    rectifications.send_back(finding=row, reason="护罩未固定", by=by, at=CONFIRMED)
    review = cleared.review
    assert (review.state, review.rectify_due) == (ReviewState.RECTIFYING, date(2026, 5, 13))
    assert Hazard.objects.filter(limit=date(2026, 5, 13)).count() == 2
    assert not compare().findings.listed


@pytest.mark.obligation("U11-overdue")
def test_overdue_is_confirmed_by_a_person_and_closes_review_and_case(cleared: Placed) -> None:
    with_findings(cleared)
    with pytest.raises(OutOfTurn):
        close(cleared, LAST)
    assert (tasks.tick(LATE), tasks.tick(LATE)) == (1, 0)
    assert (cleared.review.state, Overdue.objects.get().limit) == (
        ReviewState.RECTIFYING,
        "rectification.limit",
    )
    bars = Fact.objects.count()
    with pytest.raises(OutOfTurn, match="期限已过"):
        rectified(cleared, LATE)
    close(cleared)
    review = cleared.review
    assert (review.state, review.case.state) == (ReviewState.CLOSED, CaseState.CLOSED)
    assert "可以重新申报，不计间隔" in review.ended_why
    assert Fact.objects.count() == bars
    assert Announcement.objects.filter(name="ReviewClosed").count() == 1
    assert not compare().findings.listed


@pytest.mark.obligation("U11-overdue")
@pytest.mark.parametrize("who", ["organizer", "review_admin", "industry_district", "officer"])
def test_nobody_else_closes(cleared: Placed, who: str) -> None:
    with_findings(cleared)
    before = JournalEntry.objects.count()
    with pytest.raises(Refused):
        rectifications.close_overdue(
            review=cleared.review, words="示例", version=1, by=cleared.actor(who), at=LATE
        )
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("granted", [True, False])
def test_an_extension_asked_in_time_keeps_the_limit_open_until_decided(
    cleared: Placed, granted: bool
) -> None:
    with_findings(cleared)
    with pytest.raises(Invalid, match="核对延期天数"):
        ask(cleared, days=21)
    row = ask(cleared)
    with pytest.raises(OutOfTurn, match="一次"):
        ask(cleared)
    with pytest.raises(OutOfTurn):
        close(cleared)  # held
    by = cleared.actor("organizer")
    rectifications.decide_extension(row=row, granted=granted, words="情况属实", by=by, at=LATE)
    if granted:
        assert cleared.review.rectify_due == date(2026, 5, 25)
        with pytest.raises(OutOfTurn):
            close(cleared)
        rectified(cleared, LATE)
        assert cleared.review.state == ReviewState.CONFIRMING
    else:
        close(cleared)
        assert cleared.review.state == ReviewState.CLOSED


def test_late_is_late(cleared: Placed) -> None:
    with_findings(cleared)
    with pytest.raises(OutOfTurn, match="期限已过"):
        ask(cleared, LATE)


@pytest.mark.obligation("U11-time-limits")
def test_a_provisional_date_closes_nothing_and_every_state_has_its_clock(cleared: Placed) -> None:
    calendar = calendars.calendar()
    assert queries.clock(cleared.review, date(2026, 4, 2), calendar).name == "onsite_review.limit"
    with_findings(cleared)
    review = cleared.review
    review.delivered_on = date(2027, 12, 20)  # a year without a calendar yet
    clock = queries.clock(review, date(2029, 1, 1), calendar)
    assert clock.state.passed
    assert not clock.state.may_close
    rectified(cleared)
    assert (
        queries.clock(cleared.review, date(2026, 4, 21), calendar).name == "rectification.confirmation.limit"
    )
    assert tasks.tick(datetime(2026, 5, 8, 2, tzinfo=UTC)) == 1  # the team is late


def test_a_finding_is_named_by_its_item_once(cleared: Placed) -> None:
    with_findings(cleared)
    row = queries.findings(cleared.review)[0]
    assert row.said == row.hazard.text
    assert row.said.count(row.item) == 1
    row.item = "复核"
    assert row.said == f"复核 {row.hazard.text}"
