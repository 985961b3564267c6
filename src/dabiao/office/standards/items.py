"""Search over the items of all published editions, and what was found as a check list."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.asked import whole
from dabiao.office.standards import finding
from dabiao.office.standards.editions import PURPOSES
from dabiao.office.standards.finding import READERS
from dabiao.office.standards.listing import crumbs, xlsx
from dabiao.standards import queries
from dabiao.standards.documents.checklist import checklist
from dabiao.standards.documents.purposes import Purpose
from dabiao.standards.models import Edition
from dabiao.standards.queries import Filters, listed
from dabiao.standards.states import EditionState

PER_PAGE = 30


@address("检索标准中的项目", READERS)
def search(request: Request) -> HttpResponse:
    day, asked = clock.today(), filters(request)
    page = Paginator(queries.search_items(asked, day), PER_PAGE).get_page(request.GET.get("page"))
    editions = Edition.objects.on(day).filter(state=EditionState.PUBLISHED).select_related("standard")
    context = {
        "page": page,
        "asked": asked,
        "asking": asked != Filters(),
        "areas": listed.areas(day).values(),
        "area_titles": {each.id: each.title for each in listed.areas(day).values()},
        "editions": editions.order_by("standard__number"),
        "purposes": PURPOSES,
    }
    here = crumbs(("检索项目", ""))
    return frame.page(request, "office/standards/items.html", context, crumbs=here)


@address("把检索到的项目导出为检查清单", READERS)
def export(request: Request) -> HttpResponse:
    """Of one edition, exactly the items found."""
    day, asked = clock.today(), filters(request)
    if asked.edition is None or request.GET.get("purpose") not in set(Purpose):
        raise Absent
    edition = finding.edition(request, asked.edition)
    keys = set(queries.search_items(asked, day).values_list("key", flat=True))
    book = queries.book(edition)
    found = replace(book, items=tuple(item for item in book.items if item.key in keys))
    purpose = Purpose(request.GET["purpose"])
    return xlsx(checklist(found, purpose, on=day), f"checklist-{edition.pk}-{purpose}.xlsx")


def filters(request: Request) -> Filters:
    asked = request.GET
    edition = asked.get("edition", "")
    return Filters(
        text=asked.get("q", "").strip()[:100],
        area=asked.get("area", ""),
        mandatory=asked.get("mandatory") == "1",
        vetoes=asked.get("veto") == "1",
        edition=whole(edition),
    )
