"""The leader's decision, why it came out so, and the notice in writing."""

from django.http import HttpResponse
from django.shortcuts import render

from dabiao.base import clock
from dabiao.creation.models import Case
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import decisions
from dabiao.creation.services.cases import deciding
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.cases import forms, shown
from dabiao.office.cases.views import READERS, case_page

LEAD = frozenset({Role.ORGANIZER_LEAD})
NOTICES = {
    CaseState.CORRECTING: "材料补正一次性告知书",
    CaseState.ACCEPTED: "受理通知书",
    CaseState.REFUSED: "不予受理通知书",
} | dict.fromkeys((CaseState.ATTAINED, CaseState.FAILED, CaseState.CLOSED), "受理通知书")


@address("评审组织单位负责人决定或者退回", LEAD, ("POST",))
def decide(request: Request, key: int) -> HttpResponse:
    case = queries.visible(request.actor, key)
    form, back = forms.DecideForm(request.POST), "back" in request.POST

    def act() -> Case:
        told = dict(form.cleaned_data)
        reason, by, at = told.pop("reason"), request.actor, clock.now()
        if back:
            return deciding.send_back(case=case, reason=reason, by=by, at=at, **told)
        return deciding.decide(case=case, by=by, at=at, **told)

    if acting.tried(form, act):
        words = "已退回重审。" if back else "已决定，通知书可以打印。"
        return acting.done(request, words, "office:case", key)
    return case_page(request, queries.visible(request.actor, key), decide_form=form)


@address("查看决定的事实、规则和依据", READERS)
def why(request: Request, key: int) -> HttpResponse:
    """Facts → rule → clause → answer, and the same answer computed again from what was kept."""
    case = queries.visible(request.actor, key)
    decision = next((each for each in decisions.of_case(case) if each.decided_at), None)
    if decision is None:
        raise Absent
    settled = decisions.settled(decision)
    context = {
        "case": case,
        "decision": decision,
        "state": shown.state_of(case),
        "conditions": shown.conditions(case, settled, own=False),
        "rules": {rule["name"]: rule for rule in decision.rules},
        "facts": {fact["key"]: fact for fact in decision.facts["facts"]},
        "grounds": shown.grounds(decision, settled),
        "same": decisions.recomputed(decision) == decisions.answers(decision),
    }
    crumbs = [("申报件", "/office/cases/"), (case.spoken, "../"), ("为什么", "")]
    return frame.page(request, "office/cases/why.html", context, crumbs=crumbs)


@address("打印补正、受理、不予受理通知书", READERS)
def notice(request: Request, key: int) -> HttpResponse:
    """In writing, with reasons and clauses."""
    case = queries.visible(request.actor, key)
    title = NOTICES.get(CaseState(case.state))
    if title is None:
        raise Absent
    decision = next((each for each in decisions.of_case(case) if each.decided_at), None)
    context = {
        "case": case,
        "title": title,
        "number": f"{case.spoken}",
        "level": shown.LEVELS.get(case.level, case.level),
        "decision": decision,
        "grounds": shown.grounds(decision, decisions.settled(decision)) if decision else [],
        "correction": queries.correction_of(case),
    }
    return render(request, "office/cases/notice.html", context)
