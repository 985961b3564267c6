"""A table of rows as it is drawn, cards on a phone. By hand: a public list has two hundred cells."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

UNQUOTED: Final = "!$&'()*+,;=/~:@"  # what `reverse` leaves as it is
MISSING: Final = "—"


class Column(NamedTuple):
    title: str
    nowrap: bool = False


Row = Sequence[Any]  # a cell for every column; what is not safe is escaped, an empty one is a dash


def drawn(columns: Sequence[Column], rows: Iterable[Row]) -> SafeString:
    titles = [safe(_(each.title)) for each in columns]
    heads = "".join(f'<th scope="col">{title}</th>' for title in titles)
    wraps = [' class="nowrap"' if each.nowrap else "" for each in columns]
    starts = [f'<td data-label="{title}"{wrap}>' for title, wrap in zip(titles, wraps, strict=True)]
    body = "\n".join(_line(starts, row) for row in rows)
    table = f"<thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody>"
    return SafeString(f'<div class="table-frame"><table class="table table-cards">{table}</table></div>')


def _line(starts: Sequence[str], row: Row) -> str:
    cells = zip(starts, row, strict=True)
    return f"<tr>{''.join(f'{start}{safe(cell or MISSING)}</td>' for start, cell in cells)}</tr>"


def links(name: str, keys: Iterable[str]) -> Iterator[SafeString]:
    """To the page of each of these under an address of one part: the address is looked up once for all."""
    before, _part, after = reverse(name, args=["-"]).rpartition("-")
    for key in keys:
        address = f"{before}{quote(key, safe=UNQUOTED)}{after}"
        yield SafeString(f'<a href="{escape(address)}">{escape(key)}</a>')


def badge(words: str, kind: str) -> SafeString:
    return SafeString(f'<span class="badge badge-{kind}">{escape(words)}</span>')
