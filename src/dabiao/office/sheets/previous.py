"""What was answered to the same item last time."""

from dataclasses import dataclass
from datetime import datetime

from dabiao.creation.models import SelfAssessment
from dabiao.kernel.points import spell
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Sheet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.rules.sums import score_line
from dabiao.standards.rules.rulebook import Line


@dataclass(frozen=True, slots=True)
class Previous:
    """The earlier self-assessment's answer: its title, verdict, points and words."""

    title: str
    answer: Answer
    got: str
    reasons: tuple[str, ...]
    at: datetime


def previous(sheet: Sheet, line: Line) -> Previous | None:
    """None where there was none, or where the item then read differently."""
    earlier = _earlier(sheet)
    if earlier is None or earlier.previous is None:
        return None
    before = earlier.previous.sheet
    row = Answer.objects.filter(sheet=before, line=line.key).first()
    book = queries.rulebook(before)
    if row is None or line.key not in book.by_key or book.line(line.key).item != line.item:
        return None
    score = score_line(book, book.line(line.key), queries.value_of(row))
    return Previous(
        title=earlier.previous.title,
        answer=row,
        got=spell(score.obtained) if score else "",
        reasons=score.reasons if score else (),
        at=row.received_at,
    )


def _earlier(sheet: Sheet) -> SelfAssessment | None:
    if sheet.occasion != Occasion.SELF_ASSESSMENT:
        return None
    rows = SelfAssessment.objects.select_related("previous__sheet__rulebook")
    return rows.filter(sheet=sheet, previous__isnull=False).first()
