"""The organizing unit's desk: receive or say once what is missing, audit condition by condition, propose."""

from typing import Any

from django.http import HttpResponse

from dabiao.base import calendars, clock
from dabiao.creation.models import Case
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.rules.completeness import missing
from dabiao.creation.rules.conditions import Outcome
from dabiao.creation.services.cases import auditing, receiving
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.cases import forms, shown
from dabiao.office.cases.views import case_page

ORGANIZER = frozenset({Role.ORGANIZER})


@address("评审组织单位接收或者告知补正", ORGANIZER, ("POST",))
def receive(request: Request, key: int) -> HttpResponse:
    """Complete: received. Not complete: told once, with everything that is missing."""
    case = queries.visible(request.actor, key)
    if "correct" in request.POST:
        return _correct(request, case)
    form = forms.VersionForm(request.POST)

    def act() -> Case:
        version = form.cleaned_data["version"]
        return receiving.receive(case=case, version=version, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已接收，可以开始审核。", "office:case_audit", key)
    return case_page(request, queries.visible(request.actor, key), version_form=form)


def _correct(request: Request, case: Case) -> HttpResponse:
    lacking = missing(queries.completeness(case, queries.asked(case, clock.today())))
    form = forms.CorrectForm(request.POST, papers=lacking)

    def act() -> Case:
        version, items = form.cleaned_data["version"], form.items()
        return receiving.ask_correction(
            case=case, items=items, version=version, by=request.actor, at=clock.now()
        )

    if acting.tried(form, act):
        words = "已一次性告知企业补正，审核期限中止。"
        return acting.done(request, words, "office:case", case.pk, draft=f"correct-{case.pk}")
    return case_page(request, queries.visible(request.actor, case.pk), correct_form=form)


@address("评审组织单位逐项审核条件", ORGANIZER, ("GET", "POST"))
def audit(request: Request, key: int) -> HttpResponse:
    """Condition by condition: what is known, and what a person finds (uplift/11)."""
    case = queries.visible(request.actor, key)
    permissions.may_audit(request.actor, case).or_refuse()
    if request.method != "POST":
        return _audit_page(request, case)
    form = forms.JudgeForm(request.POST, request.FILES)

    def act() -> None:
        told = dict(form.cleaned_data)
        sent = told.pop("file")
        taken = acting.take_in([sent])[0] if sent else None
        auditing.judge(case=case, taken=taken, by=request.actor, at=clock.now(), **told)

    if acting.tried(form, act):
        return acting.done(request, "已记录核实情况。", "office:case_audit", key)
    return _audit_page(request, case, judged=form)


@address("评审组织单位经办提出审核意见", ORGANIZER, ("POST",))
def propose(request: Request, key: int) -> HttpResponse:
    case = queries.visible(request.actor, key)
    permissions.may_audit(request.actor, case).or_refuse()
    form = forms.ProposeForm(request.POST, request.FILES)

    def act() -> None:
        told = form.cleaned_data
        taken = acting.take_in([told["file"]])[0] if told["file"] else None
        opinion = auditing.Opinion(told["outcome"], told["words"], told["grounds"])
        version, at = told["version"], clock.now()
        auditing.propose(case=case, opinion=opinion, version=version, taken=taken, by=request.actor, at=at)

    if acting.tried(form, act):
        words = "审核意见已提出，请负责人决定。"
        return acting.done(request, words, "office:case", key, draft=f"propose-{key}")
    return _audit_page(request, queries.visible(request.actor, key), propose_form=form)


def _audit_page(request: Request, case: Case, judged: Any = None, propose_form: Any = None) -> HttpResponse:
    """What was refused comes back with what was typed, at its condition."""
    day, calendar = clock.today(), calendars.calendar()
    asked = queries.asked(case, day)
    settled = asked.settled
    tally = shown.tally(settled)
    initial = {"version": case.version, "outcome": _likely(tally)}
    context = {
        "case": case,
        "level": shown.LEVELS.get(case.level, case.level),
        "limit": shown.limit_of(case, day, calendar),
        "conditions": [(row, _form(row, judged)) for row in shown.conditions(case, settled, own=False)],
        "tally": tally,
        "propose_form": propose_form or forms.ProposeForm(initial=initial),
        "refused": propose_form or judged,
    }
    crumbs = [("申报件", "/office/cases/"), (case.spoken, f"/office/cases/{case.pk}/"), ("审核", "")]
    status = 422 if judged or propose_form else 200
    return frame.page(request, "office/cases/audit.html", context, crumbs=crumbs, status=status)


def _likely(tally: dict[str, int]) -> str:
    if tally[Outcome.UNMET.value]:
        return auditing.REFUSED
    return "" if tally[Outcome.ASK.value] else auditing.ACCEPTED


def _form(row: shown.Condition, judged: Any) -> Any:
    """The form beside a condition; the one that was refused keeps its words."""
    name = row.settled.answer.condition
    if judged is not None and judged.data.get("condition") == name:
        return judged
    found = row.settled.finding
    initial = {"condition": name, "words": found.words if found else ""}
    if found:
        initial["met"] = "yes" if found.met else "no"
    return forms.JudgeForm(initial=initial, auto_id=f"c{row.place}_%s")
