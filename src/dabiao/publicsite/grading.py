"""Publicity and announcements as the public reads them."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.publicsite import frame, published, register
from dabiao.publicsite.certificates import choices
from dabiao.publicsite.register import Asked


@address("公众查看公示", EVERYBODY)
def publicity(request: Request) -> HttpResponse:
    """Those running first; those that have ended say how."""
    day, asked = clock.today(), Asked.of(request.GET)
    many = register.page("publicity", asked, day, request.GET)
    rows = [(row, row.until is None or row.until > day, _full(row, day)) for row in many.rows]
    context = {"many": many, "rows": rows, "asked": asked, **choices()}
    return frame.page(request, "publicsite/publicity.html", context)


def _full(row: PublicRecord, day: date) -> bool:
    """Its last day has passed; until it is announced, objections are still taken."""
    return str(row.payload.get("ends", "")) < day.isoformat()


@address("公众查看一份公示", EVERYBODY)
def notice(request: Request, number: str) -> HttpResponse:
    day = clock.today()
    row = register.publicised(number, day)
    if row is None:
        raise Absent("没有这个编号的公示，请核对编号。")
    running = row.until is None or row.until > day
    context = {"row": row, "payload": row.payload, "running": running, "full": _full(row, day)}
    return frame.page(request, "publicsite/publicity_one.html", context)


@address("公众查看公告", EVERYBODY)
def announcements(request: Request) -> HttpResponse:
    """Whom each bulletin announced, by batch, newest first."""
    day, asked = clock.today(), Asked.of(request.GET)
    many = register.page("certificate", asked, day, request.GET)
    batches = _batches(many.rows)
    titles = published.titles("announcement", [number for number, _ in batches])
    context = {"many": many, "rows": batches, "titles": titles, "asked": asked, **choices()}
    return frame.page(request, "publicsite/announcements.html", context)


def _batches(rows: Iterable[PublicRecord]) -> list[tuple[str, list[PublicRecord]]]:
    """Certificates of a page under the number of their bulletin, in order."""
    found: dict[str, list[PublicRecord]] = {}
    for row in rows:
        found.setdefault(str(row.payload.get("bulletin", "")), []).append(row)
    return list(found.items())
