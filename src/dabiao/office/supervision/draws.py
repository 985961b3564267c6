"""Pages of draws: what is to be drawn, each draw with all that anybody needs to repeat it."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao import draw
from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.grading.models import Certificate
from dabiao.grading.models.gradings import at_bodies
from dabiao.kernel.errors import OutOfTurn
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.grading.certified import LEVELS
from dabiao.office.supervision import forms
from dabiao.supervision.models import Verification, VerificationDraw
from dabiao.supervision.permissions import draws as permissions
from dabiao.supervision.queries import draws as queries
from dabiao.supervision.queries import lots
from dabiao.supervision.services import drawing

READERS = CITY_ROLES | DISTRICT_ROLES
DEPARTMENTS = frozenset({Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT})
PER_PAGE = 30
CRUMBS = (("核查", "/office/supervision/"), ("核查抽取", "/office/supervision/draws/"))


@address("查看核查抽取", READERS)
def listing(request: Request) -> HttpResponse:
    """The person's own lots in figures, then every draw they may see."""
    day = clock.today()
    rows = VerificationDraw.objects.visible_to(request.actor).select_related("department", "jurisdiction")
    page_ = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [(row, LEVELS.get(row.level, row.level)) for row in page_],
        "lots": _lots(request, day),
    }
    crumbs = [CRUMBS[0], ("核查抽取", "")]
    return frame.page(request, "office/supervision/draws.html", context, crumbs=crumbs)


def _lots(request: Request, day: date) -> list[tuple[lots.Tally, str, bool, int | None]]:
    """(figures, level, whether it is late, the draw that waits for words) of the person's own."""
    waiting = queries.frozen(at_bodies(request.actor, *DEPARTMENTS))
    return [
        (each, LEVELS[each.lot.level], day > each.top_up, waiting.get(each.lot.place))
        for each in lots.own(request.actor, day)
    ]


@address("冻结核查抽取名单", DEPARTMENTS, ("POST",))
def freeze(request: Request) -> HttpResponse:
    at, asked = clock.now(), request.POST.get("lot", "")
    tally = next((each for each in lots.own(request.actor, clock.today()) if each.lot.key == asked), None)
    if tally is None:
        raise OutOfTurn("没有这份名单，请刷新后再看。", clause=permissions.Q8)
    row = drawing.freeze(lot=tally.lot, by=request.actor, at=at)
    return acting.done(request, "名单已经冻结，请两方各给出随机词。", "office:verification_draw", row.pk)


@address("查看一次核查抽取，给出随机词", READERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    row, posted = queries.visible(request.actor, key), acting.posted(request)
    form = forms.WordForm(posted)

    def act() -> None:
        word = form.cleaned_data["word"]
        drawing.seed(row=row, word=word, by=request.actor, at=clock.now())

    if posted is not None:
        permissions.may_seed(request.actor, row).or_refuse()
        if acting.tried(form, act):
            return acting.done(request, "随机词已经记下。", "office:verification_draw", key)
    context = {**_context(request, row), "form": form, "refused": form if posted is not None else None}
    crumbs = [*CRUMBS, (f"{row.year} 年第 {row.part} 批", "")]
    status = 200 if posted is None else 422
    return frame.page(request, "office/supervision/draw.html", context, crumbs=crumbs, status=status)


def _context(request: Request, row: VerificationDraw) -> dict[str, Any]:
    """Words are shown once both are there: nobody chooses theirs by another's."""
    drawn = draw.read(row.record) if row.record is not None else None
    names = dict(Certificate.objects.filter(number__in=row.keys).values_list("number", "unit__name"))
    asked = permissions.may_seed(request.actor, row)
    party = permissions.party(request.actor, row)
    given = any(post.body == party and post.title in row.words for post in request.actor.posts)
    return {
        "row": row,
        "level": LEVELS.get(row.level, row.level),
        "share": row.rules[0],
        "drawn": drawn,
        "chosen": _chosen(request, row) if drawn else [],
        "next": [(key, names.get(key, "")) for key in drawn.order[drawn.count :]] if drawn else [],
        "listed": [(key, names.get(key, "")) for key in row.keys],
        "parties": sorted(row.words),
        "may_seed": bool(asked) and not given,
        **history.turned(chain_of(row), request.GET.get("history", "")),
    }


def _chosen(request: Request, row: VerificationDraw) -> list[Verification]:
    rows = Verification.objects.visible_to(request.actor).filter(draw=row)
    return list(rows.select_related("unit", "certificate").order_by("id"))
