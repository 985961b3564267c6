"""Public pages: what is going on, how to take part."""

from typing import Any

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.publicsite import frame, journey, published


@address("公众网站首页", EVERYBODY)
def home(request: Request) -> HttpResponse:
    day = clock.today()
    context = {"notices": published.latest(day), "figures": _figures(published.counted(day)), "day": day}
    return frame.page(request, "publicsite/home.html", context)


def _figures(counted: dict[str, int]) -> list[dict[str, Any]]:
    """Figures that exist; none is invented."""
    shown = (
        ("standard", "项评定标准施行中", "publicsite:standards"),
        ("certificate", "家企业持有有效证书", "publicsite:certificates"),
        ("commitment", "家企业公开承诺", "publicsite:commitments"),
    )
    return [
        {"number": counted[kind], "words": words, "name": name}
        for kind, words, name in shown
        if kind in counted
    ]


@address("公众了解怎样参加", EVERYBODY)
def take_part(request: Request) -> HttpResponse:
    context = {"stages": journey.stages(clock.today())}
    return frame.page(request, "publicsite/take_part.html", context)
