"""Fragments for the side panel and the item's pane: what is missing, how the score comes about, history."""

from django.http import HttpResponse
from django.shortcuts import render

from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.sheets import item, result, telling
from dabiao.office.sheets.finishing import goes_on
from dabiao.office.sheets.opened import opened
from dabiao.office.sheets.rows import titles
from dabiao.sheets import queries
from dabiao.sheets.rules.closing import Kind
from dabiao.sheets.rules.scoring import score
from dabiao.sheets.services import closing
from dabiao.standards.rules.rulebook import Line


@address("查看评分表的一项", frame.READING)
def one_item(request: Request, sheet: int, line: str) -> HttpResponse:
    """The item's pane alone."""
    found = opened(request.actor, sheet)
    shown = item.shown(found, found.line(line))
    response = render(request, "office/sheets/item.html", {"shown": shown, "sheet": found.sheet})
    response["Cache-Control"] = "private, no-store"
    return response


@address("查看一项的办理记录", frame.READING)
def line_history(request: Request, sheet: int, line: str) -> HttpResponse:
    found = opened(request.actor, sheet)
    told = telling.history(found.sheet, found.line(line))
    return render(request, "office/sheets/history.html", {"history": told})


@address("查看评分表还差什么", frame.READING)
def missing(request: Request, sheet: int) -> HttpResponse:
    """Every gap, each with the line to jump to; unanswered ones by element, or there would be hundreds."""
    found = opened(request.actor, sheet)
    gaps = [] if found.closed else closing.gaps(found.sheet)
    heads, lines = titles(found.book), found.book.by_key
    unanswered: dict[str, list[Line]] = {}
    for gap in gaps:
        if gap.kind is Kind.UNANSWERED and "沿用" not in gap.text:
            spot = lines[gap.line]
            unanswered.setdefault(heads[spot.outermost], []).append(spot)
    others = [gap for gap in gaps if gap.kind is not Kind.UNANSWERED or "沿用" in gap.text]
    shown = {
        "sheet": found.sheet,
        "count": len(gaps),
        "unanswered": unanswered.items(),
        "others": others,
        "goes": goes_on(request.actor, found.sheet),
        "leads": found.share.leads,
    }
    return render(request, "office/sheets/missing.html", shown)


@address("查看评分表的得分说明", frame.READING)
def explained(request: Request, sheet: int) -> HttpResponse:
    """The running score by element, with reasons."""
    found = opened(request.actor, sheet)
    counted = score(found.book, queries.answers(found.sheet))
    shown = {"sheet": found.sheet, "result": result.explained(found.book, counted)}
    return render(request, "office/sheets/explained.html", shown)
