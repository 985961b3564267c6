"""Pages every face shares: signing in and out, and whether the service lives."""

from typing import Any

from django.contrib.auth import logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from dabiao.look import samples
from dabiao.look import sign_in as signing_in
from dabiao.look.addresses import EVERYBODY, Request, address


@address("任何人可以登录", EVERYBODY, ("GET", "POST"))
def sign_in(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
    """Sign-in form; rate limits are the library's (settings)."""
    response: HttpResponse = signing_in.page(request, *args, **kwargs)
    return response


@address("本人可以退出", EVERYBODY, ("POST",))
def sign_out(request: Request) -> HttpResponse:
    """For whoever is signed in, also without any posting left."""
    logout(request)
    return redirect("publicsite:home")


@address("探活，不查数据库", EVERYBODY)
def healthz(request: Request) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@address("没有页面时的图标", EVERYBODY)
def favicon(request: Request) -> HttpResponse:
    """Asked for by browsers beside a picture opened by itself; pages name their own. Nothing is no error."""
    return HttpResponse(status=204)


@address("就绪检查", EVERYBODY)
def readyz(request: Request) -> HttpResponse:
    """Ready means the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "look/style.html", samples.everything())
