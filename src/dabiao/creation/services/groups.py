"""Acts of the leading group: form it, change who belongs to it, record its meetings and work (uplift/17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import Writing
from dabiao.base.models import StoredFile
from dabiao.creation.models.groups import GroupMember, LeadingGroup, Meeting, Place, Work, WorkKind
from dabiao.creation.permissions import groups as permissions
from dabiao.creation.queries import groups as queries
from dabiao.creation.queries.principals import principals
from dabiao.creation.rules import heads
from dabiao.creation.rules.rosters import Person
from dabiao.creation.services import cycles
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Unit

Joined = Sequence[tuple[Place, Person]]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes of a meeting say."""

    held_on: date
    attendance: str
    subjects: str
    decisions: str


def form(
    *,
    unit: Unit,
    document: str,
    formed_on: date,
    joined: Joined,
    by: Actor,
    at: datetime,
    taken: store.Taken | None = None,
) -> LeadingGroup:
    """Form the group by a document of the unit; the principal heads it. It may open the cycle."""
    permissions.may_lead(by, unit.pk).or_refuse()
    _check_said({"document": document}, {"document": "请填写成立文件的名称和文号。"})
    _check_day(formed_on, day_of(at), "formed_on")
    _check_head(unit, [person for place, person in joined if place == Place.HEAD], day_of(at))
    with transaction.atomic():
        journal.hold(unit)
        if queries.of_unit(unit.pk) is not None:
            raise OutOfTurn("本企业已经成立领导小组，人员有变动请直接调整。", clause="uplift/17")
        cycle = cycles.current(unit=unit, by=by, at=at)
        group = LeadingGroup(
            unit=unit,
            jurisdiction_id=unit.jurisdiction_id,
            cycle=cycle,
            formed_on=formed_on,
            document=document,
        )
        with journal.writing(permissions.FORM, by=by, at=at, on=group) as w:
            group.file = _stored(w, taken, at)
            w.create(group)
            w.create_all(_member(group, place, person, formed_on) for place, person in joined)
    return group


def _check_head(unit: Unit, named: Sequence[Person], day: date) -> None:
    """Exactly one, and the principal (law leading_group.head)."""
    asked = law.on(day)["leading_group.head"]
    if len(named) != 1:
        raise Invalid("领导小组应当有且只有一名组长。", {"head": "请指定一名组长。"})
    head = named[0]
    heads.may_head(asked.value, principals(unit, day), head.name, head.account, asked.clause).or_refuse()


def _member(group: LeadingGroup, place: Place, person: Person, since: date) -> GroupMember:
    return GroupMember(
        group=group,
        place=place.value,
        name=person.name.strip(),
        post=person.post.strip(),
        department=person.department.strip(),
        account_id=person.account,
        since=since,
    )


def join(
    *, group: LeadingGroup, place: Place, person: Person, since: date, by: Actor, at: datetime
) -> GroupMember:
    """Somebody joins from a day. A new head takes the place of the old one on that day."""
    permissions.may_lead(by, group.unit_id).or_refuse()
    _check_said({"name": person.name}, {"name": "请填写姓名。"})
    _check_day(since, day_of(at), "since", group.formed_on)
    if place == Place.HEAD:
        _check_head(group.unit, [person], day_of(at))
    with journal.writing(permissions.CHANGE, by=by, at=at, on=group) as w:
        if place == Place.HEAD:
            for old in group.members.filter(place=Place.HEAD, until=None):
                w.change(old, until=since)
        return w.create(_member(group, place, person, since))


def leave(*, member: GroupMember, until: date, by: Actor, at: datetime) -> GroupMember:
    """Somebody leaves; the head only by being followed by another."""
    group = member.group
    permissions.may_lead(by, group.unit_id).or_refuse()
    if member.until is not None:
        raise OutOfTurn("该成员已经离开领导小组。", clause="uplift/17")
    if member.place == Place.HEAD:
        raise OutOfTurn("组长不能空缺，请直接登记新任组长，原组长随之卸任。", clause="uplift/17")
    _check_day(until, day_of(at), "until", member.since)
    with journal.writing(permissions.CHANGE, by=by, at=at, on=group) as w:
        return w.change(member, until=until)


def record_meeting(
    *, group: LeadingGroup, minutes: Minutes, by: Actor, at: datetime, taken: store.Taken | None = None
) -> Meeting:
    """Keep the minutes of a meeting held."""
    permissions.may_lead(by, group.unit_id).or_refuse()
    said = {name: getattr(minutes, name) for name in ("attendance", "subjects", "decisions")}
    asked = {
        "attendance": "请写明谁参加了会议。",
        "subjects": "请写明议题。",
        "decisions": "请写明议定事项。",
    }
    _check_said(said, asked)
    _check_day(minutes.held_on, day_of(at), "held_on", group.formed_on)
    meeting = Meeting(group=group, held_on=minutes.held_on, **said, recorded_at=at)
    with journal.writing(permissions.MEET, by=by, at=at, on=group) as w:
        meeting.file = _stored(w, taken, at)
        return w.create(meeting)


def record_work(
    *,
    unit: Unit,
    kind: WorkKind,
    done_on: date,
    people: int,
    words: str,
    by: Actor,
    at: datetime,
    taken: store.Taken | None = None,
) -> Work:
    """Record training of all staff, comparison with the standard, or self-correction that took place."""
    permissions.may_lead(by, unit.pk).or_refuse()
    _check_said({"words": words}, {"words": "请写明做了什么、结果怎样。"})
    _check_day(done_on, day_of(at), "done_on")
    if people < 1:
        raise Invalid("请填写参加人数。", {"people": "参加人数至少 1 人。"})
    with transaction.atomic():
        cycle = cycles.current(unit=unit, by=by, at=at)
        work = Work(
            unit=unit,
            cycle=cycle,
            kind=kind.value,
            done_on=done_on,
            people=people,
            words=words,
            recorded_at=at,
        )
        with journal.writing(permissions.WORK, by=by, at=at, on=work) as w:
            work.file = _stored(w, taken, at)
            return w.create(work)


def _stored(work: Writing, taken: store.Taken | None, at: datetime) -> StoredFile | None:
    return store.row(work, taken, at) if taken else None


def _check_said(said: dict[str, str], asked: dict[str, str]) -> None:
    wrong = {name: asked[name] for name, text in said.items() if not text.strip()}
    if wrong:
        raise Invalid("请补充标出的内容。", wrong)


def _check_day(day: date, today: date, name: str, first: date | None = None) -> None:
    """Nothing is dated later than it is entered, nor before what it belongs to."""
    if day > today:
        raise Invalid("日期不能晚于今天。", {name: "日期不能晚于今天。"})
    if first is not None and day < first:
        raise Invalid("日期太早。", {name: f"日期不能早于 {first:%Y-%m-%d}。"})
