"""Reading findings and the clocks that run from the passed gate to the report."""

from datetime import date

from django.db import models

from dabiao import law
from dabiao.creation.queries.cases import Clock
from dabiao.hazards.states import HazardState
from dabiao.kernel.days import Calendar
from dabiao.kernel.limits import Limit, Suspension, running
from dabiao.reviews.models import Checked, Extension, Finding, Meeting, Plan, Review
from dabiao.reviews.queries import plans, visits
from dabiao.reviews.queries import reviews as queries
from dabiao.reviews.queries.namesakes import halts
from dabiao.reviews.states.reviews import ReviewState as S
from dabiao.sheets.models import Signature

ONSITE, RECTIFY, CONFIRMATION = (
    "onsite_review.limit",
    "rectification.limit",
    "rectification.confirmation.limit",
)
TEAM, UNIT = "team", "unit"


def meetings(plan: Plan) -> dict[str, Meeting]:
    return {row.kind: row for row in Meeting.objects.filter(plan=plan)}


def findings(review: Review) -> list[Finding]:
    """With their evidence, and how checks on site went."""
    rows = Finding.objects.filter(review=review).select_related("hazard", "review").order_by("id")
    looked = models.Prefetch("checked", Checked.objects.select_related("visit__sheet"))
    return list(rows.prefetch_related("hazard__evidence__file", looked))


def open_findings(review: Review) -> int:
    return Finding.objects.filter(review=review).exclude(hazard__state=HazardState.CLOSED).count()


def unsigned(plan: Plan) -> list[str]:
    """Whose signature is missing: leader and reviewers, and one of the unit's (quality-2015/4)."""
    signed = set(Signature.objects.filter(sheet=plan.sheet_id).values_list("side", "account"))
    team = [each for each in plans.team(plan) if each.place != "expert"]
    missing = [each.account.name for each in team if (TEAM, each.account_id) not in signed]
    return missing if any(side == UNIT for side, _ in signed) else [*missing, "企业主要负责人或者安全管理员"]


def extensions(review: Review) -> list[Extension]:
    """Of the findings delivered last."""
    return [each for each in review.extensions.all() if each.delivered_on == review.delivered_on]


def pending(review: Review) -> Extension | None:
    return next((each for each in extensions(review) if each.granted is None), None)


def clock(review: Review, day: date, calendar: Calendar) -> Clock | None:
    """The limit that counts now, from the contract to the report."""
    if review.state in {S.ENGAGED, S.VISITING, S.HELD}:
        spans = (*visits.held_spans(review), *halts(review))
        return queries.initial_clock(review, spans, day, calendar)
    if review.state in {S.CLEARED, S.PLANNED, S.REVIEWING} and review.cleared_on:
        return queries.clock(ONSITE, review.cleared_on, halts(review), day, calendar)
    if review.state == S.RECTIFYING and review.delivered_on:
        return rectification_clock(review, day, calendar)
    if review.state == S.CONFIRMING and review.rectified_on:
        return queries.clock(CONFIRMATION, review.rectified_on, halts(review), day, calendar)
    return None


def rectification_clock(review: Review, day: date, calendar: Calendar) -> Clock:
    """With what was granted; still while the team confirms, held open by an extension undecided."""
    assert review.delivered_on is not None  # noqa: S101  asked before
    began, on = review.delivered_on, law.on(review.delivered_on)
    cited, asked = on[RECTIFY], extensions(review)
    granted = sum(each.days for each in asked if each.granted)
    keeps = law.on(day)["rectification.extension.pending"].value == "keeps_open"
    held = keeps and any(each.granted is None for each in asked)
    limit = Limit(cited.number + granted, cited.limit.unit)
    amber = law.on(day).amber(limit.unit)
    state = running(limit, began, [*_still(review), *halts(review)], calendar, day, amber=amber, held=held)
    return Clock(state, RECTIFY, cited.clause, "unit")


def _still(review: Review) -> list[Suspension]:
    if law.on(review.contracted_on)["rectification.sent_back"].value != "runs_on":
        return []
    began = review.delivered_on or review.contracted_on
    rows = [row for row in review.submissions.all() if row.reported_on >= began]
    return [(row.reported_on, row.returned_on) for row in rows]
