"""What time does about verifications: released once the certificate ends, reported once when overdue."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn
from dabiao.supervision.models import Verification
from dabiao.supervision.permissions import verifications as permissions
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.services import arranging
from dabiao.supervision.states import verifications as states


@dataclass(frozen=True, slots=True)
class VerificationOverdue:
    """News: an enterprise drawn was not verified in time."""

    verification: int
    number: str
    due: str


@transaction.atomic
def release(*, verification: Verification, why: str, by: Actor, at: datetime) -> Verification:
    """The certificate holds no more. A visit under way is called off; the number counted stays as it is."""
    permissions.may_let_time(by).or_refuse()
    journal.hold(verification, "state", "version")
    if (visit := queries.under_way(verification)) is not None:
        arranging.end(visit=visit, act=permissions.RELEASE, why=why, by=by, at=at)
    with journal.writing(permissions.RELEASE, by=by, at=at, on=verification, note={"reason": why}) as w:
        told = {"ended_on": day_of(at), "ended_why": why[:300]}
        return w.move(verification, states.RELEASE, version=verification.version + 1, **told)


def report_overdue(*, verification: Verification, by: Actor, at: datetime) -> Verification:
    """Once; it ends nothing, a late verification still counts."""
    permissions.may_let_time(by).or_refuse()
    day, due = day_of(at), queries.deadline(verification)
    if not queries.late(verification, day):
        raise OutOfTurn("核查没有逾期。", clause=permissions.LIMITS)
    with journal.writing(permissions.REPORT, by=by, at=at, on=verification) as w:
        w.change(verification, version=verification.version, overdue_on=day)
        outbox.announce(VerificationOverdue(verification.pk, verification.number, due.isoformat()), at)
    return verification
