"""Who acts by a request: the account of its session as the actor it is today, or nobody."""

from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dabiao.base import clock
from dabiao.kernel.actor import PUBLIC, Actor
from dabiao.look import admission
from dabiao.people import queries
from dabiao.people.models import Account


def settled(request: HttpRequest) -> Actor:
    """`request.actor`, which from now on is the actor itself: a delivery asks it some thousand times, and
    every asking through the wrapping costs a call."""
    actor = cast(Any, request).actor = actor_of(request)
    return actor


def actor_of(request: HttpRequest) -> Actor:
    """Nobody, until the person has done what comes first, and once the session is over."""
    account = _user(request)
    if not isinstance(account, Account):
        return PUBLIC
    actor = queries.actor(account, clock.today())
    if admission.outworn(request, account, actor):
        logout(request)
        return PUBLIC
    cast(Any, request).waits_at = admission.waits_at(request, account, actor)
    return PUBLIC if cast(Any, request).waits_at else actor


def _user(request: HttpRequest) -> object:
    """`request.user` out of its wrapping, which the framework fills with just this."""
    user: object = request.user
    return get_user(request) if type(user) is SimpleLazyObject else user
