"""One published notice; the commitments of principals (uplift/16)."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.publicsite import frame, published

PER_PAGE = 30
LONGEST = 60


@address("公众阅读公布的内容", EVERYBODY)
def page(request: Request, key: int) -> HttpResponse:
    day = clock.today()
    row = published.one(tuple(published.KINDS), key, day)
    ended = row.until is not None and row.until <= day
    context = {"row": row, "notice": published.notice(row), "ended": ended}
    return frame.page(request, "publicsite/notice.html", context)


@address("公众查看企业承诺", EVERYBODY)
def commitments(request: Request) -> HttpResponse:
    """Those in force and those that have ended, said as such; found by name, code or number."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    rows = published.commitments(clock.today(), text)
    context = {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "q": text}
    return frame.page(request, "publicsite/commitments.html", context)


@address("公众查验一份承诺书", EVERYBODY)
def commitment(request: Request, number: str) -> HttpResponse:
    """The text as signed, and whether it is still what was signed."""
    row = published.commitment(number, clock.today())
    same = published.unaltered(row)
    return frame.page(request, "publicsite/commitment.html", {"row": row, "same": same})
