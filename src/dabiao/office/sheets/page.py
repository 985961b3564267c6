"""The sheet's page: three panes while it is open, the explained result once it is closed."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse

from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.sheets import drawn, item, result, rows, score, team
from dabiao.office.sheets.finishing import Goes, goes_on
from dabiao.office.sheets.opened import Given, Opened, given, opened, picture_counts
from dabiao.office.sheets.pulse import last_entry
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import SheetTotal, Signature
from dabiao.sheets.rules.scoring import score as scored
from dabiao.sheets.rules.scoring import score_sums

KEYS: Final = (
    ("j ↓", "下一项"),
    ("k ↑", "上一项"),
    ("n", "下一个未完成的项目：先未答，再待核对、缺说明、缺影像"),
    ("1 2 3", "符合、扣分、不涉及"),
    ("w", "写现场情况"),
    ("p", "附影像"),
    ("e", "选择要素"),
    ("g", "筛选项目"),
    ("m", "查看还差什么"),
)


@address("填写或查看评分表", frame.READING)
def page(request: Request, sheet: int) -> HttpResponse:
    """`?line=` names the item to begin with, `?view=items` goes through a closed sheet item by item."""
    found = opened(request.actor, sheet)
    goes = goes_on(request.actor, found.sheet)
    if found.closed and request.GET.get("view") != "items":
        return _page(request, "office/sheets/closed.html", found, goes, _closed(found))
    return _page(request, "office/sheets/open.html", found, goes, _open(request, found))


def _page(
    request: Request, template: str, found: Opened, goes: Goes, more: Mapping[str, Any]
) -> HttpResponse:
    sheet = found.sheet
    name = goes.title or sheet.get_occasion_display()
    crumbs = [("待办", "/office/"), *([(name, goes.url)] if goes.url else []), ("评分表", "")]
    context = {"sheet": sheet, "goes": goes, "name": name, "book": found.book, "share": found.share}
    return frame.page(request, template, {**context, **more}, crumbs=crumbs)


def _open(request: Request, found: Opened) -> dict[str, Any]:
    """Lists lean, the one item in full. The journal's place is read first: nothing falls between."""
    since = last_entry(found.sheet)
    answers, pictures = given(found.sheet), picture_counts(found.sheet)
    totals = queries.sums_of(SheetTotal.objects.filter(sheet=found.sheet))
    maker = rows.RowMaker(found.book, found.sheet.occasion, found.share)
    line = found.book.line(_begins(request, found, answers))
    running = score_sums(found.book, totals)
    return {
        "since": since,
        "elements": rows.element_rows(found.book, totals, team.owners(found.sheet), found.share),
        "groups": drawn.groups(maker, answers, pictures),
        "lines": len(found.book.by_key),
        "shown": item.shown(found, line),
        "score": score.shown(running),
        "permit": permissions.may_write(found.actor, found.sheet, found.share),
        "people": team.people(found.sheet),
        "page_keys": KEYS,
    }


def _begins(request: Request, found: Opened, answers: Mapping[str, Given]) -> str:
    """The line asked for; else the first of mine without an answer; else the first."""
    asked = request.GET.get("line", "")
    if asked in found.book.by_key:
        return asked
    waiting = (
        line.key
        for line in found.book.lines()
        if line.key not in answers and not line.preset and rows.mine(found.share, line.outermost)
    )
    return next(waiting, next(iter(found.book.by_key)))


def _closed(found: Opened) -> dict[str, Any]:
    counted = scored(found.book, queries.answers(found.sheet))
    signatures = Signature.objects.filter(sheet=found.sheet).select_related("account").order_by("signed_at")
    return {
        "result": result.sealed(found.book, counted, found.sheet.result or {}),
        "limited": found.book.only is not None,  # some items make no level
        "signatures": list(signatures),
        "rules_day": found.book.day,
        "writers": "、".join(each.name for each in team.people(found.sheet)),
    }
