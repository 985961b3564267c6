"""A report comes in: its grading is opened; the review's end ends it; what is overdue is reported up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao import law
from dabiao.base import outbox, serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading
from dabiao.grading.permissions import rechecks as permissions
from dabiao.grading.queries import gradings as queries
from dabiao.grading.queries import superiors
from dabiao.grading.rules import extent
from dabiao.grading.states import gradings as states
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn
from dabiao.organisations.models import Unit
from dabiao.reviews.models import Report
from dabiao.reviews.states.reviews import ReviewState


@dataclass(frozen=True, slots=True)
class GradingOpened:
    """News: a report was received; its re-check has a limit."""

    grading: int
    report: int
    number: str


@dataclass(frozen=True, slots=True)
class RecheckOverdue:
    """News: the re-check's limit has passed; leader, department and bureau are told."""

    grading: int
    number: str
    due: str


@transaction.atomic
def open(*, report: Report, by: Actor, at: datetime) -> Grading:
    """Received: from now on the limit of the re-check runs. A report has one grading."""
    permissions.may_open(by).or_refuse()
    review, day = report.review, day_of(at)
    journal.hold(review, "state")
    if review.state != ReviewState.REPORTED or Grading.objects.filter(report=report).exists():
        raise OutOfTurn("这份报告已经收到，或者评审不在已提交的状态。")
    number = f"FH{day.year}{serials.following(f'grading:{day.year}'):05d}"
    grading = Grading(
        number=number,
        report=report,
        review=review,
        case_id=review.case_id,
        unit_id=review.unit_id,
        jurisdiction_id=review.jurisdiction_id,
        locality_id=review.locality_id,
        department_id=review.department_id,
        district_id=review.unit.department_id,
        organizing_id=review.organizing_id,
        body_id=review.body_id,
        level=review.level,
        state=GradingState.RECEIVED,
        received_at=at,
        received_on=day,
        **_extent(review.unit, review.level, number, at),
    )
    with journal.writing(permissions.OPEN, by=by, at=at, on=grading) as w:
        w.create(grading)
        outbox.announce(GradingOpened(grading.pk, report.pk, number), at)
    return grading


def _extent(unit: Unit, level: str, number: str, at: datetime) -> dict[str, Any]:
    """On site, industrial, intensified: each by its rule, which is kept with it."""
    in_force = law.on(day_of(at))
    share, special = in_force["recheck.share"], in_force["recheck.special_areas"]
    joins, sections = in_force["recheck.district_joins"], in_force["units.industrial.sections"]
    industrial = extent.industrial(superiors.section(unit.industry), sections.items)
    return {
        "onsite": extent.onsite(share.number_of(level), number),
        "industrial": industrial and joins.value == "industrial",
        "areas": extent.intensified(unit.areas, special.items),
        "why": [each.plain() for each in (share, special, joins, sections)],
    }


def close(*, grading: Grading, by: Actor, at: datetime) -> Grading:
    """The review was closed meanwhile (a conflict found late, the case closed): the grading ends with it."""
    permissions.may_open(by).or_refuse()
    if grading.review.state != ReviewState.CLOSED:
        raise OutOfTurn("评审没有终止。")
    note = {"reason": "评审已经终止"}
    with journal.writing(permissions.CLOSE, by=by, at=at, on=grading, note=note) as w:
        return w.move(grading, states.CLOSE, ended_on=day_of(at), ended_why="评审已经终止")


def report_overdue(*, grading: Grading, by: Actor, at: datetime) -> Grading:
    """The limit of the re-check has passed: reported up once, and red from then on."""
    permissions.may_open(by).or_refuse()
    clock = queries.clock(grading, day_of(at))
    if clock is None or clock.name != queries.RECHECK or not clock.state.may_close or grading.overdue_on:
        raise OutOfTurn("复核没有逾期，或者已经报告过。")
    due = clock.state.due.isoformat()
    note = {"reason": f"复核期限至 {due}，已逾期"}
    with journal.writing(permissions.OVERDUE, by=by, at=at, on=grading, note=note) as w:
        w.change(grading, version=grading.version, overdue_on=day_of(at))
        outbox.announce(RecheckOverdue(grading.pk, grading.number, due), at)
    return grading
