"""Publicity and announcements as the public reads them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.http import HttpResponse
from django.utils.safestring import SafeString

from dabiao.base import clock
from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent
from dabiao.look import tables
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.tables import Column
from dabiao.publicsite import frame, published, register
from dabiao.publicsite.certificates import choices
from dabiao.publicsite.register import Asked

COLUMNS: Final = (
    *(Column("企业"), Column("等级"), Column("管辖区"), Column("行业"), Column("评审单位")),
    Column("证书编号", nowrap=True),
)


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
    titles = published.titles("announcement", batches)
    rows = [(number, units, _table(units)) for number, units in batches.items()]
    context = {"many": many, "rows": rows, "titles": titles, "asked": asked, **choices()}
    return frame.page(request, "publicsite/announcements.html", context)


def _batches(rows: Iterable[PublicRecord]) -> dict[str, list[PublicRecord]]:
    """Certificates of a page under the number of their bulletin, in order."""
    found: dict[str, list[PublicRecord]] = {}
    for row in rows:
        found.setdefault(str(row.payload.get("bulletin", "")), []).append(row)
    return found


def _table(rows: Sequence[PublicRecord]) -> SafeString:
    links = tables.links("publicsite:certificate", (row.number for row in rows))
    return tables.drawn(COLUMNS, ((*_told(row), link) for row, link in zip(rows, links, strict=True)))


def _told(row: PublicRecord) -> list[object]:
    told = row.payload
    said = [told.get(name) for name in ("level_title", "jurisdiction", "industry", "review_unit")]
    return [told.get("unit") or row.title, *said]
