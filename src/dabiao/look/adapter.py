"""What we tell the sign-in library: nobody signs up by themselves; sign-ins are journaled; our words."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.errors import TooMany
from dabiao.look import admission, arriving, devices
from dabiao.people import queries, services
from dabiao.people.models import Account

log = structlog.get_logger()
PAUSE = 5 * 60  # seconds, the longest of ACCOUNT_RATE_LIMITS["login_failed"]
WAIT = "登录失败次数过多，为保护账号，请稍后再试。"
# The same words whether the account is unknown, locked, or the password wrong.
WRONG = _("登录名或密码不对，请核对后重试。忘记密码或账号被停用，请联系本单位的系统管理员。")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "account_inactive": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": _("输错次数过多，为保护账号，请几分钟后再试。"),
        "rate_limited": _("输错次数过多，为保护账号，请几分钟后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's own messages say nothing the page does not show."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many failures are refused before the password is looked at; known browsers count apart."""
        device = devices.known(request, str(credentials.get("username", "")))
        if device:
            return self._count_known(request, device)
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise TooMany(WAIT, retry=PAUSE) from error

    def _count_known(self, request: HttpRequest, device: str) -> None:
        rate = {"login_failed": settings.DABIAO_KNOWN_DEVICE_RATE}
        used = ratelimit.consume(
            request, app="allauth.account", action="login_failed", key=f"device:{device}", config=rate
        )
        if not used:
            raise TooMany(WAIT, retry=PAUSE)
        self._login_failed_rl_usage = used  # the library gives it back after a success

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Operations see failures, the owner learns how many; what was typed may be a password: not kept."""
        devices.failed(str(credentials.get("username", "")))
        log.warning("sign_in_failed", address=self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> Any:
        """Journal the sign-in before answering."""
        at = clock.now()
        used = [each for each in get_authentication_records(request, user) if each["method"] == "mfa"]
        kind = str(used[-1]["type"]) if used else ""
        admission.begin(request, at, proved=bool(used))
        actor = queries.actor(user, clock.day_of(at))
        services.note_sign_in(account=user, by=actor, at=at, factor=kind)
        response = super().post_login(request, user, **kwargs)
        arriving.arrived(request, response, user, actor, at)
        return response
