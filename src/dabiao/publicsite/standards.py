"""Standards in force, readable item by item, with the veto items that hold today and their legal basis."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent
from dabiao.law import clause_title
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.publicsite import frame, published
from dabiao.standards import queries
from dabiao.standards.models import Edition
from dabiao.standards.rules.book import Book, Item
from dabiao.standards.rules.rulebook import Veto

STANDARD = ("standard",)
LEVELS = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微"}


@dataclass(frozen=True, slots=True)
class Part:
    """An element with its depth (0 is outermost) and its own items."""

    key: str
    number: str
    title: str
    depth: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Forbidding:
    """A veto in words: what it is about, since when, and on what basis."""

    text: str
    since: str
    basis: str


@address("公众查看施行的评定标准", EVERYBODY)
def listing(request: Request) -> HttpResponse:
    day = clock.today()
    rows = [_line(row) for row in published.in_force(STANDARD, day)]
    context = {"rows": rows, "vetoes": [_veto(each) for each in queries.hard_refusals(day)]}
    return frame.page(request, "publicsite/standards.html", context)


def _line(row: PublicRecord) -> dict[str, Any]:
    levels = "、".join(LEVELS.get(level, level) for level in row.payload.get("levels", ()))
    return {"row": row, "payload": row.payload, "levels": levels}


@address("公众阅读一项评定标准", EVERYBODY)
def page(request: Request, key: int) -> HttpResponse:
    """The edition as published: elements, items, and what fails an assessment today."""
    day = clock.today()
    record = published.one(STANDARD, key, day)
    edition = Edition.objects.select_related("standard").filter(pk=record.payload.get("edition")).first()
    if edition is None:
        raise Absent
    book = queries.book(edition)
    context = {
        **_line(record),
        "ended": record.until is not None and record.until <= day,
        "parts": parts(book),
        "notes": book.notes,
        "vetoes": [_veto(each) for each in queries.vetoes_on(edition, day)],
    }
    return frame.page(request, "publicsite/standard.html", context)


def parts(book: Book) -> list[Part]:
    """Elements in the order printed, each with its items."""
    depth: dict[str, int] = {}
    items: dict[str, list[Item]] = {}
    for item in book.items:
        items.setdefault(item.element, []).append(item)
    for element in book.elements:
        depth[element.key] = depth[element.parent] + 1 if element.parent in depth else 0
    return [
        Part(each.key, each.number, each.title, depth[each.key], tuple(items.get(each.key, ())))
        for each in book.elements
    ]


def _veto(veto: Veto) -> Forbidding:
    return Forbidding(veto.text, veto.since, basis(veto.clause))


def basis(clause: str) -> str:
    """Clause ids of our law files as people cite them; what departments wrote stays as written."""
    try:
        return clause_title(clause)
    except LookupError:
        return clause
