"""Acts on standing: record a fact, correct it by a later one, lift it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import Writing
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Body, Unit
from dabiao.people.models import Account
from dabiao.standing import permissions
from dabiao.standing.models import Fact
from dabiao.standing.rules.entering import faults
from dabiao.standing.rules.kinds import Kind, kinds


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody records. `until` is the first day no longer."""

    kind: str
    since: date
    words: str
    source: str
    until: date | None = None
    which: str = ""
    number: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def record(
    *,
    told: Told,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
    body: Body | None = None,
    person: Account | None = None,
    taken: store.Taken | None = None,
) -> Fact:
    """Record a fact about a unit, a body or a person."""
    kind = known_kind(told.kind)
    permissions.may_record(by, kind, unit).or_refuse()
    _check(kind, told, has_file=taken is not None, unit_side=_own(by, unit), at=at)
    fact = _fact(told, by, at, unit=unit, body=body, person=person)
    with journal.writing(permissions.RECORD, by=by, at=at, on=_about(fact), note={"line": fact.title}) as w:
        return _kept(w, fact, taken, at)


def correct(
    *, fact: Fact, told: Told, reason: str, by: Actor, at: datetime, taken: store.Taken | None = None
) -> Fact:
    """A later fact takes the place of one that was recorded wrongly; the earlier stays to be read."""
    permissions.may_correct(by, fact).or_refuse()
    if not reason.strip():
        raise Invalid("请写明更正理由。", {"reason": "请写明原来错在哪里。"})
    if told.kind != fact.kind:
        raise Invalid("更正不能改变类别。", {"kind": "类别不同的请另行登记。"})
    has_file = taken is not None or fact.file_id is not None
    _check(fact.declared, told, has_file=has_file, unit_side=_own(by, fact.unit), at=at)
    later = _fact(told, by, at, unit=fact.unit, body=fact.body, person=fact.person)
    later.corrects, later.file_id = fact, fact.file_id
    note = {"line": fact.title, "reason": reason.strip()}
    with journal.writing(permissions.CORRECT, by=by, at=at, on=_about(fact), note=note) as w:
        w.change(fact, version=fact.version, corrected_at=at)
        return _kept(w, later, taken, at)


def lift(*, fact: Fact, until: date, reason: str, version: int, by: Actor, at: datetime) -> Fact:
    """Give a fact its end; `until` is the first day no longer."""
    permissions.may_lift(by, fact).or_refuse()
    wrong = {}
    if not reason.strip():
        wrong["reason"] = "请写明依据，例如移出名单的通知。"
    if until <= fact.since:
        wrong["until"] = f"终止日期应晚于起始日期 {fact.since:%Y-%m-%d}。"
    if wrong:
        raise Invalid("请补充标出的内容。", wrong)
    with journal.writing(permissions.LIFT, by=by, at=at, on=fact, note={"reason": reason.strip()}) as w:
        return w.change(fact, version=version, until=until, lifted_reason=reason.strip())


def known_kind(name: str) -> Kind:
    """The kind of that id; Invalid for none."""
    if name not in kinds():
        raise Invalid("请选择类别。", {"kind": "请从列表中选择类别。"})
    return kinds()[name]


def _check(kind: Kind, told: Told, *, has_file: bool, unit_side: bool, at: datetime) -> None:
    """A file is asked of the unit itself; a department's own word is its source."""
    said = {"words": told.words, "source": told.source, "number": told.number, "which": told.which}
    days = (told.since, told.until, day_of(at))
    wrong = faults(kind, said, told.counts, days, has_file=has_file or not unit_side)
    if wrong:
        raise Invalid("登记内容还不完整，请补充标出的内容。", wrong)


def _own(by: Actor, unit: Unit | None) -> bool:
    return unit is not None and unit.pk in by.units


def _fact(
    told: Told, by: Actor, at: datetime, *, unit: Unit | None, body: Body | None, person: Account | None
) -> Fact:
    return Fact(
        kind=told.kind,
        which=told.which,
        unit=unit,
        body=body,
        person=person,
        jurisdiction_id=unit.jurisdiction_id if unit else None,
        locality_id=unit.locality_id if unit else None,
        since=told.since,
        until=told.until,
        number=told.number.strip(),
        words=told.words.strip(),
        counts=dict(told.counts),
        source=told.source.strip(),
        recorded_by_id=by.account,
        recorded_for_id=None if _own(by, unit) else next(iter(by.bodies), None),
        recorded_at=at,
    )


def _about(fact: Fact) -> Unit | Body | Account:
    """Whom it is about: the entry stands on their chain."""
    about = fact.unit or fact.body or fact.person
    assert about is not None  # noqa: S101  the database's own constraint
    return about


def _kept(w: Writing, fact: Fact, taken: store.Taken | None, at: datetime) -> Fact:
    if taken is not None:
        fact.file = store.row(w, taken, at)
    return w.create(fact)
