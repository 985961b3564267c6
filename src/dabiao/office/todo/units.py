"""What a unit's people have to do: self-assessments, findings, demands of authorities."""

from datetime import date

from django.urls import reverse

from dabiao.creation.models import SelfAssessment
from dabiao.creation.queries import assessments as creation
from dabiao.creation.states.assessments import TITLES, AssessmentState
from dabiao.hazards import permissions
from dabiao.hazards import queries as hazards
from dabiao.hazards.models import Demand, Hazard
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.limits import LimitState
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.shapes import Light, LimitShown
from dabiao.look.short import short
from dabiao.office.limits import shown
from dabiao.office.todo.values import NO_LIMIT, Todo, due_shown

LEADING = (Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL)
MOST = 200


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    if not actor.holds(*UNIT_ROLES):
        return []
    rows = [row for row in hazards.waiting(actor.units)[:MOST] if _mine(actor, row)]
    findings = [_hazard(row, day, calendar) for row in rows]
    return [*_assessments(actor, day, calendar), *findings, *_demands(actor, day, calendar)]


def _assessments(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    """Filling is everybody's; what follows the signature is for those who lead."""
    rows = list(creation.unfinished_of(actor.units).select_related("unit"))
    mine = [
        row for row in rows if row.state == AssessmentState.FILLING or actor.at_unit(row.unit_id, *LEADING)
    ]
    busy = {row.unit_id for row in rows}
    idle = [unit for unit in actor.units if unit not in busy and actor.at_unit(unit, Role.UNIT_OFFICER)]
    started = [_assessment(row, day, calendar) for row in mine]
    return started + [_start(unit, day, calendar) for unit in idle]


def _assessment(row: SelfAssessment, day: date, calendar: Calendar) -> Todo:
    verbs = {AssessmentState.FILLING: "继续自评", AssessmentState.SIGNED: "办理公示"}
    posting = creation.posting(row, day, calendar)
    over = posting is not None and posting.passed
    verb = verbs.get(AssessmentState(row.state), "提交自评报告" if over else "查看公示")
    return Todo(
        title=row.title,
        unit=row.unit.name,
        step="公示期满，可以提交" if over else TITLES[AssessmentState(row.state)],
        verb=verb,
        url=reverse("office:self_assessment", args=[row.pk]),
        limit=_posting(posting) if posting else NO_LIMIT,
    )


def _posting(state: LimitState) -> LimitShown:
    """The posting runs for the unit: its end is good news, not an overdue."""
    if state.passed:
        return LimitShown(Light.AMBER, "公示期满", state.due)
    return LimitShown(Light.GREEN, f"公示还有 {state.remaining} 个工作日", state.due, state.provisional)


def _start(unit: int, day: date, calendar: Calendar) -> Todo:
    yearly = creation.yearly(unit, day, calendar)
    limit = shown(yearly.limit, "uplift/19") if yearly else NO_LIMIT
    step = "每年至少自评一次" if yearly else "还没有自评过"
    return Todo("发起自评", "本企业", step, "发起自评", reverse("office:self_assessment_new"), limit)


def _mine(actor: Actor, row: Hazard) -> bool:
    """Rectifying is everybody's; what waits to be confirmed waits for those who may confirm it."""
    return row.state != HazardState.DONE or permissions.may_confirm(actor, row).granted


def _hazard(row: Hazard, day: date, calendar: Calendar) -> Todo:
    verbs = {
        HazardState.FOUND: "分析原因",
        HazardState.PLANNED: "报告完成",
        HazardState.DONE: "确认销号",
    }
    state = HazardState(row.state)
    return Todo(
        title=f"{row.get_kind_display()}：{short(row.text, 40)}",
        unit=row.unit.name,
        step=HAZARD_TITLES[state],
        verb=verbs[state],
        url=reverse("office:hazard", args=[row.pk]),
        limit=due_shown(row.due, day, calendar),
    )


def _demands(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    rows = Demand.objects.filter(unit__in=actor.units, done_on=None).select_related("unit")
    return [
        Todo(
            title=f"工作要求：{short(row.text, 40)}",
            unit=row.unit.name,
            step=f"{row.issuer}提出",
            verb="填写落实情况",
            url=reverse("office:demand", args=[row.pk]),
            limit=due_shown(row.due, day, calendar),
        )
        for row in rows.order_by("id")[:MOST]
    ]
