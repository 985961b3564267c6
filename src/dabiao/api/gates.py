"""Operations carry policies like every other address: asked before anything is looked up, answered in JSON.

`served` declares an operation with its policy; `guarded` makes them addresses and refuses to leave one open.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.http import HttpResponseBase, JsonResponse
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI, Router

from dabiao.kernel.roles import Role
from dabiao.look.addresses import Policy, Request

Function = TypeVar("Function", bound=Callable[..., Any])
View = Callable[..., HttpResponseBase]
SIGN_IN: Final = "请先登录，再调用接口。"
ROOT: Final = "api-root"  # ninja's own, which we do not serve

_policies: dict[str, Policy] = {}


def served(
    router: Router, route: str, *, name: str, sentence: str, roles: frozenset[Role], answers: Any
) -> Callable[[Function], Function]:
    """Declare a GET operation: where it is, whom it serves, what it answers."""
    _policies[name] = Policy(sentence, roles, ("GET",))
    extra = {"x-roles": sorted(roles)}
    return router.get(
        route, url_name=name, summary=sentence, response=answers, openapi_extra=extra, by_alias=True
    )


def guarded(api: NinjaAPI) -> list[URLPattern]:
    """The addresses of all operations, each behind its gate. LookupError for one without a policy."""
    found = [each for each in api.urls[0] if getattr(each, "name", "") != ROOT]
    return [_guarded(each) for each in found]


def _guarded(pattern: URLPattern | URLResolver) -> URLPattern:
    name = getattr(pattern, "name", "") or ""
    if not isinstance(pattern, URLPattern) or name not in _policies:
        raise LookupError(f"{pattern}: an operation is declared by `served`, with its policy")
    gated = _gate(_policies[name], cast(View, pattern.callback))
    return path(str(pattern.pattern), gated, name=name)


def _gate(policy: Policy, view: View) -> View:
    @wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy.serves(request.actor):
            return _refusal(policy, request)
        return view(request, *args, **kwargs)

    # ninja exempts its views; a session is what signs in here, so the token is asked for as everywhere.
    cast(Any, asked).csrf_exempt = False
    cast(Any, asked).policy = policy
    return asked


def _refusal(policy: Policy, request: Request) -> JsonResponse:
    if not request.actor.signed_in:
        return JsonResponse({"text": SIGN_IN, "clause": ""}, status=401)
    text = f"此接口供有关岗位使用（{policy.sentence}），您当前的岗位没有此权限。"
    return JsonResponse({"text": text, "clause": ""}, status=403)
