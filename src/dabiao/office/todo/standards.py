"""What keepers of standards have to do: reviews that are due, duties to make standards, drafts to finish."""

from datetime import date

from django.urls import reverse

from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.office.todo.values import Todo, due_shown
from dabiao.standards import queries
from dabiao.standards.models import Edition, Making, owned
from dabiao.standards.queries import DueStandard
from dabiao.standards.states import RUNNING, EditionState

MOST = 100


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """Nothing is asked of the database for those who keep no standards."""
    bodies = owned(actor)
    if not bodies:
        return []
    due = [each for each in queries.due_for_review(day) if each.standard.owner_id in bodies]
    makings = Making.objects.filter(department__in=bodies, state__in=RUNNING).select_related("department")
    drafts = Edition.objects.filter(standard__owner__in=bodies, state=EditionState.DRAFT)
    return [
        *(_review(each, day, calendar) for each in due if each.making is None),
        *(_making(row, day, calendar) for row in makings[:MOST]),
        *(_draft(row) for row in drafts.select_related("standard__owner")[:MOST]),
    ]


def _review(each: DueStandard, day: date, calendar: Calendar) -> Todo:
    return Todo(
        title=f"五年复审：{each.standard.title}",
        unit=each.standard.number,
        step=each.clock.title,
        verb="作出复审结论",
        url=reverse("office:standard", args=[each.standard.pk]),
        limit=due_shown(each.clock.due, day, calendar),
    )


def _making(row: Making, day: date, calendar: Calendar) -> Todo:
    return Todo(
        title=f"制修订标准：{row.title}",
        unit=row.department.name,
        step=row.state_title,
        verb="登记进展",
        url=reverse("office:making", args=[row.pk]),
        limit=due_shown(row.due, day, calendar),
    )


def _draft(row: Edition) -> Todo:
    return Todo(
        title=f"核对草案：{row}",
        unit=row.standard.owner.name,
        step="草案待核对",
        verb="继续核对",
        url=reverse("office:edition_check", args=[row.pk]),
    )
