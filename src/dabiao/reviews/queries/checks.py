"""Reading rectification checks: what one may cover, who goes, whose signature is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.people.models import Account
from dabiao.people.queries import qualification_faults
from dabiao.reviews.models import Check, Checked, Finding, Member, MemberPlace, Review
from dabiao.reviews.queries import plans, rectifications
from dabiao.reviews.states.checks import CheckState
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer, Sheet

NOT_GOING = "不在这次整改现场确认的人员中。"


def all_of(review: Review) -> list[Check]:
    rows = Check.objects.filter(review=review).select_related("sheet__rulebook", "submission", "lead")
    found = list(rows.prefetch_related("covers__finding__hazard", "sheet__signatures").order_by("turn"))
    for each in found:
        each.review = review
    return found


def covers(check: Check) -> list[Checked]:
    rows = Checked.objects.filter(visit=check).select_related("finding__hazard").order_by("id")
    return list(rows)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the review found on a line, and what was done about it since; `by` who scored that line then."""

    text: str
    by: str
    found_at: datetime
    measure: str
    due: date | None
    done: str
    reported_on: date
    evidence: int


def earlier(check: Check) -> dict[str, list[Earlier]]:
    """By line of the check's sheet, in the order found; three statements however many."""
    rows = Checked.objects.filter(visit=check).select_related("finding__hazard", "visit__submission")
    found = list(rows.annotate(shown=Count("finding__hazard__evidence")).order_by("id"))
    plan = plans.current(check.review)
    scored = Answer.objects.filter(
        sheet=plan.sheet_id if plan else None, line__in={row.line for row in found}
    )
    names = dict(scored.values_list("line", "recorded_by__name"))
    by_line: dict[str, list[Earlier]] = {}
    for row in found:
        hazard, reported = row.finding.hazard, row.visit.submission.reported_on
        said = told(hazard, names.get(row.line, ""), reported, vars(row)["shown"])
        by_line.setdefault(row.line, []).append(said)
    return by_line


def told(hazard: Hazard, by: str, reported_on: date, evidence: int) -> Earlier:
    return Earlier(
        text=hazard.text,
        by=by,
        found_at=hazard.found_at,
        measure=hazard.corrective,
        due=hazard.due,
        done=hazard.done_words,
        reported_on=reported_on,
        evidence=evidence,
    )


def team(review: Review) -> list[Member]:
    """Who may go along: the team that accepted."""
    plan = plans.current(review)
    return plans.team(plan) if plan is not None else []


def line_of(finding: Finding) -> str:
    """Key of the item it was found on; empty where a person wrote it down."""
    return finding.hazard.standard_item.rpartition("#")[2]


def coverable(review: Review) -> list[Finding]:
    """Reported done, found on an item, and at no other check that is under way.

    A free condition has no points and a line out of scope no answer: those are confirmed without a sheet.
    """
    plan = plans.current(review)
    if plan is None or plan.sheet is None:
        return []
    kept = _items(plan.sheet)
    taken = Checked.objects.filter(visit__review=review, visit__state=CheckState.OPEN)
    busy = set(taken.values_list("finding", flat=True))
    return [
        each
        for each in rectifications.findings(review)
        if each.hazard.state == HazardState.DONE and each.hazard.standard_item in kept and each.pk not in busy
    ]


def _items(sheet: Sheet) -> set[str]:
    """Items of the review's rulebook, as findings name them."""
    edition = sheet.rulebook.edition_id
    lines = sheets.rulebook(sheet).lines()
    return {f"{edition}#{line.key}" for line in lines if line.outermost and not line.preset}


def unqualified(people: Iterable[Mapping[str, Any]], day: date) -> list[str]:
    """Why some of those who go may not on a day, in words; each by the place in the team."""
    going = list(people)
    kinds = {
        kind: [each["account"] for each in going if _kind(each) == kind] for kind in ("reviewer", "expert")
    }
    faults = {kind: qualification_faults(keys, kind, day) for kind, keys in kinds.items() if keys}
    said = [(each["name"], faults[_kind(each)][each["account"]]) for each in going]
    return [f"{name}：{words}" for name, words in said if words]


def fault(check: Check, account: int, day: date) -> str:
    """Why this person may not work at the check on a day; empty where they may."""
    mine = [each for each in check.visitors if each["account"] == account]
    return "".join(unqualified(mine, day)) if mine else NOT_GOING


def _kind(visitor: Mapping[str, Any]) -> str:
    return plans.KINDS[MemberPlace(visitor["place"])]


def visitors(review: Review, people: Sequence[Account]) -> list[dict[str, Any]]:
    """As in the team, in the order given; those who are not of it are left out."""
    known = {each.account_id: each for each in team(review)}
    return [
        {
            "account": each.pk,
            "name": each.name,
            "place": known[each.pk].place,
            "number": known[each.pk].certificate,
        }
        for each in people
        if each.pk in known
    ]


def unsigned(sheet: Sheet) -> str:
    """Who has to sign yet: the lead signs by closing, the unit after or with it (quality-2015/4)."""
    signed = any(each.side == rectifications.UNIT for each in sheet.signatures.all())
    return "" if signed else "企业主要负责人或者安全管理员"
