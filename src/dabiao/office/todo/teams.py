"""What a review asks of the review unit, its team, the unit under review and the organizing unit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.office.limits import shown
from dabiao.office.todo.values import NO_LIMIT, Todo
from dabiao.reviews.models import Check, Extension, Member, Overdue, Review
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.states.checks import CheckState
from dabiao.reviews.states.reviews import TITLES, ReviewState
from dabiao.reviews.states.reviews import ReviewState as S
from dabiao.sheets.models import Signature
from dabiao.sheets.states import SheetState

MOST = 200
ADMIN = {S.CLEARED: "制定评审计划"}
TEAM = {
    S.PLANNED: "召开首次会议",
    S.REVIEWING: "现场评审",
    S.CONFIRMING: "确认整改",
    S.WRITING: "提交评审报告",
}
UNIT = {S.REVIEWING: "签字确认", S.RECTIFYING: "整改不符合项"}
LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """One a review: who may have several things to do finds them on its page."""
    found: dict[int, Todo] = {}
    for review, verb in _found(actor):
        found.setdefault(review.pk, _todo(review, verb, day, calendar))
    return list(found.values())


def _found(actor: Actor) -> Iterator[tuple[Review, str]]:
    if actor.holds(Role.REVIEWER, Role.EXPERT):
        yield from _team(actor)
    if bodies := _bodies(actor, Role.REVIEW_ADMIN):
        yield from _rows(ADMIN, body__in=bodies)
    if actor.holds(*LEADING):
        yield from _rows(UNIT, unit__in=actor.units)
        yield from _rows({S.CONFIRMING: "签字确认整改确认表"}, unit__in=actor.units, pk__in=_to_sign())
    if bodies := _bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD):
        asked = Extension.objects.filter(granted=None).values("review")
        yield from _rows({S.RECTIFYING: "决定是否延期"}, organizing__in=bodies, pk__in=asked)
    if bodies := _bodies(actor, Role.ORGANIZER_LEAD):
        late = Overdue.objects.values("review")
        verbs = {S.RECTIFYING: "确认整改逾期"} | dict.fromkeys(
            (S.CLEARED, S.PLANNED, S.CONFIRMING), "督促评审"
        )
        yield from _rows(verbs, organizing__in=bodies, pk__in=late)


def _team(actor: Actor) -> Iterator[tuple[Review, str]]:
    """Asked to join; then what the team has to do."""
    mine = Member.objects.filter(account=actor.account, plan__withdrawn_at=None, declined_at=None)
    asked = mine.filter(accepted_at=None).values("plan__review")
    yield from _rows({S.PLANNED: "申报回避事项"}, pk__in=asked)
    yield from _rows(TEAM, pk__in=mine.exclude(accepted_at=None).values("plan__review"))


def _to_sign() -> Any:
    """Reviews of which a check was closed and the unit has not signed yet."""
    signed = Signature.objects.filter(side=queries.UNIT).values("sheet")
    closed = Check.objects.filter(state=CheckState.OPEN, sheet__state=SheetState.CLOSED)
    return closed.exclude(sheet__in=signed).values("review")


def _bodies(actor: Actor, *roles: Role) -> list[int]:
    return [post.body for post in actor.posts if post.role in roles and post.body is not None]


def _rows(verbs: dict[ReviewState, str], **which: object) -> Iterator[tuple[Review, str]]:
    rows = Review.objects.filter(state__in=list(verbs), **which).select_related("unit")
    rows = rows.prefetch_related("extensions", "submissions", "conflicts").order_by("id")
    return ((row, verbs[ReviewState(row.state)]) for row in rows[:MOST])


def _todo(review: Review, verb: str, day: date, calendar: Calendar) -> Todo:
    stamped = review.state == S.RECTIFYING and review.rectify_due is None
    running = None if stamped else queries.clock(review, day, calendar)
    return Todo(
        title=f"评审 {review.spoken}",
        unit=review.unit.name,
        step=TITLES[ReviewState(review.state)],
        verb=verb,
        url=reverse("office:review_work", args=[review.pk]),
        limit=shown(running.state, running.clause) if running else NO_LIMIT,
    )
