"""The announcement of a batch: two people, all asked again on the day, then certificates and copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox, serials
from dabiao.base import records as base
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.base.models import PublicRecord
from dabiao.creation.queries.cases import Asked
from dabiao.creation.services.cases import concluding
from dabiao.creation.states.cases import CaseState
from dabiao.grading.models import Bulletin, Grading, Ruling
from dabiao.grading.models.rulings import Matter
from dabiao.grading.permissions import announcing as permissions
from dabiao.grading.permissions.gates import apart
from dabiao.grading.queries import found
from dabiao.grading.queries import gradings as queries
from dabiao.grading.rules.outcomes import PASS
from dabiao.grading.services import copies, issuing, keeping, records
from dabiao.grading.services.publicity import check_opinions
from dabiao.grading.states import gradings as states
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.reviews.services import followups
from dabiao.reviews.states.reviews import ReviewState

M9 = "mem-2021-83/9"


@dataclass(frozen=True, slots=True)
class Announced:
    """News: a batch is announced; its copies go out."""

    bulletin: int
    number: str


def propose(*, gradings: Sequence[Grading], title: str, by: Actor, at: datetime) -> Bulletin:
    """One person of the department puts the batch together; each of it could be announced today."""
    if not gradings:
        raise Invalid("请选择要公告的企业。", {"gradings": "请至少选择一家。"})
    department = gradings[0].department
    permissions.may_propose(by, department.pk).or_refuse()
    if any(each.department_id != department.pk for each in gradings) or not title.strip():
        raise Invalid("请写明公告标题，一次公告只能是同一部门负责的企业。", {"title": "请写明公告标题。"})
    for each in gradings:
        apart(by, each).or_refuse()
        ready(each, at)
    day = day_of(at)
    bulletin = Bulletin(
        number=f"GG{day.year}{serials.following(f'bulletin:{day.year}'):05d}",
        department=department,
        title=title.strip()[:120],
        gradings=sorted(each.pk for each in gradings),
        proposed_by_id=by.account or 0,
        proposed_at=at,
    )
    with journal.writing(permissions.PROPOSE, by=by, at=at, on=bulletin) as w:
        return w.create(bulletin)


def ready(grading: Grading, at: datetime) -> Asked:
    """Whether it could be announced on this day; OutOfTurn or Refused names what stands in the way."""
    day, name = day_of(at), grading.unit.name
    if grading.state != GradingState.PUBLICISED or grading.publicity_ends is None:
        raise OutOfTurn(f"{name}不在公示中，不能公告。", clause=M9)
    if grading.review.state != ReviewState.REPORTED:
        raise OutOfTurn(f"{name}的评审已经中止或者终止，不能公告。", clause="quality-2015/3")
    clock = queries.clock(grading, day)
    assert clock is not None  # noqa: S101  it is publicised
    if not (day > grading.publicity_ends and clock.state.passed) or clock.state.provisional:
        raise OutOfTurn(f"{name}的公示期到 {grading.publicity_ends:%Y-%m-%d} 为止，还没有届满。", clause=M9)
    if queries.open_objections(grading).exists():
        raise OutOfTurn(f"对{name}的公示有异议没有答复，不能公告。", clause=M9)
    if grading.objections.filter(upheld=True).exists():
        raise Refused(f"对{name}的异议成立，不能公告；请提出不予定级。", clause=M9)
    check_opinions(grading)
    asked = found.asked(grading, day)
    keeping.gate(asked, f"公告{name}")
    return asked


def announce(*, bulletin: Bulletin, version: int, by: Actor, at: datetime) -> Bulletin:
    """Another person announces: asked again on this very day, all or nothing."""
    permissions.may_decide(by, bulletin).or_refuse()
    day = day_of(at)
    with transaction.atomic():
        rows = list(
            Grading.objects.filter(pk__in=bulletin.gradings).select_related(*queries.SHOWN).order_by("id")
        )
        told = [(each, _asked(each, by, at)) for each in rows]
        with journal.writing(permissions.ANNOUNCE, by=by, at=at, on=bulletin) as w:
            made = {"decided_by_id": by.account, "decided_at": at, "announced_on": day}
            w.change(bulletin, version=version, **made)
            certified = [issuing.certificate(w, bulletin, each, at) for each, _ in told]
            record = w.create(_record(bulletin, [row.record.payload for row in certified]))
            w.change(bulletin, record=record)
            w.create_all(copies.drafted(bulletin, rows, at))
        for grading, asked in told:
            _attain(grading, asked, bulletin, by, at)
        outbox.announce(Announced(bulletin.pk, bulletin.number), at)
    return bulletin


def _asked(grading: Grading, by: Actor, at: datetime) -> Asked:
    journal.hold(grading, "state", "version")
    journal.hold(grading.review, "state")
    apart(by, grading).or_refuse()
    return ready(grading, at)


def _attain(grading: Grading, asked: Asked, bulletin: Bulletin, by: Actor, at: datetime) -> None:
    """The grading is announced, its case ends, a follow-up is owed; the ruling keeps what it rests on."""
    ruling = Ruling(
        grading=grading,
        matter=Matter.ANNOUNCEMENT,
        outcome=PASS,
        words=f"公告 {bulletin.number}",
        proposed_by_id=bulletin.proposed_by_id,
        proposed_at=bulletin.proposed_at,
    )
    for name, value in keeping.kept(asked=asked, by=by, at=at).items():
        setattr(ruling, name, value)
    why = f"公告 {bulletin.number}"
    with journal.writing(permissions.ANNOUNCE, by=by, at=at, on=grading) as w:
        w.move(grading, states.ANNOUNCE, ended_on=day_of(at), ended_why=why)
        w.create(ruling)
        records.end_publicity(w, grading, f"已公告（{bulletin.number}）", at)
    concluding.conclude(case=grading.case, outcome=CaseState.ATTAINED, why=why, by=by, at=at)
    followups.owe(review=grading.review, announced_on=day_of(at), by=by, at=at)


def _record(bulletin: Bulletin, rows: Sequence[dict[str, object]]) -> PublicRecord:
    names = ("certificate", "unit", "uscc", "jurisdiction", "industry", "level_title", "review_unit", "last")
    listed = [{name: row.get(name, "") for name in names} for row in rows]
    assert bulletin.announced_on is not None  # noqa: S101  set just now
    payload = {"title": bulletin.title, "owner": bulletin.department.name, "units": listed}
    return base.draft(records.BULLETIN, bulletin.number, bulletin.announced_on, payload)


def drop(*, bulletin: Bulletin, reason: str, version: int, by: Actor, at: datetime) -> Bulletin:
    """Not made: the batch is put together anew."""
    permissions.may_decide(by, bulletin).or_refuse()
    why = keeping.reason_given(reason)
    with journal.writing(permissions.DROP, by=by, at=at, on=bulletin, note={"reason": why}) as w:
        return w.change(bulletin, version=version, dropped=why)
