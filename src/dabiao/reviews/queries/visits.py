"""Reading initial visits: who may go, what holds the gate, how long it was held."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from dabiao import law
from dabiao.creation.queries import cases
from dabiao.creation.rules.conditions import Outcome as Answered
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.limits import Suspension
from dabiao.kernel.roles import Role
from dabiao.people import queries as people
from dabiao.people.models import Account, Posting, Qualification
from dabiao.reviews.models import Finding, InitialVisit, Review, Revisit
from dabiao.reviews.rules.gate import Facts
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.rules.values import Verdict

ORIGIN = "initial_visit"
REVIEWER = Role.REVIEWER.value


def of_sheet(sheet: int) -> InitialVisit | None:
    return InitialVisit.objects.filter(sheet=sheet).select_related("review").first()


def open_one(review: Review) -> InitialVisit | None:
    rows = InitialVisit.objects.filter(review=review, outcome="").select_related("sheet__rulebook", "lead")
    return rows.first()


def all_of(review: Review) -> "models.QuerySet[InitialVisit]":
    return InitialVisit.objects.filter(review=review).select_related("sheet", "lead").order_by("turn")


def hazards_of(review: Review) -> "models.QuerySet[Hazard]":
    """What the visits of a review found."""
    visits = InitialVisit.objects.filter(review=review).values("pk")
    return Hazard.objects.filter(origin=ORIGIN, origin_key__in=visits).order_by("id")


def found_by(review: Review) -> "models.QuerySet[Hazard]":
    """What its visits and its team found, and its follow-up visits since."""
    visits = InitialVisit.objects.filter(review=review).values("pk")
    findings = Finding.objects.filter(review=review).values("hazard")
    since = Revisit.objects.filter(review=review).values("pk")
    return Hazard.objects.filter(
        models.Q(origin=ORIGIN, origin_key__in=visits)
        | models.Q(origin=Occasion.FOLLOW_UP_VISIT, origin_key__in=since)
        | models.Q(pk__in=findings)
    ).order_by("id")


def unrectified(review: Review) -> "models.QuerySet[Hazard]":
    return hazards_of(review).exclude(state=HazardState.CLOSED)


def held_spans(review: Review) -> tuple[Suspension, ...]:
    """From the day the gate was held to the day of the next visit; None while it is held."""
    rows = list(InitialVisit.objects.filter(review=review).order_by("turn"))
    after = {row.turn - 1: row.begun_on for row in rows}
    return tuple(
        (row.closed_on, after.get(row.turn)) for row in rows if row.outcome == "hold" and row.closed_on
    )


def reviewers(body: int, day: date) -> list[Account]:
    """People posted as reviewers at the review unit on a day."""
    held = Posting.objects.in_force(day).filter(body=body, role=REVIEWER).values("account")
    return list(Account.objects.filter(pk__in=held, is_active=True).order_by("name", "id"))


def unqualified(body: int, accounts: Iterable[Account], day: date) -> list[str]:
    """Why people may not visit on a day, in words; empty where all may."""
    people_ = list(accounts)
    posted = {each.pk for each in reviewers(body, day)}
    faults = people.qualification_faults([each.pk for each in people_], REVIEWER, day)
    found = [f"{each.name}当日不是本评审单位的评审员。" for each in people_ if each.pk not in posted]
    return found + [f"{each.name}：{faults[each.pk]}" for each in people_ if faults[each.pk]]


def numbers(accounts: Iterable[int]) -> dict[int, str]:
    """Account -> the number of the reviewer's certificate."""
    rows = Qualification.objects.filter(account__in=list(accounts), kind=REVIEWER).order_by("id")
    return dict(rows.values_list("account", "number"))


def facts(review: Review, sheet: Sheet, serious: Iterable[str], day: date) -> Facts:
    """What the gate is worked out from: the sheet, the conditions asked anew, hazards known."""
    known = Hazard.objects.filter(unit=review.unit_id, major=True).exclude(state=HazardState.CLOSED)
    return Facts(
        vetoes=tuple(text for _, text in vetoed(sheet)),
        refusals=_refusals(review, day),
        serious=tuple(serious),
        open_major=tuple(known.order_by("id").values_list("text", flat=True)),
    )


def vetoed(sheet: Sheet) -> list[tuple[str, str]]:
    """(line, words) of the vetoes that the sheet says are not satisfied."""
    book, answers = sheets.rulebook(sheet), sheets.answers(sheet)
    return [
        (line.key, line.item.requirement)
        for line in book.lines()
        if line.vetoes and line.key in answers and answers[line.key].verdict is Verdict.DEDUCTED
    ]


def _refusals(review: Review, day: date) -> tuple[str, ...]:
    """Hard refusals that stand on the day, as settled at the audit or since."""
    if law.on(day)["refusals.effect"].table["initial_visit"] != "holds":
        return ()
    settled = cases.asked(review.case, day).settled
    return tuple(
        f"{each.answer.title}，{each.answer.fact}"
        for each in settled
        if each.answer.condition.startswith("refusals.hard") and each.outcome is Answered.UNMET
    )
