"""What the page of a self-assessment shows, from the models."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from dabiao import law
from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.creation.models import SelfAssessment
from dabiao.creation.permissions import assessments as permissions
from dabiao.creation.queries import assessments as queries
from dabiao.creation.states.assessments import TITLES, AssessmentState
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import Actor
from dabiao.look.addresses import Request
from dabiao.office import history
from dabiao.office.self_assessments import forms, journey
from dabiao.people.models import Account
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Assignment, Signature, Writer
from dabiao.sheets.services import closing


def context(request: Request, assessment: SelfAssessment) -> dict[str, Any]:
    """Everything for the page; a constant number of queries."""
    actor, day = request.actor, clock.today()
    sheet = assessment.sheet
    signatures = list(Signature.objects.filter(sheet=sheet).order_by("signed_at"))
    writers = list(Writer.objects.filter(sheet=sheet).select_related("account").order_by("-leads", "id"))
    filling = assessment.state == AssessmentState.FILLING
    gaps = closing.gaps(sheet) if filling else []
    posting = queries.posting(assessment, day, calendars.calendar())
    return {
        "assessment": assessment,
        "sheet": sheet,
        "edition": sheet.rulebook.edition,
        "state_title": TITLES[AssessmentState(assessment.state)],
        "posting_days": posting_days(day),
        "steps": journey.steps(assessment, signatures, writers[0].account.name if writers else "", posting),
        "running": sheets.running(sheet),
        "gaps": gaps[:20],
        "gap_count": len(gaps),
        "writers": writers,
        "signatures": signatures,
        "findings": list(
            Hazard.objects.filter(origin="self_assessment", origin_key=assessment.pk).order_by("id")[:200]
        ),
        "history": history.of_sheet(chain_of(sheet), chain_of(assessment)),
        "posting": posting,
        "signed_already": any(each.account_id == actor.account for each in signatures),
        **_permits(actor, assessment, day),
        **_forms(assessment),
    }


def posting_days(day: date) -> int:
    return law.on(day)["self_assessment.posting.period"].number


def _permits(actor: Actor, assessment: SelfAssessment, day: date) -> dict[str, Any]:
    return {
        "may_sign": permissions.may_sign(actor, assessment),
        "may_countersign": permissions.may_countersign(actor, assessment),
        "may_post": permissions.may_post(actor, assessment),
        "may_hand_in": permissions.may_hand_in(actor, assessment, day),
        "may_abandon": permissions.may_abandon(actor, assessment),
    }


def _forms(assessment: SelfAssessment) -> dict[str, Any]:
    version = {"version": assessment.version}
    return {
        "sign_form": forms.SignForm(initial=version),
        "countersign_form": forms.CountersignForm(),
        "post_form": forms.PostForm(initial=version),
        "hand_in_form": forms.HandInForm(initial=version),
        "abandon_form": forms.AbandonForm(),
    }


def team(assessment: SelfAssessment, people: "QuerySet[Account]") -> dict[str, Any]:
    """Writers, and each outermost element with its people."""
    sheet = assessment.sheet
    writers = list(Writer.objects.filter(sheet=sheet).select_related("account").order_by("-leads", "id"))
    given: dict[str, list[int]] = {}
    for element, account in Assignment.objects.filter(sheet=sheet).values_list("element", "account"):
        given.setdefault(element, []).append(account)
    choices = [(row.account_id, row.account.name) for row in writers]
    outermost = [each for each in sheets.rulebook(sheet).book.elements if not each.parent]
    return {
        "assessment": assessment,
        "form": forms.TeamForm(
            people=people, initial={"writers": [row.account_id for row in writers if not row.leads]}
        ),
        "parts": [
            forms.AssignForm(
                people=choices,
                title=f"{each.number} {each.title}".strip(),
                initial={"element": each.key, "accounts": given.get(each.key, [])},
                auto_id=f"part{place}_%s",
            )
            for place, each in enumerate(outermost)
        ],
    }
