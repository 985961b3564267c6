"""Objections: taken in from the public, facts stated by the organizing unit, decided by another person."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox, serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, Objection
from dabiao.grading.models.objections import LONGEST, LONGEST_CONTACT, LONGEST_NAME, Aim
from dabiao.grading.permissions import objections as permissions
from dabiao.grading.queries import objections as queries
from dabiao.grading.queries import superiors
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn
from dabiao.organisations.models import Body

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike on paper
SECRET = 8


@dataclass(frozen=True, slots=True)
class ObjectionReceived:
    """News: the announcement waits until it is answered."""

    objection: int
    grading: int


@dataclass(frozen=True, slots=True)
class ObjectionOverdue:
    """News: the limit for answering has passed."""

    objection: int
    grading: int


@dataclass(frozen=True, slots=True)
class Objected:
    """What somebody says against a publicity; name and contact may stay empty."""

    aim: str
    words: str
    name: str = ""
    contact: str = ""


@transaction.atomic
def take_in(*, notice: str, said: Objected, by: Actor, at: datetime) -> Objection:
    """While the unit is before the public, and until it is announced; the receipt is the way back to it."""
    grading = Grading.objects.filter(notice=notice).select_related("unit__industry", "department").first()
    if grading is None or not notice:
        raise Absent("没有这个编号的公示，请核对编号。")
    journal.hold(grading, "state")  # it may be announced at this very moment
    if grading.state not in {GradingState.PUBLICISED, GradingState.REFUSING}:
        raise OutOfTurn("公示已经结束。如有问题，可以在“意见建议”中反映。", clause="mem-2021-83/9")
    _check(said)
    day = day_of(at)
    number = serials.following(f"objection:{day.year}")
    secret = "".join(secrets.choice(LETTERS) for _ in range(SECRET))
    row = Objection(
        receipt=f"YY{day.year}{number:05d}-{secret}",
        grading=grading,
        decider=_decider(grading, said.aim, at),
        aim=said.aim,
        words=said.words.strip(),
        name=said.name.strip(),
        contact=said.contact.strip(),
        received_at=at,
        received_on=day,
    )
    with journal.writing(permissions.OBJECT, by=by, at=at, on=grading) as w:
        w.create(row)
        outbox.announce(ObjectionReceived(row.pk, grading.pk), at)
    return row


def _check(said: Objected) -> None:
    wrong: dict[str, str] = {}
    if said.aim not in Aim.values:
        wrong["aim"] = "请选择异议所指。"
    if not said.words.strip():
        wrong["words"] = "请写明异议的内容和理由。"
    elif len(said.words) > LONGEST:
        wrong["words"] = f"最多 {LONGEST} 字，现为 {len(said.words)} 字，请精简。"
    if len(said.name) > LONGEST_NAME or len(said.contact) > LONGEST_CONTACT:
        wrong["contact"] = "姓名或者联系方式太长，请精简。"
    if wrong:
        raise Invalid("异议还不能提交，请补充标出的内容。", wrong)


def _decider(grading: Grading, aim: str, at: datetime) -> Body:
    """The publishing department; one level up where it is aimed at the department itself."""
    if aim != Aim.DEPARTMENT:
        return grading.department
    day = day_of(at)
    if grading.department.jurisdiction_id is None:
        return superiors.bureau_city(day) or grading.department
    return superiors.above_district(grading.unit, day) or grading.department


def state_facts(*, objection: Objection, facts: str, version: int, by: Actor, at: datetime) -> Objection:
    """It is the re-check that is challenged: the organizing unit says what it saw, and decides nothing."""
    permissions.may_state(by, objection).or_refuse()
    if not facts.strip():
        raise Invalid("请写明事实。", {"facts": "请写明复核时看到的事实和证据。"})
    with journal.writing(permissions.STATE, by=by, at=at, on=objection.grading) as w:
        told = {"facts": facts.strip(), "stated_by_id": by.account, "stated_at": at}
        return w.change(objection, version=version, **told)


def settle(
    *, objection: Objection, upheld: bool, reply: str, version: int, by: Actor, at: datetime
) -> Objection:
    """Answer it; upheld it is a ground to refuse. Whoever holds the receipt reads the answer."""
    permissions.may_settle(by, objection).or_refuse()
    if not reply.strip():
        raise Invalid("请填写答复。", {"reply": "请写明核实的情况和结论。"})
    told = {"upheld": upheld, "reply": reply.strip(), "decided_by_id": by.account, "decided_at": at}
    with journal.writing(permissions.SETTLE, by=by, at=at, on=objection.grading) as w:
        return w.change(objection, version=version, **told)


def report_overdue(*, objection: Objection, by: Actor, at: datetime) -> Objection:
    """Reported up once; it stays open, and the announcement waits."""
    permissions.may_report(by).or_refuse()
    if objection.overdue_on or not queries.clock(objection, day_of(at)).may_close:
        raise OutOfTurn("异议没有逾期，或者已经报告过。")
    with journal.writing(permissions.OVERDUE, by=by, at=at, on=objection.grading) as w:
        w.change(objection, version=objection.version, overdue_on=day_of(at))
        outbox.announce(ObjectionOverdue(objection.pk, objection.grading_id), at)
    return objection
