"""Spot checks of the reviews' own work: drawn with a word from two parties, so that anybody can repeat it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao import draw
from dabiao.base import clock
from dabiao.grading.models import SpotDraw
from dabiao.grading.models.gradings import at_bodies
from dabiao.grading.queries import spots as queries
from dabiao.grading.services import drawing
from dabiao.kernel.errors import OutOfTurn
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.grading import forms
from dabiao.organisations.models import Body

ORGANIZERS = (Role.ORGANIZER, Role.ORGANIZER_LEAD)
READERS = frozenset({*ORGANIZERS, Role.INDUSTRY_CITY, Role.BUREAU_CITY})
PER_PAGE = 10


@address("查看和抽取评审现场抽查", READERS, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    """The draws with their whole record; the organizing unit makes the next one."""
    posted, at = acting.posted(request), clock.now()
    initial = {"first": clock.today().replace(day=1), "last": clock.today()}
    form = forms.SpotForm(posted, initial=initial)

    def act() -> None:
        own, told = _own(request), form.cleaned_data
        words = {own.name: told["word"], told["party"]: told["other"]}
        span = {"first": told["first"], "last": told["last"]}
        drawing.draw_spot_checks(organizing=own, words=words, by=request.actor, at=at, **span)

    if posted is not None and acting.tried(form, act):
        return acting.done(request, "已抽取，抽中的定级件已标明。", "office:spots")
    page_ = Paginator(queries.visible(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "draws": list(_shown(page_)),
        "form": form,
        "may_draw": request.actor.holds(*ORGANIZERS),
        "refused": form if posted is not None else None,
    }
    crumbs = [("定级", "/office/gradings/"), ("评审现场抽查", "")]
    status = 200 if posted is None else 422
    return frame.page(request, "office/grading/spots.html", context, crumbs=crumbs, status=status)


def _own(request: Request) -> Body:
    found = Body.objects.filter(pk__in=at_bodies(request.actor, *ORGANIZERS)).order_by("pk").first()
    if found is None:
        raise OutOfTurn("由评审组织单位抽取。", clause="quality-2015/4")
    return found


def _shown(rows: Iterable[SpotDraw]) -> Iterator[dict[str, Any]]:
    """Each with who was drawn, those who would move up after."""
    for row in rows:
        drawn = draw.read(row.record)
        yield {"row": row, "drawn": drawn, "chosen": drawn.chosen, "next": drawn.order[drawn.count :]}
