"""Who is where, and what colleagues have changed meanwhile: asked for every quarter of a minute."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse, JsonResponse

from dabiao.base import canonical, clock
from dabiao.base.journal.entries import chain_of
from dabiao.base.models import JournalEntry
from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.asked import whole
from dabiao.office.sheets import score
from dabiao.office.sheets.opened import Opened, given, opened, picture_counts
from dabiao.office.sheets.replies import as_json, news
from dabiao.office.sheets.rows import RowMaker
from dabiao.sheets import queries
from dabiao.sheets.models import Sheet, SheetTotal
from dabiao.sheets.rules.scoring import score_sums
from dabiao.sheets.services.presence import note_presence

MOST: Final = 400  # entries; somebody who was away for longer is better served by the page afresh


@address("查看评分表上的同事和他们的修改", frame.READING, ("POST",))
@as_json
def pulse(request: Request, sheet: int) -> HttpResponse:
    """Note where this person is; tell who else is here, and every line touched since `since`."""
    found, at = opened(request.actor, sheet), clock.now()
    line = request.POST.get("line", "")
    if found.share.writes and not found.closed and line in found.book.by_key:
        note_presence(sheet=found.sheet, line=line, by=request.actor, at=at)
    since = request.POST.get("since", "0")
    touched = touched_since(found.sheet, whole(since) or 0)
    told: dict[str, Any] = {
        "seq": touched.last,
        "state": found.sheet.state,
        "present": _present(found, at),
        "afresh": touched.afresh,
    }
    if touched.lines and not touched.afresh:
        told |= _news(found, touched.lines)
    return JsonResponse(told)


@dataclass(frozen=True, slots=True)
class Touched:
    """Lines changed since, by whom last; `afresh`: more than lines changed, load the page again."""

    last: int
    lines: dict[str, str]
    afresh: bool


def last_entry(sheet: Sheet) -> int:
    """Number of the last entry on the sheet's chain: what `since` begins with."""
    entries = JournalEntry.objects.filter(chain=chain_of(sheet)).order_by("-seq")
    return entries.values_list("seq", flat=True).first() or 0


def touched_since(sheet: Sheet, since: int) -> Touched:
    """From the journal, which forgets nothing: one query on the chain's index."""
    entries = JournalEntry.objects.filter(chain=chain_of(sheet), seq__gt=since).order_by("seq")
    rows = list(entries.values_list("seq", "body")[: MOST + 1])
    bodies = [canonical.loads(body) for _, body in rows]
    lines = {body["note"]["line"]: body["by"]["name"] for body in bodies if "line" in body["note"]}
    whole = len(rows) > MOST or any("line" not in body["note"] for body in bodies)
    return Touched(rows[-1][0] if rows else since, lines, whole)


def _present(found: Opened, at: datetime) -> list[dict[str, str]]:
    here = queries.present(found.sheet, at, but=found.actor.account)
    lines = found.book.by_key
    return [
        {"name": each.name, "line": each.line, "element": lines[each.line].outermost}
        for each in here
        if each.line in lines
    ]


def _news(found: Opened, lines: dict[str, str]) -> dict[str, Any]:
    """The rows, the figures of their elements, the running score; who changed what last."""
    known = [key for key in lines if key in found.book.by_key]
    answers, pictures = given(found.sheet, known), picture_counts(found.sheet, known)
    maker = RowMaker(found.book, found.sheet.occasion, found.share)
    totals = queries.sums_of(SheetTotal.objects.filter(sheet=found.sheet))
    rows = [maker.row(found.book.line(key), answers.get(key), pictures[key]) for key in known]
    elements = {row.element: totals[row.element] for row in rows}
    running = score_sums(found.book, totals)
    return {**news(rows, elements, score.shown(running)), "by": {key: lines[key] for key in known}}
