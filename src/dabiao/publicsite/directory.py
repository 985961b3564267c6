"""评审单位名录: who may review, for what and until when; those that have left stay listed."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.organisations.models import Body, BodyKind, Recognition
from dabiao.publicsite import frame
from dabiao.standards.rules.choice import LEVELS

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Held:
    """One recognition in words; the last day still counts."""

    words: str
    until: date | None
    basis: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A review unit: its state on the day, and what it is recognised for."""

    name: str
    state: str
    good: bool
    held: tuple[Held, ...]


@address("公众查看评审单位名录", EVERYBODY)
def listing(request: Request) -> HttpResponse:
    day = clock.today()
    rows = Body.objects.filter(kind=BodyKind.REVIEW, since__lte=day)
    if text := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(name__icontains=text)
    rows = rows.prefetch_related("recognitions__industry").order_by("name", "id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [listed(row, day) for row in page], "day": day}
    return frame.page(request, "publicsite/review_units.html", context)


def plain(day: date) -> list[dict[str, str]]:
    """As open data: the whole directory on a day."""
    rows = Body.objects.filter(kind=BodyKind.REVIEW, since__lte=day).order_by("name", "id")
    found = [listed(row, day) for row in rows.prefetch_related("recognitions__industry")]
    return [
        {
            "review_unit": each.name,
            "state": each.state,
            "recognised": "；".join(f"{held.words} {held.basis}" for held in each.held if held.holds),
        }
        for each in found
    ]


def listed(body: Body, day: date) -> Listed:
    held = tuple(_held(each, day) for each in body.recognitions.all() if each.since <= day)
    left = body.until is not None and body.until <= day
    good = not left and any(each.holds for each in held)
    state = "已退出名录" if left else "在名录" if good else "没有有效认定，暂停承接"
    return Listed(body.name, state, good, held)


def _held(row: Recognition, day: date) -> Held:
    industry = row.industry.name if row.industry else "全部行业"
    holds = row.until is None or row.until > day
    last = date.fromordinal(row.until.toordinal() - 1) if row.until else None
    return Held(f"{industry} · {LEVELS.get(row.level, row.level)}", last, row.basis, holds)
