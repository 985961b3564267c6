"""What those who lead a unit have to do for its creation, once it has begun."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from dabiao.creation.models import Assessor
from dabiao.creation.queries import assessors as teams
from dabiao.creation.queries import commitments, cycles, groups
from dabiao.hazards import queries as hazards
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.office.todo.values import Todo, due_shown

NAMED = 3
AHEAD = timedelta(days=30)
LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    led = [unit for unit in actor.units if actor.at_unit(unit, *LEADING)]
    return [each for unit in cycles.open_of(led) for each in _unit(actor, unit, day, calendar)]


def _unit(actor: Actor, unit: int, day: date, calendar: Calendar) -> Iterator[Todo]:
    yield from _group(unit, day, calendar)
    if not Assessor.objects.filter(unit=unit, until=None).exists():
        yield _todo("组建自评员队伍", "还没有自评员", "登记自评员", "office:assessors")
    elif untrained := teams.team(unit, day).untrained:
        step = f"{'、'.join(untrained[:NAMED])}{'等' if len(untrained) > NAMED else ''}没有有效的培训记录"
        yield _todo(f"培训自评员（{len(untrained)} 人）", step, "登记培训", "office:assessors")
    yield from _reviews(unit, day, calendar)
    if actor.at_unit(unit, Role.UNIT_PRINCIPAL):
        yield from _commitment(actor, unit)
    elif commitments.in_force(unit) is None:
        yield _todo("请主要负责人签署安全生产承诺书", "由主要负责人本人签署", "查看", "office:commitment")


def _group(unit: int, day: date, calendar: Calendar) -> Iterator[Todo]:
    group = groups.of_unit(unit)
    if group is None:
        yield _todo("成立标准化领导小组", "主要负责人任组长", "成立领导小组", "office:group")
        return
    found = groups.meetings_of(group, day)
    wanted = [*found.overdue, *([found.due] if found.due else [])]
    for span in wanted[:1]:
        yield Todo(
            title=f"召开领导小组会议（{span.title}）",
            unit="本企业",
            step=f"共 {len(wanted)} 个半年没有记录" if len(wanted) > 1 else "每半年至少一次",
            verb="记录会议",
            url=reverse("office:group"),
            limit=due_shown(span.last, day, calendar),
        )


def _reviews(unit: int, day: date, calendar: Calendar) -> Iterator[Todo]:
    """Risk points are reviewed by their day; told a month ahead."""
    due = hazards.risks(unit).filter(review_on__lte=day + AHEAD).order_by("review_on")
    days = list(due.values_list("review_on", flat=True))
    if days:
        yield Todo(
            title=f"复核风险点（{len(days)} 个）",
            unit="本企业",
            step="复核后改定下次日期",
            verb="复核",
            url=reverse("office:risks"),
            limit=due_shown(days[0], day, calendar),
        )


def _commitment(actor: Actor, unit: int) -> Iterator[Todo]:
    current = commitments.in_force(unit)
    if current is None:
        yield _todo("签署安全生产承诺书", "签署后向社会公开", "阅读并签署", "office:commitment")
    elif current.account_id != actor.account:
        yield _todo("重新签署安全生产承诺书", "主要负责人已变更", "阅读并签署", "office:commitment")


def _todo(title: str, step: str, verb: str, name: str) -> Todo:
    return Todo(title, "本企业", step, verb, reverse(name))
