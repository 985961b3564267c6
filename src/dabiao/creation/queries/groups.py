"""Reading leading groups, their meetings and their work."""

from collections.abc import Sequence
from datetime import date

from django.db import models

from dabiao import law
from dabiao.creation.models.groups import GroupMember, LeadingGroup, Place, Work
from dabiao.creation.rules import meetings
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent


def of_unit(unit: int) -> LeadingGroup | None:
    return LeadingGroup.objects.filter(unit=unit).select_related("unit", "file").first()


def formed(unit: int) -> LeadingGroup | None:
    """The group alone, where nobody asks for its unit or document."""
    return LeadingGroup.objects.filter(unit=unit).first()


def members_on(group: LeadingGroup, day: date) -> list[GroupMember]:
    """Who belongs to it on a day: head, deputies, members."""
    order = list(Place)
    ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
    rows = GroupMember.objects.filter(ended, group=group, since__lte=day)
    return sorted(rows, key=lambda row: (order.index(Place(row.place)), row.pk))


def visible_member(actor: Actor, key: int) -> GroupMember:
    """A member of the group of the person's own unit."""
    rows = GroupMember.objects.filter(group__unit__in=actor.units, pk=key)
    found = rows.select_related("group__unit").first()
    if found is None:
        raise Absent
    return found


def meetings_of(group: LeadingGroup, day: date) -> meetings.Meetings:
    """How the half-yearly meetings stand; one query."""
    today = law.on(day)
    return meetings.stand(
        group.formed_on,
        group.meetings.values_list("held_on", flat=True),
        day,
        months=today["leading_group.meeting.period"].number,
        count=today["leading_group.meeting.count"].number,
    )


def works(unit: int) -> "models.QuerySet[Work]":
    return works_of([unit])


def works_of(units: Sequence[int]) -> "models.QuerySet[Work]":
    """What these units recorded, newest first."""
    return Work.objects.filter(unit__in=units).select_related("file")
