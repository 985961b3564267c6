"""Every address asks a permission: a view is declared with the roles it serves, before it touches anything.

The declaration is what `dabiao routes` prints and what the address tests compare with their table.
Which *things* a person sees is asked by the view itself through `visible_to` and `may_…`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import quote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render, resolve_url
from django_htmx.middleware import HtmxDetails

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Refused
from dabiao.kernel.roles import Role


class Request(HttpRequest):
    """A request as our views get it: who acts, and whether htmx asks."""

    actor: Actor
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who an address serves. PUBLIC among the roles: everybody, signed in or not."""

    sentence: str
    roles: frozenset[Role]
    methods: tuple[str, ...]

    def serves(self, actor: Actor) -> bool:
        return Role.PUBLIC in self.roles or not self.roles.isdisjoint(actor.roles)


class Address(Protocol):
    policy: Policy

    def __call__(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


EVERYBODY = frozenset({Role.PUBLIC})
SIGNED_IN = frozenset(Role) - {Role.PUBLIC, Role.TIME, Role.CLIENT}


def address(
    sentence: str, roles: frozenset[Role] | set[Role], methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], Address]:
    """Declare a view's policy. GET includes HEAD."""
    policy = Policy(sentence, frozenset(roles), methods)

    def declare(view: View) -> Address:
        @wraps(view)
        def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _gate(policy, request) or view(request, *args, **kwargs)

        cast(Any, asked).policy = policy
        return cast(Address, asked)

    return declare


def _gate(policy: Policy, request: Request) -> HttpResponse | None:
    """None to go on; else the answer. Asked before anything is looked up, so it tells nothing."""
    accepted = policy.methods + (("HEAD",) if "GET" in policy.methods else ())
    if not policy.serves(request.actor):
        if request.actor.signed_in:
            raise Refused(f"此页面供有关岗位使用（{policy.sentence}），您当前的岗位没有此权限。")
        return _to_sign_in(request)
    return None if request.method in accepted else HttpResponseNotAllowed(policy.methods)


def _to_sign_in(request: Request) -> HttpResponse:
    """To the sign-in page, or to what somebody signed in has to do first."""
    first = getattr(request, "waits_at", "")
    safe = request.method in {"GET", "HEAD"}
    back = request.get_full_path() if safe and not request.htmx else _page_before(request)
    target = resolve_url(first) if first else resolve_url("sign_in") + f"?next={quote(back)}"
    if request.htmx:
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    if safe:
        return redirect(target)
    if not request.accepts("text/html"):
        return HttpResponse(status=401)
    return render(request, "401.html", {"target": target}, status=401)


def _page_before(request: Request) -> str:
    """The page of ours from which something was sent: there, after signing in, what was typed is restored."""
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if not came.netloc or came.netloc != request.get_host():
        return resolve_url("office:home")
    return f"{came.path}?{came.query}" if came.query else came.path
