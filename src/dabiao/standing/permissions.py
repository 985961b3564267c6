"""Who may record, correct and lift what is known about a unit, a body, a person."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, TITLES, UNIT_ROLES, Role
from dabiao.organisations.models import Unit
from dabiao.standing.models import Fact
from dabiao.standing.rules.kinds import Kind, kinds

RECORDERS = frozenset().union(*(kind.who for kind in kinds().values()))
RECORD = act("standing.record", "有关部门和企业登记资格状况", "uplift/8", *RECORDERS)
CORRECT = act("standing.correct", "登记人更正资格状况", "uplift/8", *RECORDERS)
LIFT = act("standing.lift", "登记人写明资格状况的终止日期", "uplift/8", *RECORDERS)

BY_HAND = frozenset().union(*(kind.who for kind in kinds().values() if kind.by_hand))
ACTS = (RECORD, CORRECT, LIFT)
WHOLE_CITY = CITY_ROLES | {Role.ORGANIZER, Role.ORGANIZER_LEAD, Role.TIME}


def may_record(actor: Actor, kind: Kind, unit: Unit | None) -> Permit:
    """One of the kind's recorders, for a unit of their own territory; bodies and people have none."""
    if not actor.holds(*kind.who):
        who = "、".join(TITLES[role] for role in Role if role in kind.who)
        return denied(f"“{kind.title}”由{who}登记。", kind.clause)
    if unit is None or any(_reaches(actor, role, unit) for role in kind.who):
        return allowed
    return denied("只能登记本企业或者本管辖区企业的情况。", kind.clause)


def recordable(actor: Actor, unit: Unit) -> tuple[Kind, ...]:
    """The kinds this person may record by hand about a unit, in order."""
    return tuple(kind for kind in held(actor) if may_record(actor, kind, unit))


def held(actor: Actor) -> tuple[Kind, ...]:
    """The kinds this person records by hand of whatever unit is theirs."""
    mine = (kind for kind in kinds().values() if kind.about == "unit" and kind.by_hand)
    return tuple(kind for kind in mine if actor.holds(*kind.who))


def may_correct(actor: Actor, fact: Fact) -> Permit:
    """Whoever recorded it, or a colleague of theirs; a corrected one is corrected through the later one."""
    if fact.corrected_at is not None:
        return too_early("这条记录已经更正过，请在更正后的那一条上办理。")
    return _recorded_by(actor, fact)


def may_lift(actor: Actor, fact: Fact) -> Permit:
    if fact.corrected_at is not None:
        return too_early("这条记录已经更正过，请在更正后的那一条上办理。")
    if fact.declared.ends == "no":
        return denied("这类事实是某一天发生的事，没有终止日期；登记有误的请更正。", fact.declared.clause)
    if fact.until is not None:
        return too_early("这条记录已经写明终止日期；如有错误请更正。")
    return _recorded_by(actor, fact)


def _recorded_by(actor: Actor, fact: Fact) -> Permit:
    if fact.recorded_for_id is not None and fact.recorded_for_id in actor.bodies:
        return may_record(actor, fact.declared, fact.unit)
    if fact.recorded_for_id is None and actor.at_unit(fact.unit_id, *fact.declared.who):
        return allowed
    return denied("由登记这条记录的单位更正或者终止。")


def _reaches(actor: Actor, role: Role, unit: Unit) -> bool:
    """Holds that role where the unit lies within reach."""
    if role in WHOLE_CITY:
        return actor.holds(role)
    if role in UNIT_ROLES:
        return actor.at_unit(unit.pk, role)
    if role in DISTRICT_ROLES:
        return unit.jurisdiction_id in actor.jurisdictions(role)
    return any(
        post.role == role and post.jurisdiction in {None, unit.jurisdiction_id} for post in actor.posts
    )
