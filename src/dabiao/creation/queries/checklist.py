"""What a unit has done of its creation work and what is missing, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dabiao.creation.models.groups import WorkKind
from dabiao.creation.queries import assessors as teams
from dabiao.creation.queries import facts, groups
from dabiao.hazards import queries as hazards
from dabiao.hazards.models import RiskLevel
from dabiao.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """`key` names the part for pages; `late`: something missing is overdue."""

    key: str
    title: str
    clause: str
    done: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    late: bool = False

    @property
    def complete(self) -> bool:
        return not self.missing


def parts(unit: Unit, day: date) -> Iterator[Part]:
    """In the order of the work."""
    yield _group(unit, day)
    yield _assessors(unit, day)
    yield _commitment(unit, day)
    yield _works(unit)
    yield _risks(unit, day)
    yield _self_assessment(unit, day)


def _group(unit: Unit, day: date) -> Part:
    found = facts.group(unit.pk, day)
    if found.formed_on is None:
        return Part("group", "领导小组", "uplift/17", missing=("还没有成立领导小组",))
    done = [f"{found.formed_on:%Y-%m-%d} 成立，组长 {found.head}"]
    missing = [] if found.headed_by_principal else ["组长不是现任主要负责人"]
    missing += [f"{title}没有开会记录" for title in found.overdue]
    return Part("group", "领导小组", "uplift/17", tuple(done), tuple(missing), late=bool(found.overdue))


def _assessors(unit: Unit, day: date) -> Part:
    team, fund = teams.team(unit.pk, day), teams.fund(unit.pk, day.year)
    done = [f"{len(team.members)} 名自评员，{team.trained} 人培训有效"] if team.members else []
    done += [f"{day.year} 年培训经费 {fund.amount} 元，已支出 {fund.used} 元"] if fund else []
    missing = [] if team.members else ["还没有自评员"]
    missing += [f"{name}没有有效的培训记录" for name in team.untrained[:5]]
    missing += [f"场所“{name}”没有自评员" for name in team.uncovered[:5]] if team.members else []
    missing += [] if fund else [f"还没有登记 {day.year} 年培训经费"]
    return Part("assessors", "自评员", "uplift/18", tuple(done), tuple(missing))


def _commitment(unit: Unit, day: date) -> Part:
    found = facts.commitment(unit.pk, day)
    if found.signed_on is None:
        return Part("commitment", "承诺书", "uplift/16", missing=("主要负责人还没有签署承诺书",))
    done = (f"{found.signed_by} {found.signed_on:%Y-%m-%d} 签署并公开，编号 {found.number}",)
    missing = () if found.by_principal else ("主要负责人已变更，请新任负责人重新签署",)
    return Part("commitment", "承诺书", "uplift/16", done, missing)


def _works(unit: Unit) -> Part:
    rows = groups.works(unit.pk).order_by("done_on").values_list("kind", "done_on")
    last: dict[str, date] = dict(rows)  # of each kind the newest stays
    done = [f"{kind.label}：最近一次 {last[kind]:%Y-%m-%d}" for kind in WorkKind if kind.value in last]
    missing = [f"还没有{kind.label}的记录" for kind in WorkKind if kind.value not in last]
    return Part("works", "全员培训、对标和自查自纠", "uplift/17", tuple(done), tuple(missing))


def _risks(unit: Unit, day: date) -> Part:
    """Risk grading and screening are part of creation (uplift/13)."""
    found = hazards.register(unit.pk, day)
    levels = "、".join(f"{RiskLevel(key).label} {n} 个" for key, n in found.levels.items())
    done = [f"{found.points} 个风险点：{levels}"] if found.points else []
    done += [f"最近一次排查 {found.screened_on:%Y-%m-%d}"] if found.screened_on else []
    done += [f"未销号的隐患 {found.open} 条"] if found.open else []
    missing = [] if found.points else ["还没有建立风险清单"]
    missing += [f"{found.review_due} 个风险点已过复核日期"] if found.review_due else []
    missing += [] if found.screened_on else ["还没有排查记录"]
    missing += [f"重大隐患 {found.open_major} 条没有整改完成"] if found.open_major else []
    return Part("risks", "风险分级管控和隐患排查", "uplift/13", tuple(done), tuple(missing))


def _self_assessment(unit: Unit, day: date) -> Part:
    found = facts.self_assessment(unit.pk, day)
    if found.handed_in_on is None:
        return Part("self_assessment", "自评", "uplift/19", missing=("还没有提交自评报告",))
    done = (f"{found.number} 于 {found.handed_in_on:%Y-%m-%d} 提交，得分 {found.score}",)
    return Part("self_assessment", "自评", "uplift/19", done)
