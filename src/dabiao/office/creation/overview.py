"""创建工作: what is done and what is missing, part by part."""

from django.http import HttpResponse
from django.urls import reverse

from dabiao.base import clock
from dabiao.creation.queries import checklist, cycles
from dabiao.creation.states.cycles import TITLES, CycleState
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.creation.own import own_unit

# part of the checklist -> its page and what one does there
PAGES = {
    "group": ("office:group", "users", "成立或调整领导小组"),
    "assessors": ("office:assessors", "school", "组建和培训自评员"),
    "commitment": ("office:commitment", "signature", "签署和查看承诺书"),
    "works": ("office:works", "notebook", "记录培训和自查"),
    "risks": ("office:risks", "shield-check", "维护清单和排查"),
    "self_assessment": ("office:self_assessments", "clipboard-check", "办理自评"),
}


@address("查看本企业创建工作的进展", UNIT_ROLES)
def page(request: Request) -> HttpResponse:
    unit, day = own_unit(request), clock.today()
    parts = list(checklist.parts(unit, day))
    cycle = cycles.open_one(unit.pk)
    context = {
        "unit": unit,
        "cycle": cycle,
        "cycle_title": TITLES[CycleState(cycle.state)] if cycle else "",
        "rows": [(part, *_link(part.key)) for part in parts],
        "complete": sum(part.complete for part in parts),
    }
    return frame.page(request, "office/creation/overview.html", context, crumbs=[("创建工作", "")])


def _link(key: str) -> tuple[str, str, str]:
    name, symbol, verb = PAGES[key]
    return reverse(name), symbol, verb
