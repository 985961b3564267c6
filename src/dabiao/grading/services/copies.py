"""Copies of a bulletin for the bodies named by the rule: sent with it, acknowledged, chased."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from dabiao import law
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Bulletin, Copy, Grading
from dabiao.grading.permissions import announcing as permissions
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn
from dabiao.kernel.limits import due_day
from dabiao.organisations.models import Body, BodyKind


def drafted(bulletin: Bulletin, gradings: Sequence[Grading], at: datetime) -> list[Copy]:
    """One a body, whatever number of units concern it."""
    day = day_of(at)
    named = [str(each) for each in law.on(day)["grading.announcement.copies"].items]
    due = due_day(law.on(day)["handover.acknowledgement.limit"].limit, day, calendars.calendar()).day
    bodies = {key for grading in gradings for key in _receivers(grading, named)} - {bulletin.department_id}
    return [Copy(bulletin=bulletin, body_id=key, sent_on=day, due=due) for key in sorted(bodies)]


def _receivers(grading: Grading, named: Iterable[str]) -> Iterator[int]:
    for name in named:
        if name == "organizing_unit":
            yield grading.organizing_id
        elif name == "industry_district":
            yield grading.district_id
        elif name == "locality":
            yield grading.locality_id
        elif name == "bureau_district":
            rows = Body.objects.filter(kind=BodyKind.BUREAU, jurisdiction=grading.jurisdiction_id)
            yield from rows.values_list("pk", flat=True)[:1]


def acknowledge(*, copy: Copy, version: int, by: Actor, at: datetime) -> Copy:
    """Somebody of the body has it."""
    permissions.may_acknowledge(by, copy).or_refuse()
    with journal.writing(permissions.ACKNOWLEDGE, by=by, at=at, on=copy.bulletin) as w:
        return w.change(copy, version=version, acknowledged_by_id=by.account, acknowledged_at=at)


def chase(*, copy: Copy, by: Actor, at: datetime) -> Copy:
    """Not acknowledged in its time: reported once, red from then on."""
    permissions.may_chase(by).or_refuse()
    if copy.acknowledged_at or copy.escalated_on or day_of(at) <= copy.due:
        raise OutOfTurn("抄送已经签收，或者没有逾期。")
    with journal.writing(permissions.CHASE, by=by, at=at, on=copy.bulletin) as w:
        return w.change(copy, version=copy.version, escalated_on=day_of(at))
