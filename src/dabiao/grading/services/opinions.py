"""Opinions: asked with a limit, given with the facts of daily supervision, escalated where none comes."""

from dataclasses import dataclass
from datetime import datetime

from dabiao import law
from dabiao.base import calendars, outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, Opinion
from dabiao.grading.models.opinions import About
from dabiao.grading.permissions import opinions as permissions
from dabiao.grading.queries import superiors
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.limits import due_day
from dabiao.organisations.models import Body
from dabiao.people.models import Account, Posting
from dabiao.standing import queries as standing

LOCALITY, DISTRICT = "locality", "industry_district"


@dataclass(frozen=True, slots=True)
class OpinionEscalated:
    """News: an opinion did not come in time; the level above gives it or appoints somebody."""

    opinion: int
    grading: int
    above: int


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion: for or against, why, what daily supervision knows; who took part in the re-check."""

    agrees: bool
    words: str
    supervision: str
    joined: str = ""


def givers(grading: Grading, at: datetime) -> list[str]:
    """Who is asked before the level is attained, by law."""
    return [str(giver) for giver in law.on(day_of(at))["opinion.givers"].items]


def asked(grading: Grading, about: About, giver: str, at: datetime) -> Opinion:
    """A row for the writing of whoever asks; its limit runs from today."""
    day = day_of(at)
    due = due_day(law.on(day)["opinion.limit"].limit, day, calendars.calendar())
    return Opinion(
        grading=grading,
        about=about,
        giver=giver,
        body_id=grading.locality_id if giver == LOCALITY else grading.district_id,
        asked_on=day,
        due=due.day,
        due_provisional=due.provisional,
    )


def join(*, opinion: Opinion, people: str, version: int, by: Actor, at: datetime) -> Opinion:
    """The district names who takes part in the re-check on site (quality-2015/2)."""
    permissions.may_give(by, opinion).or_refuse()
    if opinion.about != About.RECHECK or not people.strip():
        raise Invalid("请写明参加现场复核的人员。", {"people": "请写明姓名和单位。"})
    with journal.writing(permissions.GIVE, by=by, at=at, on=opinion.grading, note={"line": people}) as w:
        return w.change(opinion, version=version, joined=people.strip())


def give(*, opinion: Opinion, said: Said, version: int, by: Actor, at: datetime) -> Opinion:
    """Once. What is known in standing goes with it, as it is known today."""
    permissions.may_give(by, opinion).or_refuse()
    _check(opinion, said)
    known = [fact.plain() for fact in standing.facts(opinion.grading.unit_id, day_of(at))]
    told = {"agrees": said.agrees, "words": said.words.strip(), "supervision": said.supervision.strip()}
    more = {"joined": said.joined.strip()} if said.joined.strip() else {}
    with journal.writing(permissions.GIVE, by=by, at=at, on=opinion.grading) as w:
        return w.change(
            opinion,
            version=version,
            **told,
            **more,
            facts=known,
            given_by_id=by.account,
            given_for_id=next(iter(by.bodies), None),
            given_at=at,
        )


def _check(opinion: Opinion, said: Said) -> None:
    wrong = {}
    if not said.words.strip():
        wrong["words"] = "请写明意见和理由。"
    if not said.supervision.strip():
        wrong["supervision"] = "请写明日常监管掌握的情况；没有的请写“无”。"
    if opinion.about == About.RECHECK and not (said.joined.strip() or opinion.joined):
        wrong["joined"] = "请写明谁参加了现场复核。"
    if wrong:
        raise Invalid("意见还不完整，请补充标出的内容。", wrong)


def escalate(*, opinion: Opinion, by: Actor, at: datetime) -> Opinion:
    """The limit has passed for certain: up one level. It stays missing until somebody gives it."""
    permissions.may_escalate(by, opinion).or_refuse()
    day = day_of(at)
    if day <= opinion.due or opinion.due_provisional or opinion.above_id is not None:
        raise OutOfTurn("意见的期限还没有届满，或者已经上提。", clause="house/escalation")
    if law.on(day)["opinion.silence"].value != "escalated":
        raise OutOfTurn("现行规定没有要求上提。", clause="house/escalation")
    above = _above(opinion, at)
    note = {"reason": f"期限至 {opinion.due:%Y-%m-%d}，上提 {above.name}"}
    with journal.writing(permissions.ESCALATE, by=by, at=at, on=opinion.grading, note=note) as w:
        w.change(opinion, version=opinion.version, above_id=above.pk, escalated_on=day)
        outbox.announce(OpinionEscalated(opinion.pk, opinion.grading_id, above.pk), at)
    return opinion


def _above(opinion: Opinion, at: datetime) -> Body:
    unit = opinion.grading.unit
    if opinion.giver == LOCALITY:
        return superiors.above_locality(unit)
    found = superiors.above_district(unit, day_of(at))
    if found is None:
        raise OutOfTurn("没有登记上一级部门，不能上提；请系统管理员登记。", clause="house/escalation")
    return found


def appoint(*, opinion: Opinion, person: Account, version: int, by: Actor, at: datetime) -> Opinion:
    """The level above names somebody of its own or of the body asked to give it."""
    permissions.may_appoint(by, opinion).or_refuse()
    bodies = [opinion.body_id, opinion.above_id]
    if not Posting.objects.in_force(day_of(at)).filter(account=person, body__in=bodies).exists():
        raise Invalid("请指定本部门或者被征求意见部门的人员。", {"person": "请从列表中选择。"})
    with journal.writing(
        permissions.APPOINT, by=by, at=at, on=opinion.grading, note={"line": person.name}
    ) as w:
        return w.change(opinion, version=version, appointed_id=person.pk)
