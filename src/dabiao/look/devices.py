"""Browsers a person has signed in from before (OWASP device cookies).

Their failures are counted apart: whoever hammers a login name from elsewhere never keeps its owner out.
The cookie opens nothing, it only has a count of its own.
"""

import secrets
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase

from dabiao.base.canonical import keyed

KEPT: Final = 180 * 24 * 60 * 60  # seconds
REMEMBERED: Final = 30 * 24 * 60 * 60  # seconds that failures are told about
SALT: Final = "dabiao.device"
SHORT: Final = 16


def known(request: HttpRequest, login: str) -> str:
    """The name of this browser, if this person has signed in from it before."""
    try:
        told = TimestampSigner(salt=SALT).unsign(request.COOKIES.get(_cookie(login), ""), max_age=KEPT)
    except BadSignature:
        return ""
    owner, _, name = told.rpartition(":")
    return name if owner == login else ""


def remember(response: HttpResponseBase, login: str, name: str) -> None:
    """Know this browser from now on."""
    value = TimestampSigner(salt=SALT).sign(f"{login}:{name or secrets.token_urlsafe(SHORT)}")
    response.set_cookie(
        _cookie(login),
        value,
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def failed(login: str) -> None:
    """Count a failure, alike for names that exist and names that do not."""
    key = _failures(login)
    cache.set(key, int(cache.get(key, 0)) + 1, REMEMBERED)


def failures(login: str) -> int:
    """Failures since this was asked last."""
    key = _failures(login)
    count = int(cache.get(key, 0))
    cache.delete(key)
    return count


def _cookie(login: str) -> str:
    return f"device_{_digest(login)}"


def _failures(login: str) -> str:
    return f"sign-in-failures:{_digest(login)}"


def _digest(login: str) -> str:
    """Letters and figures only, and no name in it."""
    return "".join(each for each in keyed(login) if each.isalnum())[-SHORT:]
