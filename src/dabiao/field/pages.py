"""The page people open, its service worker and its manifest; all else below /field/ is the protocol."""

from django.http import HttpResponse

from dabiao.field import shell
from dabiao.field.permissions import SERVED
from dabiao.look.addresses import EVERYBODY, Request, address


@address("现场人员打开现场页面", SERVED)
def page(request: Request) -> HttpResponse:
    return _fresh(shell.page(), "text/html; charset=utf-8")


@address("浏览器取现场页面的离线程序，其中没有任何人的内容", EVERYBODY)
def worker(request: Request) -> HttpResponse:
    return _fresh(shell.worker(), "text/javascript; charset=utf-8")


@address("浏览器取现场页面的安装说明，其中没有任何人的内容", EVERYBODY)
def manifest(request: Request) -> HttpResponse:
    return _fresh(shell.manifest(), "application/manifest+json")


def _fresh(body: bytes, kind: str) -> HttpResponse:
    """Kept by the device's worker alone, which knows the digest; any other cache asks first."""
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": "no-cache"})
