"""The department's desk, and what leaders decide: publicity, refusal, the outcome of the re-check."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.grading.models import Grading
from dabiao.grading.queries import gradings as queries
from dabiao.grading.services import judging, publicity, refusing
from dabiao.grading.services.refusing import Doubt
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting
from dabiao.office.grading import forms
from dabiao.office.grading.views import grading_page, performed

DEPARTMENTS = frozenset({Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT})
DECIDERS = DEPARTMENTS | {Role.ORGANIZER_LEAD}
# state -> agree, send back
RULED: Final[dict[str, tuple[Callable[..., Any], Callable[..., Any]]]] = {
    GradingState.PROPOSED: (publicity.publish, publicity.recall),
    GradingState.REFUSING: (refusing.decide, refusing.send_back),
}


@address("行业主管部门核实条件、提出公示或者不予定级", DEPARTMENTS, ("POST",))
def department(request: Request, key: int) -> HttpResponse:
    """One address for the desk; `act` says what is done."""
    grading = queries.visible(request.actor, key)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        form = forms.VersionForm({})
        form.add_error(None, "请从页面上的按钮办理。")
        return grading_page(request, grading, version_form=form)
    return act(request, grading)


def _propose(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.WordsForm(request.POST, auto_id="propose_%s"), clock.now()

    def act() -> None:
        publicity.propose(grading=grading, by=request.actor, at=at, **form.cleaned_data)

    return performed(request, grading.pk, ("words_form", form), act, "已提出公示，请另一位人员决定。")


def _condition(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.ConditionForm(request.POST), clock.now()

    def act() -> None:
        publicity.judge_condition(grading=grading, by=request.actor, at=at, **form.cleaned_data)

    return performed(request, grading.pk, ("condition_form", form), act, "已记录核实情况。")


def _doubt(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.DoubtForm(request.POST, request.FILES, auto_id="doubt_%s"), clock.now()

    def act() -> None:
        told = form.cleaned_data
        doubt, taken = Doubt(told["words"], told["formal"]), acting.take_one(told["file"])
        refusing.propose(
            grading=grading, doubt=doubt, version=told["version"], taken=taken, by=request.actor, at=at
        )

    return performed(request, grading.pk, ("doubt_form", form), act, "已提出不予定级，请另一位人员决定。")


ACTS: dict[str, Callable[[Request, Grading], HttpResponse]] = {
    "propose": _propose,
    "condition": _condition,
    "doubt": _doubt,
}


@address("负责人决定复核意见、公示或者不予定级，或者退回", DECIDERS, ("POST",))
def decide(request: Request, key: int) -> HttpResponse:
    """Another person than the proposer agrees, or sends back with reasons."""
    grading = queries.visible(request.actor, key)
    form, back, at = forms.DecideForm(request.POST, auto_id="decide_%s"), "back" in request.POST, clock.now()
    agree, send_back = RULED.get(grading.state, (judging.decide, judging.send_back))

    def act() -> None:
        told = dict(form.cleaned_data)
        reason = told.pop("reason")
        if back:
            send_back(grading=grading, reason=reason, by=request.actor, at=at, **told)
        else:
            agree(grading=grading, by=request.actor, at=at, **told)

    words = "已退回重新提出。" if back else "已决定。"
    return performed(request, key, ("decide_form", form), act, words)
