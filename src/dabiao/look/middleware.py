"""Who asks, and what an error looks like, for every face."""

from collections.abc import Callable
from typing import Any, Final, cast

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.functional import SimpleLazyObject

from dabiao.base import clock
from dabiao.base.upkeep import pausing
from dabiao.kernel.errors import Absent, DabiaoError, Paused
from dabiao.look import acting, admission, errors

NUL: Final = "\0"
UNREADABLE: Final = "送来的内容里有不能识别的字符，请返回上一页，改用键盘输入后再提交。"
UNPAUSED: Final = ("/field/", "/static/", "/healthz")  # devices are answered by an envelope of theirs
PACKET: Final = 1400  # bytes
Next = Callable[[HttpRequest], HttpResponseBase]


class ZipMiddleware(GZipMiddleware):
    """What fits into one packet goes out as it is: to zip it takes time and saves none."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, HttpResponse) and len(response.content) < PACKET:
            return response
        return super().process_response(request, response)


def policy_middleware(get_response: Next) -> Next:
    """The content security policy. It is the same for every page, and spelled once: the package's own
    middleware spells it anew for every answer."""
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return middleware


def actor_middleware(get_response: Next) -> Next:
    """`request.actor`, rebuilt each request from session and postings, on first use."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        cast(Any, request).actor = SimpleLazyObject(lambda: acting.settled(request))
        response = get_response(request)
        admission.note_seen(request, response)
        return response

    return middleware


class ErrorMiddleware:
    """Our errors become pages (or fragments) with their own words; never a traceback."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", "") or NUL in request.path_info:
            return errors.answer(request, DabiaoError(UNREADABLE))
        try:
            if not request.path.startswith(UNPAUSED):
                pausing.refuse(clock.now())
        except Paused as error:
            return errors.answer(request, error)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """No column of ours takes a NUL, and no keyboard sends one."""
        sent = request.POST.lists() if request.method == "POST" else ()
        nul = any(NUL in value for _, values in sent for value in values)
        return errors.answer(request, DabiaoError(UNREADABLE)) if nul else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, DabiaoError):
            return errors.answer(request, error)
        return errors.answer(request, Absent()) if isinstance(error, Http404) else None


def error_middleware(get_response: Next) -> ErrorMiddleware:
    return ErrorMiddleware(get_response)
