"""What officials and administrators have to do: answer the public, enter calendars, give postings."""

from datetime import date
from typing import Final

from django.urls import reverse

from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.look.short import short
from dabiao.office.todo.values import Todo, due_shown
from dabiao.people import queries as people
from dabiao.programme import queries as programme
from dabiao.programme.models import READERS, Feedback

MOST = 100
NOTICE_MONTH: Final = 11  # next year's holidays are announced about then


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    return [*_feedback(actor), *_calendars(actor, day, calendar), *_postings(actor, day)]


def _feedback(actor: Actor) -> list[Todo]:
    if not actor.holds(*READERS):
        return []
    return [_answer(row) for row in programme.waiting_feedback(actor)[:MOST]]


def _answer(row: Feedback) -> Todo:
    title = f"公众意见：{short(row.words, 40)}"
    return Todo(
        title, row.get_topic_display(), "待答复", "答复", reverse("office:feedback_one", args=[row.pk])
    )


def _calendars(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    if not actor.holds(Role.SYSTEM_ADMIN):
        return []
    return [_enter(year, day, calendar) for year in missing_years(day, calendar)]


def missing_years(day: date, calendar: Calendar) -> list[int]:
    """Years limits already run into: this one, and the next once its holidays are announced."""
    ahead = day.year + (1 if day.month >= NOTICE_MONTH else 0)
    return [year for year in range(day.year, ahead + 1) if year not in calendar.years]


def _enter(year: int, day: date, calendar: Calendar) -> Todo:
    return Todo(
        title=f"录入 {year} 年工作日历",
        unit="期限在录入前只能暂定",
        step="未录入",
        verb="录入日历",
        url=reverse("office:calendar", args=[year]),
        limit=due_shown(date(year - 1, 12, 31), day, calendar),
    )


def _postings(actor: Actor, day: date) -> list[Todo]:
    if not actor.holds(Role.SECURITY_ADMIN):
        return []
    waiting = people.unposted(day).count()
    if not waiting:
        return []
    url = f"{reverse('office:accounts')}?show=unposted"
    return [Todo(f"{waiting} 个账号还没有任职", "账号任职", "待授予任职", "授予任职", url)]
