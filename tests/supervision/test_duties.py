"""What time does: releases with the end of the certificate, reports what is overdue once."""

from datetime import UTC, date, datetime

import pytest

from dabiao.base.journal import entries as journal
from dabiao.base.journal import replay
from dabiao.base.models import Announcement
from dabiao.config.reactions import TASKS
from dabiao.grading.models import Certificate
from dabiao.grading.permissions.announcing import ANNOUNCE
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Refused
from dabiao.supervision import tasks
from dabiao.supervision.queries import lots
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.services import duties
from grading.reported import at_noon
from reviews.revisiting import refused
from supervision.verifying import DUE, LATE, SET, Verifying

ENDS = date(2026, 9, 3)


@pytest.mark.obligation("Q8-share")
def test_past_the_last_day_it_is_red_and_reported_once(owed: Verifying) -> None:
    assert queries.deadline(owed.row) == DUE
    tasks.tick(datetime(2027, 3, 31, 10, tzinfo=UTC))
    assert (owed.row.overdue_on, queries.late(owed.row, DUE)) == (None, False)
    for _ in range(2):
        tasks.tick(LATE)
    assert (owed.row.overdue_on, queries.late(owed.row, LATE.date())) == (LATE.date(), True)
    assert Announcement.objects.filter(name="VerificationOverdue").count() == 1
    assert tasks.tick in TASKS
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q8-share")
def test_with_the_certificate_it_ends_and_the_number_counted_stays(owed: Verifying) -> None:
    sheet = owed.opened().sheet
    row = Certificate.objects.get()
    with journal.writing(ANNOUNCE, by=TIME, at=SET, on=row) as w:
        w.change(row, ended_on=ENDS)
    assert tasks.tick(SET) == 0
    for _ in range(2):
        tasks.tick(at_noon(ENDS))
    sheet.refresh_from_db()
    row = owed.row
    assert (row.state, row.ended_why, owed.visit.state, sheet.state) == (
        "released", "证书已经失效。", "called_off", "abandoned",
    )  # fmt: skip
    tally = lots.tally(owed.lot, ENDS)
    assert (tally.announced, tally.drawn, tally.owed, tally.verified) == (1, 1, 0, 0)
    tasks.tick(LATE)
    assert owed.row.overdue_on is None
    assert replay.compare().status.value == "ok"


def test_one_concluded_stays_verified_when_the_certificate_ends(owed: Verifying) -> None:
    owed.verified()
    Certificate.objects.update(ended_on=date(2026, 10, 8))
    assert tasks.tick(LATE) == 0
    assert lots.tally(owed.lot, LATE.date()).verified == 1


def test_time_alone_does_it(owed: Verifying) -> None:
    by = owed.actor("industry_city")
    refused(Refused, lambda: duties.release(verification=owed.row, why="x", by=by, at=SET), "到期自动办理")
    refused(Refused, lambda: duties.report_overdue(verification=owed.row, by=by, at=LATE), "到期自动办理")
