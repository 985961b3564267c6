"""What we tell the sign-in library: nobody signs up by themselves; sign-ins are journaled."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from dabiao.base import clock
from dabiao.people import queries, services
from dabiao.people.models import Account


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> Any:
        """Journal the sign-in before answering."""
        at = clock.now()
        services.note_sign_in(account=user, by=queries.actor(user, clock.day_of(at)), at=at)
        return super().post_login(request, user, **kwargs)
