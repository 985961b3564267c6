"""What was brought in from the spot and not taken over waits for a decision: one to do a sheet."""

from datetime import date

from django.db.models import Count
from django.urls import reverse

from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.office.todo.values import Todo
from dabiao.sheets.models import ORGANIZING, OUTSIDE, Contest, Occasion

MOST = 50


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """For who leads the sheet and the organizing unit whose case it is."""
    if not actor.holds(*OUTSIDE, *ORGANIZING):
        return []
    rows = (
        Contest.objects.for_decision(actor).waiting().values("sheet", "sheet__unit__name", "sheet__occasion")
    )
    found = rows.annotate(count=Count("pk")).order_by("sheet")[:MOST]
    return [_todo(row["sheet__unit__name"], row["sheet__occasion"], row["count"]) for row in found]


def _todo(unit: str, occasion: str, count: int) -> Todo:
    return Todo(
        title=f"{Occasion(occasion).label}：{count} 处现场带回的内容与系统中的不一致或者没有送达",
        unit=unit,
        step="两边都已保留，等待处理",
        verb="核对处理",
        url=reverse("office:contests"),
    )
