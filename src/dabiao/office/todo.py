"""待办: what a person has to do, by when and why, gathered from the subjects; a constant few queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from dabiao import law
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.creation import queries as creation
from dabiao.creation.models import SelfAssessment
from dabiao.creation.states import TITLES, AssessmentState
from dabiao.hazards import queries as hazards
from dabiao.hazards.models import Demand, Hazard
from dabiao.hazards.states import HazardState
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.kernel.actor import Actor
from dabiao.kernel.limits import LimitColour, LimitState, Unit
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.shapes import Light, LimitShown, limit_words
from dabiao.office.limits import shown

NO_LIMIT = LimitShown(Light.NONE, "未设期限")
ORDER = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2, Light.NONE: 3, Light.STOPPED: 4, Light.MET: 5}


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, of whom, by when, and the one button."""

    title: str
    unit: str
    step: str
    verb: str
    url: str
    limit: LimitShown = NO_LIMIT


def todos(actor: Actor, at: datetime) -> list[Todo]:
    """Everything that waits for this person, the most urgent first."""
    day = day_of(at)
    found = [*_assessments(actor, day), *_hazards(actor, day), *_demands(actor, day)]
    return sorted(found, key=lambda each: (ORDER[each.limit.state], each.limit.due or date.max))


def _assessments(actor: Actor, day: date) -> list[Todo]:
    if not actor.holds(*UNIT_ROLES):
        return []
    rows = creation.unfinished_of(actor.units).select_related("unit")
    found = [_assessment(row, day) for row in rows]
    busy = {row.unit_id for row in rows}
    idle = [unit for unit in actor.units if unit not in busy and actor.at_unit(unit, Role.UNIT_OFFICER)]
    return found + [_start(unit, day) for unit in idle]


def _assessment(row: SelfAssessment, day: date) -> Todo:
    verbs = {AssessmentState.FILLING: "继续自评", AssessmentState.SIGNED: "办理公示"}
    posting = creation.posting(row, day)
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


def _start(unit: int, day: date) -> Todo:
    yearly = creation.yearly(unit, day)
    limit = shown(yearly.limit, "uplift/19") if yearly else NO_LIMIT
    step = "每年至少自评一次" if yearly else "还没有自评过"
    return Todo("发起自评", "本企业", step, "发起自评", reverse("office:self_assessment_new"), limit)


def _hazards(actor: Actor, day: date) -> list[Todo]:
    if not actor.holds(*UNIT_ROLES):
        return []
    return [_hazard(row, day) for row in hazards.waiting(actor.units)[:200]]


def _hazard(row: Hazard, day: date) -> Todo:
    verbs = {
        HazardState.FOUND: "分析原因",
        HazardState.PLANNED: "报告完成",
        HazardState.DONE: "确认销号",
    }
    state = HazardState(row.state)
    return Todo(
        title=f"{row.get_kind_display()}：{row.text[:40]}",
        unit=row.unit.name,
        step=HAZARD_TITLES[state],
        verb=verbs[state],
        url=reverse("office:hazard", args=[row.pk]),
        limit=due_shown(row.due, day),
    )


def _demands(actor: Actor, day: date) -> list[Todo]:
    rows = Demand.objects.filter(unit__in=actor.units, done_on=None).select_related("unit")[:100]
    return [
        Todo(
            title=f"工作要求：{row.text[:40]}",
            unit=row.unit.name,
            step=f"{row.issuer}提出",
            verb="填写落实情况",
            url=reverse("office:demand", args=[row.pk]),
            limit=due_shown(row.due, day),
        )
        for row in rows
    ]


def due_shown(due: date | None, day: date) -> LimitShown:
    """A day the unit set itself, as a light counted in working days."""
    if due is None:
        return NO_LIMIT
    left = calendars.calendar().between(day, due)
    left = min(left, -1) if due < day else left
    amber = law.on(day).amber(Unit.WORKING_DAYS)
    colour = LimitColour.RED if due < day else LimitColour.AMBER if left <= amber else LimitColour.GREEN
    return LimitShown(Light(colour), limit_words(left), due)
