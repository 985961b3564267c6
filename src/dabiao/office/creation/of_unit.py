"""The creation work of one unit as those who watch it read it: part by part, with its history (uplift/8)."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.creation.models import Commitment, LeadingGroup, Work
from dabiao.creation.queries import assessors as teams
from dabiao.creation.queries import checklist, cycles, groups
from dabiao.creation.states.commitments import TITLES as LETTERS
from dabiao.creation.states.commitments import CommitmentState
from dabiao.hazards import queries as hazards
from dabiao.hazards.models import RiskLevel
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.office import frame, history
from dabiao.office.units.views import visible_unit
from dabiao.organisations.models import Unit

READERS = UNIT_ROLES | frame.WATCHING
MOST = 30


@address("查看一家企业的创建工作", READERS)
def page(request: Request, key: int) -> HttpResponse:
    unit, day = visible_unit(request, key), clock.today()
    group, team = groups.of_unit(unit.pk), teams.team(unit.pk, day).members[:MOST]
    letters = list(Commitment.objects.filter(unit=unit).order_by("-id")[:5])
    works = list(Work.objects.filter(unit=unit)[:MOST])
    told = [group, *letters, *(each.assessor for each in team), *works]
    context = {
        "unit": unit,
        "cycle": cycles.open_one(unit.pk),
        "parts": list(checklist.parts(unit, day)),
        "letters": [(row, LETTERS[CommitmentState(row.state)]) for row in letters],
        "team": team,
        "works": works,
        **_group(group, day),
        **_risks(unit, day),
        "history": history.of_chains(chain_of(row) for row in told if row is not None),
    }
    crumbs = [("企业", "/office/units/"), (unit.name, f"/office/units/{unit.pk}/"), ("创建工作", "")]
    return frame.page(request, "office/creation/of_unit.html", context, crumbs=crumbs)


def _group(group: LeadingGroup | None, day: date) -> dict[str, Any]:
    if group is None:
        return {"group": None}
    meetings = list(group.meetings.all()[:MOST])
    return {"group": group, "members": groups.members_on(group, day), "meetings": meetings}


def _risks(unit: Unit, day: date) -> dict[str, Any]:
    register = hazards.register(unit.pk, day)
    levels = [(label, register.levels.get(level, 0)) for level, label in RiskLevel.choices]
    return {"register": register, "levels": levels, "risks": hazards.risks(unit.pk)[:MOST]}
