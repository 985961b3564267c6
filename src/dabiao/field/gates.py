"""The envelope: every answer below /field/ carries its three marks, errors and the loss of a session too."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, cast

import orjson
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.request import RawPostDataException

from dabiao.base import clock
from dabiao.base.upkeep import pausing
from dabiao.kernel.errors import Conflict, DabiaoError, Invalid, Paused, TooLarge, TooMany
from dabiao.kernel.roles import Role
from dabiao.look import errors
from dabiao.look.addresses import Address, Policy, Request
from dabiao.look.rates import HERE, Rate, spend

FIELD: Final = "field/1"
MARK: Final = "X-Dabiao-Field"
PREFIX: Final = "/field/"
MOST_BODY: Final = 8 * 1024 * 1024  # unpacked
SIGN_IN: Final = "登录已失效，请重新登录；设备上的内容都在，登录后继续送达。"
BUSY: Final = "系统正忙，请稍后再送；内容仍在设备上。"
UNREADABLE: Final = "没有读懂设备送来的内容，请更新现场页面后再送；内容仍在设备上。"
ALTERED: Final = "内容在途中被改动，没有采用，请重新送达。"
STALE: Final = "会话凭证已更换，请重新取得后再送。"
MOST_DIGITS: Final = 4
OFTEN: Final = Rate("field", 6000, 10 * 60, HERE)  # ten a second: against a device gone wild, no secret
View = Callable[..., HttpResponseBase]


def envelope(content: Mapping[str, Any], status: int = 200, **headers: str) -> HttpResponse:
    body = orjson.dumps({"dabiao": FIELD, **content}, option=orjson.OPT_NON_STR_KEYS)
    return _dressed(HttpResponse(body, content_type="application/json", status=status), body, headers)


def unchanged(**headers: str) -> HttpResponse:
    """304: the marks without a body."""
    return _dressed(HttpResponse(status=304), b"", headers)


def _dressed(response: HttpResponse, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    response[MARK] = "1"
    response["Cache-Control"] = "private, no-store"
    if body:
        response["Content-Digest"] = content_digest(body)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def content_digest(body: bytes) -> str:
    """RFC 9530, of the text before it is compressed."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def refusal(error: DabiaoError, code: str = "") -> HttpResponse:
    told = {"status": error.status, "text": error.text, "clause": error.clause, "code": code}
    more = {"have": error.version} if isinstance(error, Conflict) else {}
    headers = {"Retry_After": str(error.retry)} if isinstance(error, TooMany) else {}
    return envelope({"error": told, **more}, error.status, **headers)


class SignedOut(DabiaoError):
    status = 401


class Elsewhere(DabiaoError):
    """The acts are another person's than the session."""

    status = 409


class Unavailable(DabiaoError):
    status = 503


class Old(DabiaoError):
    """The client is too old to fetch; what it holds it may deliver."""

    status = 426


def served(sentence: str, roles: frozenset[Role], methods: tuple[str, ...]) -> Callable[[View], Address]:
    """Declare a view's policy, as `look.addresses.address` does; everything it answers is an envelope."""
    policy = Policy(sentence, roles, methods)

    def declare(view: View) -> Address:
        @wraps(view)
        def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return _gate(policy, request) or view(request, *args, **kwargs)
            except Elsewhere as error:
                return refusal(error, "account")
            except Paused as error:
                return _paused(error)
            except DabiaoError as error:
                return refusal(error)
            except (RequestDataTooBig, UnreadablePostError):
                return refusal(TooLarge("送来的内容太大，请分开再送。"))
            except OperationalError:
                return refusal(Unavailable(BUSY))

        cast(Any, asked).policy = policy
        return cast(Address, asked)

    return declare


def _paused(error: Paused) -> HttpResponse:
    told = {"status": 423, "text": error.text, "clause": "", "code": "maintenance"}
    return envelope({"error": told}, 423, Retry_After=str(error.retry))


def spoken(request: Request) -> int | None:
    """The version of the protocol that the client says it speaks; None where it says none."""
    first = request.headers.get(MARK, "").partition(" ")[0]
    return int(first) if first.isascii() and first.isdecimal() and len(first) <= MOST_DIGITS else None


def _gate(policy: Policy, request: Request) -> HttpResponse | None:
    pausing.refuse(clock.now())
    if not policy.serves(request.actor):
        if not request.actor.signed_in:
            return refusal(SignedOut(SIGN_IN))
        text = f"此接口供有关岗位使用（{policy.sentence}），您当前的岗位没有此权限。"
        return envelope({"error": {"status": 403, "text": text, "clause": "", "code": "role"}}, 403)
    accepted = policy.methods + (("HEAD",) if "GET" in policy.methods else ())
    if request.method not in accepted:
        told = {"status": 405, "text": "不支持这种方法。", "clause": "", "code": ""}
        return envelope({"error": told}, 405, Allow=", ".join(policy.methods))
    spend(OFTEN, request, "送达太频繁，请稍后再送；内容仍在设备上。")
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for everybody else, an envelope for devices: they ask for a session and go on."""
    if not request.path.startswith(PREFIX):
        return errors.csrf_failure(request, reason)
    told = {"status": 403, "text": STALE, "clause": "", "code": "csrf"}
    return envelope({"error": told}, 403)


def raw(request: Request) -> bytes:
    """The body, unpacked; what was altered on the way, or is too large, is refused."""
    try:
        body = request.body
    except RawPostDataException as error:  # a form was sent
        raise DabiaoError(UNREADABLE) from error
    if request.headers.get("Content-Encoding", "") == "gzip":
        body = _unpacked(body)
    told = request.headers.get("Content-Digest")
    if told and told != content_digest(body):
        raise DabiaoError(ALTERED)
    return body


def _unpacked(body: bytes) -> bytes:
    work = zlib.decompressobj(wbits=31)
    try:
        found = work.decompress(body, MOST_BODY + 1)
    except zlib.error as error:
        raise DabiaoError(ALTERED) from error
    if len(found) > MOST_BODY:
        raise TooLarge("送来的内容太大，请分开再送。")
    if not work.eof:
        raise DabiaoError(ALTERED)
    return found


def frame(request: Request) -> dict[str, Any]:
    """The body as a JSON object; DabiaoError (400) where it is none."""
    try:
        found = _loaded(raw(request))
    except ValueError as error:
        raise DabiaoError(UNREADABLE) from error
    if not isinstance(found, dict):
        raise DabiaoError(UNREADABLE)
    return found


def _loaded(body: bytes) -> Any:
    """The strict reader is the quick one; half a surrogate somewhere must not keep back all the rest."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return json.loads(body)


def texts(raw: Any, most: int) -> list[str]:
    """A list of so many texts at most; Invalid otherwise."""
    if not isinstance(raw, list) or len(raw) > most or not all(isinstance(each, str) for each in raw):
        raise Invalid(UNREADABLE)
    return raw
