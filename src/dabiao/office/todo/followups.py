"""What follow-ups after attaining ask of the review unit, of the unit, of the organizing unit."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from dabiao.creation.queries.cases import posted
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.look.short import short
from dabiao.office.limits import shown
from dabiao.office.todo.values import NO_LIMIT, Todo, due_shown
from dabiao.reviews.models import FollowUp, Overdue, Revisit
from dabiao.reviews.permissions.rectifications import LEADING
from dabiao.reviews.queries import checks
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.states.followups import TITLES, FollowUpState, RevisitState
from dabiao.sheets.states import SheetState

MOST = 200
AT_REVIEW_UNIT = (Role.REVIEW_ADMIN, Role.REVIEWER)


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """Nothing is asked of the database for those who have no part in it."""
    found: list[Todo] = []
    if actor.holds(*AT_REVIEW_UNIT):
        found += [_owed(row, "安排回访", day, calendar) for row in _to_arrange(actor)]
        found += _visits(actor)
        found += _to_confirm(actor, day, calendar)
    if actor.holds(*LEADING):
        found += _to_sign(actor)
    if bodies := posted(actor, Role.ORGANIZER_LEAD):
        told = Overdue.objects.filter(review=OuterRef("review"), limit=queries.LIMIT)
        late = queries.owed().filter(Exists(told), review__organizing__in=bodies)
        found += [_owed(row, "督促回访", day, calendar) for row in late[:MOST]]
    return found


def _to_arrange(actor: Actor) -> Iterator[FollowUp]:
    """Of the administrator's review unit, and of the teams this person leads; none that is under way."""
    under_way = Revisit.objects.filter(review=OuterRef("review"), state=RevisitState.OPEN)
    rows = queries.owed().exclude(Exists(under_way))
    own = rows.filter(review__body__in=posted(actor, Role.REVIEW_ADMIN))
    led = rows.filter(
        review__body__in=posted(actor, Role.REVIEWER),
        review__plans__leader=actor.account,
        review__plans__withdrawn_at=None,
    )
    seen: dict[int, FollowUp] = {row.pk: row for row in [*_first(own), *_first(led)]}
    yield from seen.values()


def _first(rows: "QuerySet[FollowUp]") -> "QuerySet[FollowUp]":
    return rows.order_by("announced_on", "id")[:MOST]


def _owed(row: FollowUp, verb: str, day: date, calendar: Calendar) -> Todo:
    running, review = queries.clock(row, day, calendar), row.review
    return Todo(
        title=f"达标后回访 {review.spoken}",
        unit=review.unit.name,
        step=TITLES[FollowUpState(row.state)],
        verb=verb,
        url=reverse("office:follow_up", args=[review.pk]),
        limit=shown(running.state, running.clause) if running else NO_LIMIT,
    )


def _visits(actor: Actor) -> Iterator[Todo]:
    rows = Revisit.objects.filter(sheet__writers__account=actor.account, state=RevisitState.OPEN)
    for row in rows.select_related("review__unit", "sheet").prefetch_related("sheet__signatures")[:MOST]:
        closed = row.sheet.state == SheetState.CLOSED
        if closed and (row.lead_id != actor.account or checks.unsigned(row.sheet)):
            continue
        yield _visit(row, "作出回访结论" if closed else "填写回访表")


def _to_sign(actor: Actor) -> Iterator[Todo]:
    rows = Revisit.objects.filter(state=RevisitState.OPEN, sheet__state=SheetState.CLOSED)
    rows = rows.filter(review__unit__in=actor.units).select_related("review__unit", "sheet")
    for row in rows.prefetch_related("sheet__signatures")[:MOST]:
        if checks.unsigned(row.sheet):
            yield _visit(row, "签字确认回访表")


def _visit(row: Revisit, verb: str) -> Todo:
    url = reverse("office:follow_up", args=[row.review_id])
    step = f"回访定于 {row.visit_on:%Y-%m-%d}"
    return Todo(f"达标后回访 {row.review.spoken}", row.review.unit.name, step, verb, url)


def _to_confirm(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    """What a visit found and the unit says is put right."""
    bodies = posted(actor, *AT_REVIEW_UNIT)
    rows = Hazard.objects.filter(origin=queries.ORIGIN, state=HazardState.DONE, confirmer__in=bodies)
    found = list(rows.select_related("unit").order_by("limit", "id")[:MOST])
    of = dict(Revisit.objects.filter(pk__in=[row.origin_key for row in found]).values_list("pk", "review"))
    for row in found:
        url = reverse("office:follow_up", args=[of[row.origin_key]])
        light = due_shown(row.limit, day, calendar)
        yield Todo(f"回访发现：{short(row.text, 40)}", row.unit.name, "待确认整改", "确认整改", url, light)
