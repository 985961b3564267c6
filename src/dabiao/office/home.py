"""待办 / 已办 / 办结: the home of every role."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.creation.models import SelfAssessment
from dabiao.creation.states.assessments import AssessmentState
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.office import frame, history, todo

PER_PAGE = 30


@address("本人的待办", SIGNED_IN)
def page(request: Request) -> HttpResponse:
    """What waits, what I did, what is finished."""
    tab = request.GET.get("tab", "todo")
    waiting = todo.todos(request.actor, clock.now())
    context = {"tab": tab, "todos": waiting}
    if tab == "done":
        context["told"] = history.of_account(request.actor.account or 0)
    elif tab == "finished":
        context["finished"] = _finished(request)
    else:
        context["page"] = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return frame.page(request, "office/home.html", context)


def _finished(request: Request) -> list[SelfAssessment]:
    rows = SelfAssessment.objects.visible_to(request.actor).filter(state=AssessmentState.HANDED_IN)
    own = request.actor.holds(*UNIT_ROLES)
    return list(rows.select_related("unit", "sheet").order_by("-handed_in_at")[: 50 if own else 100])
