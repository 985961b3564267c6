"""Who draws: an officer of the department freezes the list, two parties give a word; never who is judged."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early
from dabiao.kernel.roles import Role
from dabiao.supervision.models import VerificationDraw

Q8 = "quality-2015/8"
DEPARTMENTS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
BESIDE = (Role.INDUSTRY_DISTRICT, Role.BUREAU_DISTRICT)  # of the jurisdiction
PARTIES = (*DEPARTMENTS, Role.BUREAU_DISTRICT, Role.BUREAU_CITY)
FREEZE = act("supervision.freeze_draw", "主管部门冻结核查抽取名单", Q8, *DEPARTMENTS)
SEED = act("supervision.seed_draw", "主管部门、应急管理局各出随机词抽取核查对象", Q8, *PARTIES)
ACTS = (FREEZE, SEED)


def may_freeze(actor: Actor, department: int) -> Permit:
    if actor.at_body(department, *DEPARTMENTS):
        return allowed
    return denied("由公告这些企业的主管部门抽取。", Q8)


def party(actor: Actor, row: VerificationDraw) -> int | None:
    """The body for which this person gives a word; their own department first."""
    if actor.at_body(row.department_id, *DEPARTMENTS):
        return row.department_id
    beside = [
        each for each in actor.posts if each.role in BESIDE and each.jurisdiction == row.jurisdiction_id
    ]
    city = [each for each in actor.posts if each.role == Role.BUREAU_CITY]
    return next((each.body for each in (*beside, *city)), None)


def may_seed(actor: Actor, row: VerificationDraw) -> Permit:
    if party(actor, row) is None:
        return denied("由主管部门、区行业主管部门或者应急管理局给出随机词。", Q8)
    return too_early("已经抽取完成。", Q8) if row.drawn_at else allowed
