"""What verification asks: to draw, to give a word, to arrange, to pledge, to fill, to sign, to conclude."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from dabiao.grading.models.gradings import at_bodies
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.look.short import short
from dabiao.office.todo.values import Todo, due_shown, fixed_shown
from dabiao.reviews.permissions.rectifications import LEADING
from dabiao.reviews.queries import checks
from dabiao.sheets.states import SheetState
from dabiao.supervision.models import Verification, VerificationDraw, VerifyingVisit
from dabiao.supervision.permissions.draws import DEPARTMENTS, PARTIES, party
from dabiao.supervision.queries import draws, lots
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.states.verifications import UNDER_WAY, VisitState

MOST = 200


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """Nothing is asked of the database for those who have no part in it."""
    found: list[Todo] = []
    if actor.holds(*PARTIES):
        found += _words(actor)
    if actor.holds(*DEPARTMENTS):
        found += _to_draw(actor, day, calendar)
        found += [_todo(row, "安排核查", day, calendar) for row in _to_arrange(actor)]
        found += _visits(actor, day, calendar)
        found += _to_confirm(actor, day, calendar)
    if actor.holds(*LEADING):
        found += _to_sign(actor, day, calendar)
    return found


def _words(actor: Actor) -> Iterator[Todo]:
    """Draws whose list is frozen, of which this person's body has not given its word."""
    rows = VerificationDraw.objects.visible_to(actor).filter(drawn_at=None).select_related("department")
    titles = {post.body: post.title for post in actor.posts}
    for row in rows[:MOST]:
        body = party(actor, row)
        if body is not None and titles.get(body) not in row.words:
            title, url = f"{row.year} 年度核查抽取", reverse("office:verification_draw", args=[row.pk])
            yield Todo(title, row.department.name, "名单已冻结", "给出随机词", url)


def _to_draw(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    """All lots together, by the one that has to be topped up first; not those whose list is frozen."""
    frozen = draws.frozen(at_bodies(actor, *DEPARTMENTS))
    short_of = [each for each in lots.own(actor, day) if each.owed and each.lot.place not in frozen]
    if short_of:
        count, first = sum(each.owed for each in short_of), min(each.top_up for each in short_of)
        title, light = f"{count} 家达标企业待抽取核查", fixed_shown(first, day, calendar)
        url = reverse("office:verification_draws")
        yield Todo(title, f"{len(short_of)} 份名单", "待抽取", "抽取核查对象", url, light)


def _to_arrange(actor: Actor) -> Iterator[Verification]:
    under_way = VerifyingVisit.objects.filter(verification=OuterRef("pk"), state__in=sorted(UNDER_WAY))
    rows = queries.waiting().filter(department__in=at_bodies(actor, *DEPARTMENTS))
    yield from rows.exclude(Exists(under_way)).select_related("unit").order_by("year", "id")[:MOST]


def _todo(row: Verification, verb: str, day: date, calendar: Calendar, step: str = "待核查") -> Todo:
    url = reverse("office:verification", args=[row.pk])
    light = fixed_shown(queries.deadline(row), day, calendar)
    return Todo(f"核查 {row.spoken}", row.unit.name, step, verb, url, light)


def _visits(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    rows = VerifyingVisit.objects.filter(
        verifiers__account=actor.account, verifiers__aside_at=None, state__in=sorted(UNDER_WAY)
    )
    read = rows.select_related("verification__unit", "sheet").prefetch_related(
        "verifiers", "sheet__signatures"
    )
    for row in read.order_by("visit_on", "id")[:MOST]:
        if verb := _asked(actor, row):
            step = f"核查定于 {row.visit_on:%Y-%m-%d}"
            yield _todo(row.verification, verb, day, calendar, step)


def _asked(actor: Actor, row: VerifyingVisit) -> str:
    """What this visit asks of this person now; empty where it waits for others."""
    leads = row.lead_id == actor.account
    if row.state == VisitState.ARRANGED:
        left = {each.account_id for each in row.verifiers.all() if each.pledged_at is None}
        return "作出廉洁承诺" if actor.account in left else "打开核查表" if leads and not left else ""
    if row.sheet is None or row.sheet.state != SheetState.CLOSED:
        return "填写核查表"
    return "作出核查结论" if leads and not checks.unsigned(row.sheet) else ""


def _to_sign(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    rows = VerifyingVisit.objects.filter(state=VisitState.OPEN, sheet__state=SheetState.CLOSED)
    rows = rows.filter(verification__unit__in=actor.units).select_related("verification__unit", "sheet")
    for row in rows.prefetch_related("sheet__signatures")[:MOST]:
        if row.sheet is not None and checks.unsigned(row.sheet):
            yield _todo(row.verification, "签字确认核查表", day, calendar, "核查表待签字")


def _to_confirm(actor: Actor, day: date, calendar: Calendar) -> Iterator[Todo]:
    """What a visit found and the unit says is put right."""
    bodies = at_bodies(actor, *DEPARTMENTS)
    rows = Hazard.objects.filter(origin=queries.ORIGIN, state=HazardState.DONE, confirmer__in=bodies)
    found = list(rows.select_related("unit").order_by("limit", "id")[:MOST])
    keys = [row.origin_key for row in found]
    of = dict(VerifyingVisit.objects.filter(pk__in=keys).values_list("pk", "verification"))
    for row in found:
        url = reverse("office:verification", args=[of[row.origin_key]])
        light = due_shown(row.limit, day, calendar)
        yield Todo(f"核查发现：{short(row.text, 40)}", row.unit.name, "待确认整改", "确认整改", url, light)
