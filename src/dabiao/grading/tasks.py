"""What time does to gradings: opens one for a report, escalates, reports what is overdue."""

from datetime import datetime

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.grading.models import Copy, Grading, Objection, Opinion
from dabiao.grading.queries import gradings, holding, objections
from dabiao.grading.services import copies, opinions, receiving
from dabiao.grading.services import objections as objecting
from dabiao.grading.states.gradings import AT_ORGANIZER, RUNNING
from dabiao.kernel.actor import TIME
from dabiao.reviews.models import Report
from dabiao.reviews.services import followups
from dabiao.reviews.states.reviews import ReviewState

LAPSED = "证书已经失效。"


def tick(at: datetime) -> int:
    """How many things time has done. Each act rechecks the clock itself."""
    parts = (_open, _close, _overdue, _escalate, _objections, _copies, _follow_ups)
    return sum(each(at) for each in parts)


def open_for(report: int, at: datetime) -> None:
    """The grading of one report; safe to run again."""
    found = Report.objects.filter(pk=report, grading=None, review__state=ReviewState.REPORTED)
    for row in found.select_related("review__unit__industry"):
        receiving.open(report=row, by=TIME, at=at)


def _open(at: datetime) -> int:
    rows = Report.objects.filter(grading=None, review__state=ReviewState.REPORTED)
    newest = [row for row in rows.select_related("review__unit__industry").order_by("id") if _last(row)]
    for row in newest:
        receiving.open(report=row, by=TIME, at=at)
    return len(newest)


def _last(report: Report) -> bool:
    """An earlier report that was sent back has its grading; of several the newest counts."""
    return not Report.objects.filter(review=report.review_id, edition__gt=report.edition).exists()


def _close(at: datetime) -> int:
    rows = Grading.objects.filter(state__in=sorted(RUNNING), review__state=ReviewState.CLOSED)
    found = list(rows.select_related("review").order_by("id"))
    for row in found:
        receiving.close(grading=row, by=TIME, at=at)
    return len(found)


def _overdue(at: datetime) -> int:
    day, calendar, done = day_of(at), calendars.calendar(), 0
    for row in Grading.objects.filter(state__in=sorted(AT_ORGANIZER), overdue_on=None).order_by("id"):
        clock = gradings.clock(row, day, calendar)
        if clock is not None and clock.state.may_close:
            receiving.report_overdue(grading=row, by=TIME, at=at)
            done += 1
    return done


def _escalate(at: datetime) -> int:
    rows = Opinion.objects.filter(given_at=None, above=None, due__lt=day_of(at), due_provisional=False)
    found = rows.filter(grading__state__in=sorted(RUNNING)).select_related("grading__unit__industry")
    waiting = list(found.order_by("id"))
    for row in waiting:
        opinions.escalate(opinion=row, by=TIME, at=at)
    return len(waiting)


def _objections(at: datetime) -> int:
    day, calendar, done = day_of(at), calendars.calendar(), 0
    rows = Objection.objects.filter(decided_at=None, overdue_on=None).select_related("grading")
    for row in rows.order_by("id"):
        if objections.clock(row, day, calendar).may_close:
            objecting.report_overdue(objection=row, by=TIME, at=at)
            done += 1
    return done


def _copies(at: datetime) -> int:
    rows = Copy.objects.filter(acknowledged_at=None, escalated_on=None, due__lt=day_of(at))
    found = list(rows.select_related("bulletin").order_by("id"))
    for row in found:
        copies.chase(copy=row, by=TIME, at=at)
    return len(found)


def _follow_ups(at: datetime) -> int:
    """Owed by every certificate in force, those announced before this was kept too; by no other."""
    day = day_of(at)
    unfollowed, outlived = list(holding.unfollowed(day)), list(holding.outlived(day))
    pointless = list(holding.pointless(day))
    for row in unfollowed:
        review = row.grading.review
        followups.owe(review=review, announced_on=row.issued_on, by=TIME, at=at)
    for owed in outlived:
        followups.release(followup=owed, why=LAPSED, by=TIME, at=at)
    for visit in pointless:
        followups.let_go(visit=visit, why=LAPSED, by=TIME, at=at)
    return len(unfollowed) + len(outlived) + len(pointless)
