"""What gradings ask: of the organizing unit, of the departments, of whoever is asked for an opinion."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from dabiao.grading.models import Grading
from dabiao.grading.models.gradings import at_bodies
from dabiao.grading.queries import bulletins, gradings, objections, opinions
from dabiao.grading.states.gradings import TITLES
from dabiao.grading.states.gradings import GradingState as S
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.office.limits import shown
from dabiao.office.todo.values import NO_LIMIT, Todo, due_shown

MOST = 100
DESK = {
    S.RECEIVED: "审核评审资料",
    S.AUDITED: "组织现场复核",
    S.RECHECKING: "现场复核",
    S.RECHECKED: "提出复核意见",
}
DEPARTMENT = {S.CONSULTING: "提出公示", S.PROPOSED: "决定公示", S.REFUSING: "决定不予定级"}
DEPARTMENTS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
OBJECTIONS = (Role.ORGANIZER, Role.ORGANIZER_LEAD, *DEPARTMENTS)


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """Nothing is asked of the database for those who have no part in it."""
    return [
        *_gradings(actor, day, calendar),
        *_opinions(actor, day, calendar),
        *_objections(actor, day, calendar),
        *_bulletins(actor, day, calendar),
    ]


def _gradings(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    for roles, field, verbs in (
        ((Role.ORGANIZER,), "organizing", DESK),
        ((Role.ORGANIZER_LEAD,), "organizing", {S.JUDGED: "决定复核意见"}),
        (DEPARTMENTS, "department", DEPARTMENT),
    ):
        bodies = at_bodies(actor, *roles)
        rows = gradings.waiting(field, bodies, *verbs).exclude(gradings.for_another(actor.account or 0))
        for row in rows[:MOST] if bodies else ():
            yield _todo(row, verbs[S(row.state)], day, calendar)


def _todo(row: Grading, verb: str, day: date, calendar: Calendar) -> Todo:
    running = gradings.clock(row, day, calendar)
    return Todo(
        title=f"定级件 {row.spoken}",
        unit=row.unit.name,
        step=TITLES[S(row.state)],
        verb=verb,
        url=reverse("office:grading", args=[row.pk]),
        limit=shown(running.state, running.clause) if running else NO_LIMIT,
    )


def _opinions(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    if not actor.holds(*opinions.GIVING):
        return
    for row in opinions.waiting(actor)[:MOST]:
        yield Todo(
            title=f"提出意见：{row.get_about_display()}",
            unit=row.grading.unit.name,
            step=f"征求{row.body.name}意见",
            verb="提出意见",
            url=reverse("office:opinion", args=[row.pk]),
            limit=due_shown(row.due, day, calendar),
        )


def _objections(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    """The organizing unit until it has spoken, then those who decide."""
    if not actor.holds(*OBJECTIONS):
        return
    organizes = actor.holds(Role.ORGANIZER, Role.ORGANIZER_LEAD)
    for row in objections.waiting(actor).filter(stated_at__isnull=organizes)[:MOST]:
        yield Todo(
            title=f"公示异议：{row.grading.notice}",
            unit=row.grading.unit.name,
            step="待说明事实" if organizes else "待决定",
            verb="说明事实" if organizes else "答复异议",
            url=reverse("office:objection", args=[row.pk]),
            limit=shown(objections.clock(row, day, calendar), "house/time-limits"),
        )


def _bulletins(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    if actor.holds(*DEPARTMENTS):
        count = len(bulletins.ready(actor, day))
        if count:
            url = reverse("office:bulletin_new")
            yield Todo(f"{count} 家企业公示期满", "可以公告", "公示期满", "提出公告", url)
        for row in bulletins.waiting(actor)[:MOST]:
            url = reverse("office:bulletin", args=[row.pk])
            yield Todo(f"公告 {row.number}", row.department.name, "待决定", "决定公告", url)
    if actor.bodies:
        for copy in bulletins.unacknowledged(actor)[:MOST]:
            url = reverse("office:bulletin", args=[copy.bulletin_id])
            name, limit = copy.bulletin.department.name, due_shown(copy.due, day, calendar)
            yield Todo(f"公告抄送 {copy.bulletin.number}", name, "待签收", "签收", url, limit)
