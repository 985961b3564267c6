"""The bodies of the programme: authorities by jurisdiction, review and organizing units, enforcement."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import frame
from dabiao.office.asked import whole
from dabiao.office.bodies import one, recognitions
from dabiao.organisations.models import Body, BodyKind, Jurisdiction
from dabiao.organisations.queries.ground import running

READERS = frame.READING | one.KEEPERS
PER_PAGE = 50
HEADINGS = ("名称", "类别", "管辖区", "上级")


@address("查看机构名录", READERS)
def listing(request: Request) -> HttpResponse:
    """Who takes part is no secret among those who take part."""
    context = {
        "page": Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page")),
        "kinds": [each for each in BodyKind if each != BodyKind.OPERATOR],
        "jurisdictions": Jurisdiction.objects.all(),
        "may_see_recognitions": request.actor.holds(*recognitions.READERS),
    }
    return frame.page(request, "office/bodies/list.html", context, crumbs=[("机构", "")])


@address("导出机构名录", READERS)
def export(request: Request) -> HttpResponse:
    content = workbook("机构名录", HEADINGS, (_exported(row) for row in _filtered(request)))
    headers = {"Content-Disposition": 'attachment; filename="bodies.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: Body) -> tuple[str, ...]:
    where = row.jurisdiction.name if row.jurisdiction else "全市"
    return row.name, str(row.get_kind_display()), where, row.parent.name if row.parent else ""


def _filtered(request: Request) -> "QuerySet[Body]":
    rows = Body.objects.filter(running(clock.today())).exclude(kind=BodyKind.OPERATOR)
    if (kind := request.GET.get("kind", "")) in BodyKind.values:
        rows = rows.filter(kind=kind)
    if (jurisdiction := whole(request.GET.get("jurisdiction", ""))) is not None:
        rows = rows.filter(jurisdiction=jurisdiction)
    if text := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(name__icontains=text)
    return rows.select_related("jurisdiction", "parent").order_by("jurisdiction__place", "kind", "pk")
