"""Publicity 公示: proposed by one person of the department, decided by another; everything asked again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox, serials
from dabiao.base import records as base
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.base.models import PublicRecord
from dabiao.creation.rules.conditions import Outcome
from dabiao.grading.models import Grading, Judgement, Opinion, Ruling
from dabiao.grading.models.rulings import Matter
from dabiao.grading.permissions import publicity as permissions
from dabiao.grading.queries import found
from dabiao.grading.queries import gradings as queries
from dabiao.grading.rules.outcomes import PASS
from dabiao.grading.services import keeping, records
from dabiao.grading.states import gradings as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import spelled
from dabiao.kernel.errors import Invalid, Refused
from dabiao.kernel.limits import due_day


@dataclass(frozen=True, slots=True)
class Publicised:
    """News: a unit is before the public; objections are taken until the last day."""

    grading: int
    number: str
    ends: str


@transaction.atomic
def judge_condition(
    *, grading: Grading, condition: str, met: bool, words: str, by: Actor, at: datetime
) -> Judgement:
    """Settle what the facts leave open, or find against a fact; never for the unit against one."""
    journal.hold(grading, "state")
    permissions.may_find(by, grading).or_refuse()
    answers = {each.condition: each for each in found.asked(grading, day_of(at)).answers}
    if condition not in answers:
        raise Invalid("没有这项条件，请刷新后再看。")
    answer = answers[condition]
    if met and answer.outcome is Outcome.UNMET:
        raise Refused(f"事实表明不符合：{answer.fact}", clause=answer.clause)
    if not words.strip():
        raise Invalid("请写明核实的情况。", {"words": "请写明怎样核实、看到了什么。"})
    row = Judgement.objects.filter(grading=grading, condition=condition).first()
    told = {"met": met, "words": words.strip(), "found_by_id": by.account, "found_at": at}
    note = {"line": answer.title}
    with journal.writing(permissions.FIND, by=by, at=at, on=grading, note=note) as w:
        if row is None:
            return w.create(Judgement(grading=grading, condition=condition, **told))
        return w.change(row, version=row.version, **told)


def propose(*, grading: Grading, words: str, version: int, by: Actor, at: datetime) -> Ruling:
    """Every opinion given, and none against; conditions and hard refusals asked again (uplift/2)."""
    permissions.may_propose(by, grading).or_refuse()
    check_opinions(grading)
    keeping.gate(found.asked(grading, day_of(at)), "公示")
    ruling = keeping.proposal(
        grading=grading, matter=Matter.PUBLICITY, outcome=PASS, words=words, by=by, at=at
    )
    with journal.writing(permissions.PROPOSE, by=by, at=at, on=grading) as w:
        w.move(grading, states.PROPOSE)
        w.change(grading, version=version)
        return w.create(ruling)


def check_opinions(grading: Grading) -> None:
    """A missing opinion is missing: silence is never consent. One against refuses."""
    rows = list(Opinion.objects.filter(grading=grading).select_related("body").order_by("id"))
    for row in rows:
        if row.given_at is None:
            raise Refused(f"{row.body.name}还没有提出意见，不能公示；沉默不视为同意。", clause="uplift/8")
    for row in rows:
        if not row.agrees:
            raise Refused(f"{row.body.name}提出不同意见：{row.words}", clause="uplift/8")


def publish(*, grading: Grading, version: int, by: Actor, at: datetime) -> Grading:
    """Asked again on this very day, then before the public for at least the period of law."""
    ruling = queries.pending(grading)
    permissions.may_publish(by, grading, ruling).or_refuse()
    assert ruling is not None  # noqa: S101  the permission asked
    asked, day = found.asked(grading, day_of(at)), day_of(at)
    check_opinions(grading)
    keeping.gate(asked, "公示")
    ends = due_day(law.on(day)["publicity.period"].limit, day, calendars.calendar())
    told = {
        "notice": f"GS{day.year}{serials.following(f'publicity:{day.year}'):05d}",
        "publicised_on": day,
        "publicity_ends": ends.day,
        "publicity_provisional": ends.provisional,
    }
    with transaction.atomic(), journal.writing(permissions.PUBLISH, by=by, at=at, on=grading) as w:
        w.move(grading, states.PUBLISH)
        w.change(grading, version=version, **told)
        w.change(ruling, **keeping.kept(asked=asked, by=by, at=at))
        w.create(_record(grading))
        outbox.announce(Publicised(grading.pk, grading.notice, ends.day.isoformat()), at)
    return grading


def _record(grading: Grading) -> PublicRecord:
    """On the public site until it is announced, refused, or recalled."""
    assert grading.publicised_on is not None  # noqa: S101  set just now
    assert grading.publicity_ends is not None  # noqa: S101
    level = records.LEVELS.get(grading.level, grading.level)
    ends, provisional = grading.publicity_ends.isoformat(), grading.publicity_provisional
    begins, until = spelled(grading.publicised_on), spelled(grading.publicity_ends)
    caution = "（暂定，当年工作日历尚未录入）" if provisional else ""
    payload = {
        **records.told(grading),
        "title": f"{grading.unit.name}拟定为安全生产标准化{level}企业的公示",
        "ends": ends,
        "provisional": provisional,
        "text": f"公示期自{begins}起至{until}{caution}止。对公示内容有异议的，"
        "可以在本页面提出，署名或者匿名均可，凭回执编号查看答复。",
    }
    return base.draft(records.PUBLICITY, grading.notice, grading.publicised_on, payload)


def recall(*, grading: Grading, reason: str, version: int, by: Actor, at: datetime) -> Grading:
    """The proposal goes back with reasons."""
    ruling = queries.pending(grading)
    permissions.may_publish(by, grading, ruling).or_refuse()
    assert ruling is not None  # noqa: S101  the permission asked
    why = keeping.reason_given(reason)
    with journal.writing(permissions.RECALL, by=by, at=at, on=grading, note={"reason": why}) as w:
        w.move(grading, states.RECALL)
        w.change(grading, version=version)
        w.change(ruling, sent_back=why)
    return grading
