"""Just signed in: keep the visit, know the browser, and say when and where the last one was 登录提示."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.formats import date_format

from dabiao.base.clock import SHANGHAI
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import ADMIN_ROLES
from dabiao.look import admission, devices
from dabiao.people import queries
from dabiao.people.models import Account, Visit
from dabiao.people.rules.devices import named
from dabiao.people.services import visits


def arrived(
    request: HttpRequest, response: HttpResponseBase, account: Account, actor: Actor, at: datetime
) -> None:
    known = devices.known(request, account.login)
    last = queries.last_visit(account.pk)
    place = visits.Place(
        session=request.session.session_key or "",
        address=str(get_adapter().get_client_ip(request)),
        device=named(request.META.get("HTTP_USER_AGENT", "")),
        known=bool(known),
    )
    visits.begin(account=account, place=place, most=_most(actor), at=at)
    devices.remember(response, account.login, known)
    said = told(last, devices.failures(account.login), new=not known)
    if said:
        messages.info(request, said)


def _most(actor: Actor) -> int:
    """How many sessions at once: administrators few; in a demonstration city a login is everybody's."""
    admin = not ADMIN_ROLES.isdisjoint(actor.roles)
    return int(settings.DABIAO_SESSIONS_ADMIN) if admin and admission.demanded() else 0


def told(last: Visit | None, failed: int, *, new: bool) -> str:
    """Nothing at the very first sign-in."""
    if last is None:
        return ""
    when = date_format(last.began_at.astimezone(SHANGHAI), "Y年n月j日 H:i")
    words = f"上次登录：{when}，{last.device}（{last.address}）。"
    words += f"此后有 {failed} 次登录失败，不是您本人操作的请修改密码。" if failed else ""
    return words + ("您正在用一台新设备登录。" if new else "")
