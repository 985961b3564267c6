"""Between signed in and admitted: what somebody has to do first, and when a session has lasted long enough.

Until everything is done the request acts for nobody (`acting.actor_of`), so every address keeps its gate.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from dabiao.base import clock
from dabiao.base.models import PublicRecord
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Refused
from dabiao.kernel.roles import ADMIN_ROLES
from dabiao.people.models import Account
from dabiao.people.rules import factors
from dabiao.people.services import visits

BEGAN: Final = "began"  # in the session: when it was opened, ISO
PROVED: Final = "second_factor"  # in the session: the second factor was given or made in it
SEEN: Final = "seen"  # cookie: session and moment of the last request, signed
SALT: Final = "dabiao.seen"
MARKS: Final = 4096  # cookies kept in memory of which the signature has been found to hold
MARKED_ANEW: Final = timedelta(seconds=30)  # so much earlier than its minutes an idle session may end

FIRST_PASSWORD: Final = "first_password"  # noqa: S105  name of an address
FACTOR: Final = "factor"
SIGN_IN: Final = "sign_in"


def account_of(request: HttpRequest) -> Account | None:
    """The row of whoever is signed in, admitted or not."""
    user = request.user
    return Account.objects.get(pk=user.pk) if isinstance(user, Account) else None


def again(request: HttpRequest) -> HttpResponse:
    """Back to the sign-in page; whoever sent something is told why it was not taken."""
    if request.method == "POST":
        raise Refused("登录等待太久，已经失效。请打开登录页重新登录，再接着办理。")
    return redirect(SIGN_IN)


def waits_at(request: HttpRequest, account: Account, actor: Actor) -> str:
    """The address where this person has to go first; empty where nothing is in the way."""
    return next(_steps(request, account, actor), "")


def _steps(request: HttpRequest, account: Account, actor: Actor) -> Iterator[str]:
    if account.second_factor and not request.session.get(PROVED):
        yield SIGN_IN  # a session from before the factor; `outworn` ends it
    if account.must_change:
        yield FIRST_PASSWORD
    if not account.second_factor and factors.needed(actor.roles) and demanded():
        yield FACTOR


def demanded() -> bool:
    """Whether officials must have a second factor: always, but in a demonstration city unless told so."""
    if settings.DABIAO_SECOND_FACTOR:
        return bool(settings.DABIAO_SECOND_FACTOR == "required")
    return not _demonstration()


@lru_cache(maxsize=1)
def _demonstration() -> bool:
    return PublicRecord.objects.filter(kind="demonstration").exists()


def begin(request: HttpRequest, at: datetime, *, proved: bool) -> None:
    """Note in a session just opened when it was, and whether the second factor was given."""
    request.session[BEGAN] = at.isoformat()
    request.session[PROVED] = proved


def renew(request: HttpRequest, account: Account) -> None:
    """After a change of one's password: this session goes on under a new key, the others end."""
    before = request.session.session_key or ""
    update_session_auth_hash(request, account)
    after = request.session.session_key or ""
    visits.moved(before=before, after=after)
    visits.end_all(account=account, at=clock.now(), but=after)


def outworn(request: HttpRequest, account: Account, actor: Actor) -> bool:
    """Whether the session is over: too old, too long without a request, or from before the second factor."""
    began = request.session.get(BEGAN)
    if account.second_factor and not request.session.get(PROVED):
        return True
    if began is None:
        return False
    opened = datetime.fromisoformat(began)
    now = clock.now()
    marked = cast(Any, request).marked_at = _seen(request)
    seen = max(opened, marked or opened)
    lasting = timedelta(minutes=settings.DABIAO_SESSION_MINUTES)
    return now - opened > lasting or now - seen > timedelta(minutes=_idle(actor))


def _idle(actor: Actor) -> int:
    """Minutes without a request after which a session ends; administrators' are short."""
    admin = not ADMIN_ROLES.isdisjoint(actor.roles)
    return int(settings.DABIAO_IDLE_ADMIN_MINUTES if admin else settings.DABIAO_IDLE_MINUTES)


def _seen(request: HttpRequest) -> datetime | None:
    """The last request of this very session, by its signed cookie."""
    text = request.COOKIES.get(SEEN, "")
    try:
        key, _, moment = _signed(text, settings.SECRET_KEY, (*settings.SECRET_KEY_FALLBACKS,)).partition("@")
        return datetime.fromisoformat(moment) if key == request.session.session_key else None
    except (BadSignature, ValueError):
        return None


@lru_cache(maxsize=MARKS)
def _signed(text: str, key: str, older: tuple[str, ...]) -> str:
    """What was signed under these keys, reckoned once for a cookie; BadSignature if it was not."""
    return TimestampSigner(key=key, salt=SALT, fallback_keys=[*older]).unsign(text)


def note_seen(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember this request for the idle limit; costs no statement. What was marked just now stays marked."""
    session = request.session
    if not session.accessed or BEGAN not in session or not session.session_key:
        return
    now, marked = clock.now(), getattr(request, "marked_at", None)
    if marked is not None and timedelta(0) <= now - marked < MARKED_ANEW:
        return
    response.set_cookie(
        SEEN,
        TimestampSigner(salt=SALT).sign(f"{session.session_key}@{now.isoformat()}"),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
