"""The frame around every public page: the same for everybody, so caches may keep it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dabiao.look.addresses import Request
from dabiao.look.shapes import NavEntry

KEPT = 60  # seconds a cache may keep a page
ENTRIES = (
    ("首页", "publicsite:home", "home"),
    ("公示", "publicsite:publicity", "message-report"),
    ("公告", "publicsite:announcements", "rubber-stamp"),
    ("证书", "publicsite:certificates", "certificate"),
    ("评定标准", "publicsite:standards", "notebook"),
    ("怎样参加", "publicsite:take_part", "list-check"),
    ("评审单位", "publicsite:review_units", "building-factory-2"),
    ("企业承诺", "publicsite:commitments", "signature"),
    ("意见建议", "publicsite:feedback", "message-report"),
)


def page(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200, kept: bool = True
) -> HttpResponse:
    """Render a public page. It knows no session; one that answers a sender is `kept` nowhere."""
    around = {"nav": _navigation(request.path), "messages": ()}
    response = render(request, template, {**around, **context}, status=status)
    response["Cache-Control"] = f"public, max-age={KEPT}" if kept else "no-store"
    return response


def _navigation(path: str) -> list[NavEntry]:
    home = _addresses()[0]
    return [
        NavEntry(_(title), address, icon, active=_here(path, address, home))
        for (title, _name, icon), address in zip(ENTRIES, _addresses(), strict=True)
    ]


@cache
def _addresses() -> tuple[str, ...]:
    """Where the entries lead; the same as long as the process runs."""
    return tuple(reverse(name) for _title, name, _icon in ENTRIES)


def _here(path: str, address: str, home: str) -> bool:
    return path == address if address == home else path.startswith(address)
