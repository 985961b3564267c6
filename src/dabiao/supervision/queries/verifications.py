"""Reading verifications: one for a person, its visits, its deadline, what they found."""

from collections.abc import Sequence
from datetime import date

from django.db import models

from dabiao import law
from dabiao.base import statements
from dabiao.grading.queries import holding
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.people.models import Account
from dabiao.sheets.rules.occasions import Occasion
from dabiao.supervision.models import Verification, Verifier, VerifyingVisit
from dabiao.supervision.queries import lots, recusal
from dabiao.supervision.states.verifications import UNDER_WAY, VerificationState

SHOWN = (
    *("unit__industry", "jurisdiction", "locality", "department", "district", "organizing", "body", "draw"),
    *("certificate__grading__review__case__cycle", "certificate__grading__report__sheet__rulebook"),
    "certificate__grading__review__rulebook__edition",
)
JUDGED_BY = ("department", "district", "body", "certificate__grading__review__case__cycle")  # who may go
ORIGIN = Occasion.VERIFICATION
NOT_GOING = "不在这次核查的人员中。"


def read() -> "models.QuerySet[Verification]":
    return Verification.objects.select_related(*SHOWN)


def visible(actor: Actor, key: int) -> Verification:
    """The verification, if it exists for this person."""
    found = statements.by_key(Verification.objects.visible_to(actor).select_related(*SHOWN), key)
    if found is None:
        raise Absent
    return found


def waiting() -> "models.QuerySet[Verification]":
    return Verification.objects.filter(state=VerificationState.DRAWN)


def deadline(verification: Verification) -> date:
    return lots.last(lots.DEADLINE, verification.year)


def late(verification: Verification, day: date) -> bool:
    return verification.state == VerificationState.DRAWN and day > deadline(verification)


def outlived(day: date) -> "models.QuerySet[Verification]":
    """Waiting still, though the certificate holds no more."""
    held = holding.in_force(day).values("pk")
    return waiting().filter(certificate__issued_on__lte=day).exclude(certificate__in=held).order_by("id")


def visits(verification: Verification) -> list[VerifyingVisit]:
    rows = VerifyingVisit.objects.filter(verification=verification).select_related("sheet__rulebook", "lead")
    found = list(
        rows.prefetch_related("verifiers__account", "verifiers__body", "sheet__signatures").order_by("turn")
    )
    for each in found:
        each.verification = verification
    return found


def under_way(verification: Verification) -> VerifyingVisit | None:
    return next((each for each in visits(verification) if each.state in UNDER_WAY), None)


def going(visit: VerifyingVisit) -> list[Verifier]:
    rows = Verifier.objects.filter(visit=visit, aside_at=None)
    return list(rows.select_related("account", "body").order_by("id"))


def unpledged(visit: VerifyingVisit) -> list[str]:
    """Names of those whose pledge is not there yet, or who stand aside."""
    rows = Verifier.objects.filter(visit=visit, pledged_at=None)
    return list(rows.order_by("id").values_list("account__name", flat=True))


def hazards_of(verification: Verification) -> "models.QuerySet[Hazard]":
    """What its visits found."""
    keys = VerifyingVisit.objects.filter(verification=verification).values("pk")
    return Hazard.objects.filter(origin=ORIGIN, origin_key__in=keys).order_by("id")


def overdue_hazards(verification: Verification, day: date) -> list[Hazard]:
    """Of the unit, whoever found them: not put right in their time."""
    late_ = models.Q(limit__lt=day) | models.Q(limit=None, due__lt=day)
    rows = Hazard.objects.filter(late_, unit=verification.unit_id).exclude(state=HazardState.CLOSED)
    return list(rows.order_by("id"))


def candidates(verification: Verification, day: date) -> tuple[list[Account], list[str]]:
    """Officers who may go, and of the others why not."""
    people = [each[0].account for each in recusal.officers(verification, day).values()]
    wrong = recusal.faults(verification, people, day)
    return [each for each in people if each.pk not in wrong], list(wrong.values())


def faults(visit: VerifyingVisit, day: date) -> list[str]:
    """Why some of those who go may not on a day, in words."""
    people = [each.account for each in going(visit)]
    return list(recusal.faults(visit.verification, people, day).values())


def fault(visit: VerifyingVisit, account: int, day: date) -> str:
    """Why this person may not work at the visit on a day; empty where they may."""
    mine = [each.account for each in going(visit) if each.account_id == account]
    return "".join(recusal.faults(visit.verification, mine, day).values()) if mine else NOT_GOING


def content(day: date) -> Sequence[str]:
    """What a verification has to cover, by law."""
    return [str(each) for each in law.on(day)["verification.content"].items]
