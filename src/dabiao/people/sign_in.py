"""Which accounts may sign in. The framework checks the password; this says whom it may be about."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from dabiao.people import queries
from dabiao.people.models import Account


class Backend(BaseBackend):
    """By login name and password; a locked account is refused like a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: Any
    ) -> Account | None:
        account = Account.objects.filter(login=username).first()
        if account is None:
            make_password(password)  # the same work, so that timing does not tell who exists
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        return queries.active(user_id)
