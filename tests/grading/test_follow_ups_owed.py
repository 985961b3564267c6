"""With the announcement a follow-up is owed; with the end of the certificate it is owed no more."""

from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest

import snapshots
from dabiao.base.journal.replay import compare
from dabiao.grading import tasks
from dabiao.grading.models import Certificate
from dabiao.grading.queries import holding
from dabiao.reviews.models import FollowUp
from dabiao.reviews.states.followups import FollowUpState
from grading.reported import ANNOUNCED, Stage, at_noon
from reviews import revisiting

ENDED = date(2026, 8, 3)


@pytest.mark.obligation("Q4-follow-up")
def test_the_announcement_makes_the_review_unit_owe_a_visit(stage: Stage) -> None:
    stage.publicised()
    assert not FollowUp.objects.exists()
    stage.batch()
    stage.announced()
    row = FollowUp.objects.get()
    assert (row.review, row.announced_on, row.count) == (stage.review, ANNOUNCED.date(), 1)
    assert tasks.tick(ANNOUNCED + timedelta(days=1)) == 0
    assert not compare().findings.listed


def test_one_announced_before_follow_ups_were_kept_owes_it_from_its_announcement(stage: Stage) -> None:
    stage.attained()
    FollowUp.objects.all().delete()
    for _ in range(2):
        tasks.tick(at_noon(ENDED))
    assert FollowUp.objects.get().announced_on == ANNOUNCED.date()


def test_of_a_certificate_ended_early_none_is_owed(stage: Stage) -> None:
    """From its first day no longer, not before."""
    stage.attained()
    Certificate.objects.update(ended_on=ENDED)
    tasks.tick(at_noon(ENDED - timedelta(days=1)))
    assert FollowUp.objects.get().state == FollowUpState.OWED
    for _ in range(2):
        tasks.tick(at_noon(ENDED))
    row = FollowUp.objects.get()
    assert (row.state, row.ended_on, row.ended_why) == (FollowUpState.RELEASED, ENDED, "证书已经失效。")


def test_after_its_last_day_none_is_owed_either(stage: Stage) -> None:
    stage.attained()
    for day, state in ((20, FollowUpState.OWED), (21, FollowUpState.RELEASED)):
        tasks.tick(datetime(2029, 5, day, 4, tzinfo=UTC))
        assert FollowUp.objects.get().state == state


def test_a_visit_beyond_those_owed_is_called_off_with_the_certificate_too(db: None) -> None:
    """What was met stays met, and one that was concluded is left alone."""
    done = snapshots.laid(revisiting.attained)
    first = revisiting.followed(done)
    more = revisiting.arranged(done)
    assert not Certificate.objects.exists()
    tasks.tick(revisiting.LATE)
    first.refresh_from_db()
    more.refresh_from_db()
    assert (first.state, more.state, more.ended_why) == ("concluded", "called_off", "证书已经失效。")
    assert revisiting.owed(done).state == FollowUpState.MET
    assert not compare().findings.listed


def test_while_the_certificate_holds_it_may_go_on(db: None) -> None:
    done, day = snapshots.laid(revisiting.attained), revisiting.LATE.date()
    revisiting.followed(done)
    more = revisiting.arranged(done)
    assert list(holding.pointless(day)) == [more]
    held = mock.Mock(**{"values.return_value": [done.key]})
    with mock.patch.object(holding, "in_force", return_value=held):
        assert not holding.pointless(day).exists()
