"""What a re-check has brought to light, and the conditions as they stand, gathered for the rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dabiao import law
from dabiao.creation.queries import cases
from dabiao.creation.queries.cases import Asked
from dabiao.creation.rules import settling
from dabiao.creation.rules.conditions import Answer, ask, kept
from dabiao.creation.rules.conditions.values import circumstances
from dabiao.creation.rules.settling import Finding, Settled
from dabiao.grading.models import Grading, Judgement, Opinion, PaperAudit, Recheck, Ruling
from dabiao.grading.models.opinions import About
from dabiao.grading.rules import extras
from dabiao.grading.rules.outcomes import Found
from dabiao.sheets.states import SheetState

HARD = "refusals.hard"


def recheck_of(grading: Grading) -> Recheck | None:
    return Recheck.objects.filter(grading=grading).select_related("sheet__rulebook", "leader").first()


def asked(grading: Grading, day: date) -> Asked:
    """The conditions anew, with what the auditors found and what was found since; the later word counts."""
    found = cases.asked(grading.case, day)
    rows = Judgement.objects.filter(grading=grading).select_related("found_by").order_by("id")
    later = tuple(Finding(row.condition, row.met, row.words, row.found_by.name) for row in rows)
    return replace(found, findings=(*found.findings, *later))


def hard(found: Asked) -> list[Settled]:
    """The hard refusals that are in force (uplift/2)."""
    return [each for each in settling.unmet(found.settled) if each.answer.condition.startswith(HARD)]


def of_recheck(grading: Grading, asked_: Asked) -> Found:
    """Everything rules.outcomes asks."""
    recheck = recheck_of(grading)
    papers = PaperAudit.objects.filter(grading=grading).first()
    refuses = law.on(asked_.day)["refusals.effect"].table.get("recheck") == "refuses"
    found = Found(
        level=grading.level,
        papers=[point["title"] for point in papers.points if not point["met"]] if papers else ["还没有审核"],
        onsite=grading.onsite,
        industrial=grading.industrial,
        district=_district(grading),
        hard=[each.answer.title for each in hard(asked_)] if refuses else [],
    )
    return replace(found, **_seen(recheck)) if recheck else found


def _seen(recheck: Recheck) -> Mapping[str, Any]:
    sheet = recheck.sheet
    closed = sheet is not None and sheet.state == SheetState.CLOSED and recheck.finished_at is not None
    result: Mapping[str, Any] = (sheet.result if sheet else None) or {}
    return {
        "closed": closed,
        "result": result.get("level") if closed else None,
        "vetoes": [each["text"] for each in result.get("vetoes", ())] if closed else [],
        "majors": list(recheck.majors),
        "extras": [each["title"] for each in extras.unmet(recheck.extras)],
    }


def _district(grading: Grading) -> bool | None:
    row = Opinion.objects.filter(grading=grading, about=About.RECHECK).first()
    return row.agrees if row else None


def recomputed(ruling: Ruling) -> tuple[Answer, ...]:
    """Computed again from the facts and rules kept: today's facts and law play no part."""
    assert ruling.day is not None  # noqa: S101  only of what was decided
    return ask(circumstances(ruling.facts), kept(ruling.rules), ruling.day)
