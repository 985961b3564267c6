"""What contracts and initial visits ask of the unit, the review unit, those told, the organizing unit."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, QuerySet
from django.urls import reverse

from dabiao.base.clock import day_of
from dabiao.creation.models import Case
from dabiao.creation.queries.cases import posted
from dabiao.hazards import permissions as hazards
from dabiao.hazards import queries as hazard_queries
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.look.shapes import LimitShown
from dabiao.look.short import short
from dabiao.office.limits import shown
from dabiao.office.todo.values import NO_LIMIT, Todo, due_shown
from dabiao.reviews.models import InitialVisit, Review
from dabiao.reviews.permissions.contracts import ACKNOWLEDGE, FIRMS
from dabiao.reviews.queries import contracts as queries
from dabiao.reviews.queries import namesakes, reviews
from dabiao.reviews.states.reviews import TITLES, ReviewState

MOST = 200


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    found: list[Todo] = []
    if actor.holds(Role.UNIT_OFFICER):
        found += _to_engage(Case.objects.filter(unit__in=actor.units), "签订评审合同", day, calendar)
    if actor.holds(*FIRMS):
        found += _to_confirm(actor)
    if actor.holds(Role.REVIEW_ADMIN):
        found += _of_review_unit(actor, day, calendar)
    if actor.holds(Role.REVIEWER):
        found += _visits(actor)
    if actor.holds(*ACKNOWLEDGE.roles):
        found += _notices(actor)
    if actor.holds(*hazards.RECEIVING):
        found += _handovers(actor, day, calendar)
    return [*found, *_organizing(actor, day, calendar)]


def _to_engage(
    cases: "QuerySet[Case]", verb: str, day: date, calendar: Calendar, url: str = ""
) -> Iterator[Todo]:
    rows = reviews.unengaged(cases).exclude(accepted_on=None).annotate(ended=Max("reviews__ended_at"))
    for case in rows.select_related("unit").order_by("accepted_on")[:MOST]:
        ended = day_of(case.ended) if case.ended else None
        running = reviews.contract_clock_from(case, ended, day, calendar)
        yield Todo(
            title=f"申报件 {case.spoken}",
            unit=case.unit.name,
            step="审核通过，待签评审合同",
            verb=verb,
            url=url or reverse("office:contract_new"),
            limit=shown(running.state, running.clause),
        )


def _to_confirm(actor: Actor) -> Iterator[Todo]:
    for row in queries.to_confirm(actor)[:MOST]:
        url = reverse("office:contract", args=[row.pk])
        yield Todo(f"{row.get_kind_display()}合同 {row.spoken}", row.unit.name, "待确认", "确认合同", url)


def _of_review_unit(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    bodies = posted(actor, Role.REVIEW_ADMIN)
    rows = Review.objects.filter(body__in=bodies, state__in=[ReviewState.ENGAGED, ReviewState.HELD])
    told = set(rows.filter(notices__isnull=False).values_list("pk", flat=True))
    rows = rows.select_related("unit").prefetch_related("conflicts")
    for row in rows.order_by("contracted_on")[:MOST]:
        running = reviews.initial_clock(row, namesakes.halts(row), day, calendar)
        light = (
            shown(running.state, running.clause) if running and row.state != ReviewState.HELD else NO_LIMIT
        )
        verb = "安排初访" if row.pk in told else "通报签约"
        yield _review(row, verb, light)


def _review(row: Review, verb: str, limit: LimitShown = NO_LIMIT) -> Todo:
    url = reverse("office:review", args=[row.pk])
    step = TITLES[ReviewState(row.state)]
    return Todo(f"评审 {row.spoken}", row.unit.name, step, verb, url, limit)


def _visits(actor: Actor) -> Iterator[Todo]:
    rows = InitialVisit.objects.filter(sheet__writers__account=actor.account, outcome="")
    for row in rows.select_related("review__unit").order_by("visit_on")[:MOST]:
        url = reverse("office:review", args=[row.review_id])
        step = f"初访定于 {row.visit_on:%Y-%m-%d}"
        yield Todo(f"初访现场核验 {row.review.spoken}", row.review.unit.name, step, "填写核验表", url)


def _notices(actor: Actor) -> Iterator[Todo]:
    for row in queries.unacknowledged(posted(actor, *ACKNOWLEDGE.roles))[:MOST]:
        yield _review(row.review, "签收签约通报")


def _handovers(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    for row in hazard_queries.handovers_waiting(posted(actor, *hazards.RECEIVING))[:MOST]:
        verb = "反馈处理结果" if row.acknowledged_at else "签收"
        light = NO_LIMIT if row.acknowledged_at else due_shown(row.due, day, calendar)
        url = reverse("office:handover", args=[row.pk])
        yield Todo(f"移交：{short(row.hazard.text, 40)}", row.hazard.unit.name, "待办理", verb, url, light)


def _organizing(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    """Conflicts found, trainings to judge, cases whose time to engage somebody is over."""
    leads, desks = posted(actor, Role.ORGANIZER_LEAD), posted(actor, Role.ORGANIZER)
    bodies = [*leads, *desks]
    if not bodies:
        return
    rows = Review.objects.filter(organizing__in=bodies, state=ReviewState.STOPPED)
    for row in rows.select_related("unit").order_by("id")[:MOST]:
        yield _review(row, "处理咨询评审冲突")
    for contract in queries.to_judge()[:MOST] if desks else ():
        url = reverse("office:contract", args=[contract.pk])
        yield Todo(f"培训合同 {contract.spoken}", contract.unit.name, "是否属于咨询", "判断", url)
    yield from _namesakes(desks)
    for each in _to_engage(Case.objects.filter(organizing__in=leads), "督促签约", day, calendar, _CASES):
        if each.limit.state.value == "red":
            yield each


def _namesakes(desks: list[int]) -> Iterator[Todo]:
    for row in namesakes.waiting(desks)[:MOST] if desks else ():
        url = reverse("office:contract", args=[row.reviewing_id])
        unit = row.reviewing.unit.name
        step = "评审专家与咨询机构人员同名" if row.account_id else "咨询、评审两家机构各有此名"
        yield Todo(f"重名：{row.name}", unit, step, "认定是否同一人", url)


_CASES = "/office/cases/?state=accepted"
