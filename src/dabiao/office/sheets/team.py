"""Who fills which part: the lead gives outermost elements to writers."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dabiao.base import clock
from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.asked import whole
from dabiao.office.sheets.opened import Opened, opened
from dabiao.office.sheets.rows import FREE_TITLE, titles
from dabiao.office.sheets.saving import WRITERS
from dabiao.sheets import permissions
from dabiao.sheets.models import Assignment, Sheet, Writer
from dabiao.sheets.services import opening


@dataclass(frozen=True, slots=True)
class Person:
    key: int
    name: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Part:
    """An outermost element and whom it is given to; nobody: open to the whole team."""

    key: str
    title: str
    items: int
    given: frozenset[int]


@address("查看评分表的分工", frame.READING)
def page(request: Request, sheet: int) -> HttpResponse:
    """Fragment for the side panel."""
    found = opened(request.actor, sheet)
    permit = permissions.may_lead(request.actor, found.sheet, found.share)
    shown = {
        "sheet": found.sheet,
        "people": people(found.sheet),
        "parts": parts(found),
        "permit": permit,
        "free": FREE_TITLE,
    }
    return render(request, "office/sheets/team.html", shown)


@address("牵头人分派要素", WRITERS, ("POST",))
def assign(request: Request, sheet: int) -> HttpResponse:
    """Give every part to those ticked; parts that stay as they are leave no trace."""
    found, at = opened(request.actor, sheet), clock.now()
    permissions.may_lead(request.actor, found.sheet, found.share).or_refuse()
    with transaction.atomic():
        for part in parts(found):
            named = (whole(each) for each in request.POST.getlist(f"part-{part.key}"))
            wanted = {key for key in named if key is not None}
            if wanted != part.given:
                opening.assign(
                    sheet=found.sheet, element=part.key, accounts=sorted(wanted), by=request.actor, at=at
                )
    return redirect("office:sheet", sheet)


def people(sheet: Sheet) -> tuple[Person, ...]:
    """Writers, the lead first; one query."""
    rows = Writer.objects.filter(sheet=sheet).order_by("-leads", "id")
    return tuple(Person(*row) for row in rows.values_list("account", "account__name", "leads"))


def owners(sheet: Sheet) -> dict[str, str]:
    """Outermost element -> names of those it is given to; one query."""
    found: dict[str, list[str]] = {}
    rows = Assignment.objects.filter(sheet=sheet).order_by("id")
    for element, name in rows.values_list("element", "account__name"):
        found.setdefault(element, []).append(name)
    return {element: "、".join(names) for element, names in found.items()}


def parts(found: Opened) -> tuple[Part, ...]:
    given: dict[str, set[int]] = {}
    for element, account in Assignment.objects.filter(sheet=found.sheet).values_list("element", "account"):
        given.setdefault(element, set()).add(account)
    heads = titles(found.book)
    return tuple(
        Part(key, heads[key], extent.lines, frozenset(given.get(key, ())))
        for key, extent in found.book.extents.items()
        if key
    )
