"""Errors as people see them."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dabiao.kernel.errors import Absent, DabiaoError, Paused, Refused, TooMany


def answer(request: HttpRequest, error: DabiaoError) -> HttpResponse:
    """The page for one of our errors; a fragment with the same words where htmx asks."""
    fragment = bool(getattr(cast(Any, request), "htmx", False))
    name = "look/parts/refusal.html" if fragment else f"{error.status}.html"
    known = {"400.html", "403.html", "404.html", "409.html", "413.html", "429.html"}
    template = name if fragment or name in known else "400.html"
    response = render(request, template, {"error": error}, status=error.status)
    if isinstance(error, TooMany | Paused):
        response["Retry-After"] = str(error.retry)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Addresses that lead nowhere answer exactly like things that do not exist for you."""
    return answer(request, Absent())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = "页面停留过久或已在别处重新登录，请返回上一页刷新后再提交；您填写的内容保存在本机草稿中。"
    return answer(request, Refused(text))
