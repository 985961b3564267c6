"""Nobody decides on the work of a body they belong to or belonged to in the cycle (house/recusal)."""

from datetime import date, timedelta

import pytest

from dabiao.creation.models.cases import CaseFinding
from dabiao.kernel.actor import TIME
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.people.models import Posting
from dabiao.reviews import tasks
from dabiao.reviews.models import Extension, Overdue
from dabiao.reviews.permissions import contracts, rectifications
from dabiao.reviews.queries import recusal, reports
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import SIGNED, notified
from reviews.placing import LAST, Placed, began, delivered, filled, signed
from world import AT, SINCE, World

pytestmark = pytest.mark.django_db


def _was_there(placed: Placed, until: date) -> None:
    account, body = placed.account("organizer_lead"), placed.world.bodies["review_unit"]
    row = people.give_posting(account=account, role=Role.REVIEWER, body=body, since=SINCE, by=TIME, at=AT)
    Posting.objects.filter(pk=row.pk).update(until=until)  # long ago


@pytest.mark.parametrize(("until", "kept_away"), [(date(2026, 3, 9), True), (date(2026, 1, 31), False)])
def test_whoever_was_of_the_review_unit_in_the_cycle_is_kept_away(
    cleared: Placed, until: date, *, kept_away: bool
) -> None:
    _was_there(cleared, until)
    review, by = cleared.review, cleared.actor("organizer_lead")
    assert bool(recusal.of_review(by.account, review)) is kept_away
    review.state = ReviewState.STOPPED
    assert bool(contracts.may_end(by, review)) is not kept_away
    review.state = ReviewState.RECTIFYING
    assert bool(rectifications.may_close(by, review, overdue=True)) is not kept_away
    assert bool(rectifications.may_decide(by, Extension(review=review))) is not kept_away


def test_an_initial_visit_that_does_not_come_is_reported_up_once(world: World) -> None:
    review = notified(world)
    tasks.tick(SIGNED + timedelta(days=10))
    assert not Overdue.objects.exists()
    for later in (30, 31):
        tasks.tick(SIGNED + timedelta(days=later))
    assert [(row.review_id, row.limit) for row in Overdue.objects.all()] == [
        (review.pk, "initial_visit.limit")
    ]


def test_what_an_auditor_found_stands_against_the_report(cleared: Placed) -> None:
    delivered(signed(filled(began(cleared))))
    review = cleared.review
    told = {"found_by": cleared.account("organizer"), "found_at": AT, "met": False, "words": "未通过验收"}
    CaseFinding.objects.create(case=review.case, condition="refusals.hard:campaigns", **told)
    against = [words for words, _ in reports.obstacles(review, cleared.plan, LAST)]
    assert any("未通过验收" in words for words in against)
