"""What a verification finds becomes hazards that the department confirms; major ones are reported."""

from collections.abc import Sequence
from datetime import date, datetime

from dabiao import law
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard
from dabiao.hazards.rules.handovers import GENERAL, REPORT
from dabiao.hazards.services import handovers
from dabiao.hazards.services.handovers import Sending
from dabiao.kernel.actor import Actor
from dabiao.kernel.limits import due_day
from dabiao.reviews.queries import rectifications
from dabiao.reviews.services.revisited import Found
from dabiao.supervision.models import VerifyingVisit
from dabiao.supervision.permissions import verifications as permissions
from dabiao.supervision.queries.verifications import ORIGIN

AT_ONCE = "verification.rectification.limit"


def put_down(*, visit: VerifyingVisit, rows: Sequence[Found], by: Actor, at: datetime) -> None:
    """As part of the conclusion; the journal has them in the chain of the verification."""
    for major, name in ((True, AT_ONCE), (False, rectifications.RECTIFY)):
        limit = due_day(law.on(day_of(at))[name].limit, day_of(at), calendars.calendar()).day
        drafts = _drafts(visit, [each for each in rows if each.major is major], limit, at)
        if not drafts:
            continue
        with journal.writing(permissions.CONCLUDE, by=by, at=at, on=visit.verification) as w:
            w.create_all(drafts)
        if major and visit.verification.department_id != visit.verification.district_id:
            for each in drafts:
                _report(visit, each, by, at)


def _drafts(visit: VerifyingVisit, rows: Sequence[Found], limit: date, at: datetime) -> list[Hazard]:
    edition = visit.opened.rulebook.edition_id
    return hazards.drafts(
        unit=visit.verification.unit,
        origin=ORIGIN,
        origin_key=visit.pk,
        found=[
            hazards.Found(each.text, each.kind, f"{edition}#{each.line}"[:60], each.major) for each in rows
        ],
        at=at,
        confirmer=visit.verification.department,
        limit=limit,
    )


def _report(visit: VerifyingVisit, hazard: Hazard, by: Actor, at: datetime) -> None:
    words = f"核查发现重大事故隐患：{hazard.text}。已责令立即整改，限 {hazard.limit:%Y-%m-%d} 前完成。"
    sending = Sending(visit.verification.department, visit.verification.district, REPORT, GENERAL, words)
    handovers.hand_over(hazard=hazard, sending=sending, by=by, at=at)
