"""Global search."""

from django.http import HttpResponse

from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.office import frame


@address("搜索本人看得到的内容", SIGNED_IN)
def page(request: Request) -> HttpResponse:
    return frame.page(request, "office/search.html", {})
