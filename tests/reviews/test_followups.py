"""A follow-up is owed after attaining: chased when overdue, met by a visit, released with the certificate."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

import snapshots
from dabiao.base import calendars
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import OutOfTurn, Refused
from dabiao.reviews import tasks
from dabiao.reviews.models import Overdue, Revisit
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.services import followups, revisiting
from dabiao.reviews.states.followups import FollowUpState
from dabiao.sheets.models import Sheet
from dabiao.sheets.states import SheetState
from reviews.placing import Placed
from reviews.revisiting import (
    ANNOUNCED,
    DUE,
    ENDED,
    LATE,
    OWED,
    again,
    arranged,
    attained,
    concluded,
    followed,
    looked,
    owed,
    refused,
    signed,
)

LAST = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def done(db: None) -> Placed:
    return snapshots.laid(attained)


def test_it_is_owed_for_six_months_from_the_announcement(done: Placed) -> None:
    row, calendar = owed(done), calendars.calendar()
    assert (row.state, row.count, queries.due(row, calendar)) == (FollowUpState.OWED, 1, DUE)
    for day, colour in ((ANNOUNCED, "green"), (date(2026, 11, 10), "amber"), (LATE.date(), "red")):
        clock = queries.clock(row, day, calendar)
        assert clock is not None
        assert (clock.state.colour, clock.state.due, clock.clause) == (colour, DUE, "house/time-limits")
    assert not compare().findings.listed


@pytest.mark.obligation("Q4-follow-up")
def test_an_overdue_one_is_reported_up_once(done: Placed) -> None:
    assert tasks.tick(LAST) == 0
    assert (tasks.tick(LATE), tasks.tick(LATE)) == (1, 0)
    told = Overdue.objects.get(review=done.key)
    assert (told.limit, told.due, told.reported_on) == ("follow_up_visit.limit", DUE, LATE.date())
    news = Announcement.objects.filter(name="ReviewOverdue").latest("id").payload
    assert (news["limit"], news["due"]) == ("follow_up_visit.limit", DUE.isoformat())
    row = owed(done)
    refused(OutOfTurn, lambda: followups.report_overdue(followup=row, by=TIME, at=LAST), "没有逾期")
    by = done.actor("organizer_lead")
    refused(Refused, lambda: followups.report_overdue(followup=row, by=by, at=LATE), "自动办理")
    assert not compare().findings.listed


@pytest.mark.obligation("Q4-follow-up")
def test_one_concluded_visit_meets_it_and_nothing_is_chased_any_more(done: Placed) -> None:
    followed(done)
    row = owed(done)
    assert (row.state, row.ended_on) == (FollowUpState.MET, ENDED.date())
    assert queries.clock(row, LATE.date(), calendars.calendar()) is None
    assert tasks.tick(LATE) == 0


def test_a_late_visit_meets_it_still(done: Placed) -> None:
    tasks.tick(LATE)
    followed(done)
    assert owed(done).state == FollowUpState.MET


def test_only_the_department_that_announces_and_time_put_it_down(done: Placed) -> None:
    for who in ("review_admin", "organizer_lead", "other_industry_city", "officer"):
        told = {"review": done.review, "announced_on": ANNOUNCED, "by": done.actor(who), "at": OWED}
        refused(Refused, lambda told=told: followups.owe(**told), "自动登记")


def test_a_released_one_calls_off_the_visit_under_way(done: Placed) -> None:
    visit = looked(done, arranged(done))
    by = done.actor("bureau_city")
    refused(Refused, lambda: followups.release(followup=owed(done), why="摘牌", by=by, at=ENDED), "自动办理")
    followups.release(followup=owed(done), why="证书已经失效。", by=TIME, at=ENDED)
    row = owed(done)
    assert (row.state, row.ended_why) == (FollowUpState.RELEASED, "证书已经失效。")
    visit.refresh_from_db()
    assert (visit.state, visit.ended_why) == ("called_off", "证书已经失效。")
    assert Sheet.objects.get(pk=visit.sheet_id).state == SheetState.ABANDONED
    assert tasks.tick(LATE) == 0
    refused(OutOfTurn, lambda: arranged(done), "不再要求回访")
    assert not compare().findings.listed


def test_a_sheet_signed_before_the_release_stays(done: Placed) -> None:
    visit = signed(done, looked(done, arranged(done)))
    followups.release(followup=owed(done), why="证书已经失效。", by=TIME, at=ENDED)
    assert Sheet.objects.get(pk=visit.sheet_id).state == SheetState.CLOSED


def test_who_acts_on_an_older_page_is_told_so(done: Placed) -> None:
    """Concluded, called off, arranged, released or put down by somebody else meanwhile."""
    seen = signed(done, looked(done, arranged(done)))
    page, row = again(seen), owed(done)
    concluded(done, seen)
    off = {"reason": "示例", "by": done.actor("review_admin"), "at": ENDED}
    refused(OutOfTurn, lambda: revisiting.call_off(visit=page, **off), "已经作出结论或者取消")
    told = {"words": "示例", "majors": (), "by": done.actor("second"), "at": ENDED}
    refused(OutOfTurn, lambda: revisiting.conclude(visit=page, **told), "已经作出结论或者取消")
    refused(OutOfTurn, lambda: followups.release(followup=row, why="示例", by=TIME, at=ENDED), ".")
    assert owed(done).state == FollowUpState.MET


def test_the_database_too_keeps_one_visit_at_a_time_and_one_duty_a_review(done: Placed) -> None:
    visit = arranged(done)
    for row in (visit, owed(done)):
        row.pk = None
        if isinstance(row, Revisit):
            row.turn, row.sheet_id = 2, done.plan.sheet_id
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
