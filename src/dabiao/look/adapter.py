"""What we tell the sign-in library: nobody signs up by themselves; sign-ins are journaled; our words."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.errors import TooMany
from dabiao.look import admission
from dabiao.people import queries, services
from dabiao.people.models import Account

log = structlog.get_logger()
PAUSE = 5 * 60  # seconds, the longest of ACCOUNT_RATE_LIMITS["login_failed"]
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
        """Too many failures are refused before the password is looked at."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise TooMany("登录失败次数过多，为保护账号，请稍后再试。", retry=PAUSE) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Operations see failures; what was typed is not kept, it may be a password."""
        log.warning("sign_in_failed", address=self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> Any:
        """Journal the sign-in before answering."""
        at = clock.now()
        used = [each for each in get_authentication_records(request, user) if each["method"] == "mfa"]
        kind = str(used[-1]["type"]) if used else ""
        admission.begin(request, at, proved=bool(used))
        services.note_sign_in(account=user, by=queries.actor(user, clock.day_of(at)), at=at, factor=kind)
        return super().post_login(request, user, **kwargs)
