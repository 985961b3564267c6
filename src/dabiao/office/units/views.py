"""Pages of units."""

from django.http import HttpResponse

from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.office import frame


@address("查看企业名录", SIGNED_IN)
def listing(request: Request) -> HttpResponse:
    return frame.page(request, "office/units/list.html", {})
