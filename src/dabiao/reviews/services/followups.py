"""A follow-up is owed once a unit has attained, chased when overdue, no more once the certificate ends."""

from datetime import date, datetime

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn
from dabiao.reviews.models import FollowUp, Overdue, Review, Revisit
from dabiao.reviews.permissions import followups as permissions
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.services import revisiting
from dabiao.reviews.services.rectifications import ReviewOverdue
from dabiao.reviews.states import followups as states


def owe(*, review: Review, announced_on: date, by: Actor, at: datetime) -> FollowUp:
    """From the announcement on: so many visits as the law of that day asks (quality-2015/4)."""
    permissions.may_owe(by, review).or_refuse()
    count = law.on(announced_on)[queries.COUNT].number
    row = FollowUp(review=review, announced_on=announced_on, count=count, state=states.FollowUpState.OWED)
    with journal.writing(permissions.OWE, by=by, at=at, on=review) as w:
        return w.create(row)


@transaction.atomic
def release(*, followup: FollowUp, why: str, by: Actor, at: datetime) -> FollowUp:
    """The certificate holds no more: nothing is owed, and a visit under way is called off with it."""
    permissions.may_let_time(by).or_refuse()
    review = followup.review
    journal.hold(review, "state")
    with journal.writing(permissions.RELEASE, by=by, at=at, on=review, note={"reason": why}) as w:
        told = {"ended_on": day_of(at), "ended_why": why[:300]}
        w.move(followup, states.RELEASE, version=followup.version + 1, **told)
    if (visit := queries.open_one(review)) is not None:
        revisiting.end(visit=visit, act=permissions.RELEASE, why=why, by=by, at=at)
    return followup


@transaction.atomic
def let_go(*, visit: Revisit, why: str, by: Actor, at: datetime) -> Revisit:
    """A visit beyond those owed: called off with the certificate, too; what was met stays met."""
    permissions.may_let_time(by).or_refuse()
    journal.hold(visit.review, "state")
    return revisiting.end(visit=visit, act=permissions.RELEASE, why=why, by=by, at=at)


def report_overdue(*, followup: FollowUp, by: Actor, at: datetime) -> Overdue:
    """Passed for certain, it is reported up once to the organizing unit; it ends nothing."""
    permissions.may_let_time(by).or_refuse()
    review, day = followup.review, day_of(at)
    clock = queries.clock(followup, day, calendars.calendar())
    if clock is None or not clock.state.may_close:
        raise OutOfTurn("回访没有逾期。", clause="quality-2015/4")
    row = Overdue(review=review, limit=clock.name, due=clock.state.due, reported_on=day)
    with journal.writing(permissions.REPORT, by=by, at=at, on=review) as w:
        w.create(row)
        outbox.announce(ReviewOverdue(review.pk, review.number, row.limit, row.due.isoformat()), at)
    return row
