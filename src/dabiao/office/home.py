"""待办 / 已办 / 办结: the home of every role."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.html import format_html

from dabiao.base import clock
from dabiao.creation.models import Case, SelfAssessment
from dabiao.creation.states.assessments import AssessmentState
from dabiao.creation.states.cases import ENDED, TITLES, CaseState
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.office import done, frame, todo

PER_PAGE = 30
MOST_CASES = 100


@address("本人的待办", SIGNED_IN)
def page(request: Request) -> HttpResponse:
    """What waits, what I did, what is finished."""
    tab = request.GET.get("tab", "todo")
    waiting = todo.todos(request.actor, clock.now())
    context: dict[str, Any] = {"tab": tab, "todos": waiting}
    if tab == "done":
        context["told"] = done.by(request.actor)
    elif tab == "finished":
        context |= {"finished": _finished(request), "cases": _cases(request)}
    else:
        context["page"] = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return frame.page(request, "office/home.html", context)


@address("本人待办的件数", SIGNED_IN)
def waiting(request: Request) -> HttpResponse:
    """The number in the bar, fetched by the page once it stands."""
    number = len(todo.todos(request.actor, clock.now()))
    return HttpResponse(format_html('<span class="count">{}</span>', number) if number else "")


def _finished(request: Request) -> list[SelfAssessment]:
    rows = SelfAssessment.objects.visible_to(request.actor).filter(state=AssessmentState.HANDED_IN)
    own = request.actor.holds(*UNIT_ROLES)
    return list(rows.select_related("unit", "sheet").order_by("-handed_in_at")[: 50 if own else 100])


def _cases(request: Request) -> list[tuple[Case, str]]:
    """Cases that have come to an end, of one's unit, desk or territory; the latest first."""
    rows = Case.objects.visible_to(request.actor).filter(state__in=sorted(ENDED)).select_related("unit")
    return [(case, TITLES[CaseState(case.state)]) for case in rows.order_by("-id")[:MOST_CASES]]
