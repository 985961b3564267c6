"""What time does to verifications: releases those whose certificate ended, reports up what is overdue."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.kernel.actor import TIME
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.services import duties

LAPSED = "证书已经失效。"


def tick(at: datetime) -> int:
    """How many things time has done."""
    return _release(at) + _report(at)


def _release(at: datetime) -> int:
    found = list(queries.outlived(day_of(at)))
    for row in found:
        duties.release(verification=row, why=LAPSED, by=TIME, at=at)
    return len(found)


def _report(at: datetime) -> int:
    day, done = day_of(at), 0
    rows = queries.waiting().filter(overdue_on=None, year__lt=day.year).order_by("id")
    for row in rows.iterator(chunk_size=500):
        if queries.late(row, day):
            duties.report_overdue(verification=row, by=TIME, at=at)
            done += 1
    return done
