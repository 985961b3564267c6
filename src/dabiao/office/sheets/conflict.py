"""Two people answered one item: both sides next to each other, nothing lost, the person chooses."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from dabiao.kernel.errors import Conflict
from dabiao.kernel.points import spell
from dabiao.office.sheets.opened import Opened
from dabiao.office.sheets.rows import state_words
from dabiao.sheets.models import Answer as Row
from dabiao.sheets.rules.items import score_item
from dabiao.sheets.rules.values import Answer, answer
from dabiao.standards.rules.rulebook import Line, Rulebook


@dataclass(frozen=True, slots=True)
class Side:
    """One side in words."""

    verdict: str
    got: str
    deductions: tuple[str, ...]
    words: str
    reason: str


def both(found: Opened, line: str, mine: Answer, error: Conflict) -> dict[str, Any]:
    """The reply of a save that came second: both sides drawn, and what stands as plain values."""
    spot = found.book.line(line)
    stands = answer(error.theirs) if error.theirs else None
    row = Row.objects.filter(sheet=found.sheet, line=line).select_related("recorded_by").first()
    drawn = {
        "mine": side(found.book, spot, mine),
        "theirs": side(found.book, spot, stands) if stands else None,
        "who": row.recorded_by.name if row else "",
        "at": row.received_at if row else None,
    }
    return {
        "text": error.text,
        "conflict": render_to_string("office/sheets/conflict.html", drawn),
        "version": error.version,
        "theirs": plain(stands) if stands else None,
        "own": bool(row and row.recorded_by_id == found.actor.account),
    }


def plain(value: Answer) -> dict[str, Any]:
    """As the page sends answers: free amounts in points."""
    return {
        "verdict": str(value.verdict),
        "deductions": [
            {
                "rule": each.rule,
                "count": each.count,
                "points": spell(each.points) if each.points else "",
                "words": each.words,
            }
            for each in value.deductions
        ],
        "words": value.words,
        "reason": value.reason,
    }


def side(book: Rulebook, line: Line, value: Answer) -> Side:
    """An answer in the words of its item."""
    score = score_item(book.book.scheme, line, value)
    verdict = "na" if not value.applies else str(value.verdict)
    return Side(
        state_words(verdict, line.item.element),
        spell(score.obtained),
        score.reasons,
        value.words,
        value.reason,
    )
