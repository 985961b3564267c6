"""Major hazards a re-check found: put right at once, reported to the district department (uplift/10, 12)."""

from collections.abc import Sequence
from datetime import datetime

from dabiao import law
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, Recheck
from dabiao.grading.permissions import rechecks as permissions
from dabiao.hazards import services as hazards
from dabiao.hazards.models import HazardKind
from dabiao.hazards.rules.handovers import REPORT
from dabiao.hazards.services import handovers
from dabiao.hazards.services.handovers import Sending
from dabiao.kernel.actor import Actor
from dabiao.kernel.limits import due_day
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Occasion, Sheet

LIMIT = "recheck.rectification.limit"  # at once
CATEGORY = "safety"


def hand_over(*, grading: Grading, recheck: Recheck, majors: Sequence[str], by: Actor, at: datetime) -> None:
    """Each becomes a hazard that the organizing unit confirms, and the department acknowledges its report."""
    if not majors or recheck.sheet is None:
        return
    day = day_of(at)
    limit = due_day(law.on(day)[LIMIT].limit, day, calendars.calendar()).day
    rows = hazards.drafts(
        unit=grading.unit,
        origin=Occasion.RECHECK,
        origin_key=grading.pk,
        found=_found(recheck.sheet, majors),
        at=at,
        confirmer=grading.organizing,
        limit=limit,
    )
    with journal.writing(permissions.FINISH, by=by, at=at, on=grading) as w:
        w.create_all(rows)
    for row in rows:
        words = f"现场复核发现重大事故隐患：{row.text}。已责令立即整改，限 {limit:%Y-%m-%d} 前完成。"
        sending = Sending(grading.organizing, grading.district, REPORT, CATEGORY, words)
        handovers.hand_over(hazard=row, sending=sending, by=by, at=at)


def _found(sheet: Sheet, majors: Sequence[str]) -> list[hazards.Found]:
    book, answers = sheets.rulebook(sheet), sheets.answers(sheet)
    found = []
    for key in majors:
        item, answer = book.line(key).item, answers.get(key)
        said = answer.words.strip() if answer else ""
        text = f"{item.number} {said or item.requirement}"
        found.append(hazards.Found(text, HazardKind.HAZARD, f"{book.edition}#{key}"[:60], major=True))
    return found
