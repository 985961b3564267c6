"""Handing over hazards and violations, and the answer that comes back (uplift/12)."""

from dataclasses import dataclass
from datetime import datetime

from dabiao import law
from dabiao.base import calendars, outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.hazards import permissions
from dabiao.hazards.models import Handover, Hazard
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.limits import due_day
from dabiao.organisations.models import Body

LIMIT = "handover.acknowledgement.limit"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """News: a body is told of a hazard and has to acknowledge it."""

    handover: int
    to: int
    kind: str


@dataclass(frozen=True, slots=True)
class HandoverAnswered:
    """News: what became of it goes back to who handed over."""

    handover: int
    sender: int


@dataclass(frozen=True, slots=True)
class Sending:
    """From which body to which, as what."""

    sender: Body
    to: Body
    kind: str
    category: str
    words: str


def hand_over(*, hazard: Hazard, sending: Sending, by: Actor, at: datetime) -> Handover:
    """Once to each body as one kind; whether it is right is for the subject that calls this."""
    day = day_of(at)
    due = due_day(law.on(day)[LIMIT].limit, day, calendars.calendar())
    row = Handover(
        hazard=hazard,
        kind=sending.kind,
        category=sending.category,
        sender=sending.sender,
        to=sending.to,
        words=sending.words,
        sent_by=by.account,
        sent_at=at,
        sent_on=day,
        due=due.day,
        due_provisional=due.provisional,
    )
    with journal.writing(permissions.HAND_OVER, by=by, at=at, on=hazard) as w:
        w.create(row)
        outbox.announce(HandedOver(row.pk, row.to_id, row.kind), at)
    return row


def acknowledge(*, handover: Handover, version: int, by: Actor, at: datetime) -> Handover:
    permissions.may_acknowledge(by, handover).or_refuse()
    with journal.writing(permissions.ACKNOWLEDGE, by=by, at=at, on=handover.hazard) as w:
        return w.change(handover, version=version, acknowledged_by=by.account, acknowledged_at=at)


def answer(*, handover: Handover, words: str, version: int, by: Actor, at: datetime) -> Handover:
    """What was done about it; that is an acknowledgement too."""
    permissions.may_answer(by, handover).or_refuse()
    if not words.strip():
        raise Invalid("请写明处理结果。", {"words": "请写明查处、整改的情况。"})
    with journal.writing(permissions.ANSWER, by=by, at=at, on=handover.hazard) as w:
        if handover.acknowledged_at is None:
            w.change(handover, acknowledged_by=by.account, acknowledged_at=at)
        w.change(handover, version=version, answer=words.strip(), answered_by=by.account, answered_at=at)
        outbox.announce(HandoverAnswered(handover.pk, handover.sender_id), at)
    return handover


def escalate(*, handover: Handover, by: Actor, at: datetime) -> Handover:
    """Nobody acknowledged in time: the body above has it too. A provisional day warns only."""
    over = handover.due < day_of(at) and not handover.due_provisional
    if by != TIME or not over or handover.acknowledged_at or handover.escalated_on:
        raise OutOfTurn("移交没有逾期，或者已经签收、上提。", clause=permissions.ESCALATE.clause)
    note = {"reason": f"应于 {handover.due:%Y-%m-%d} 前签收，逾期未签收"}
    with journal.writing(permissions.ESCALATE, by=by, at=at, on=handover.hazard, note=note) as w:
        above = handover.to.parent_id
        return w.change(handover, escalated_on=day_of(at), escalated_to_id=above, version=handover.version)
