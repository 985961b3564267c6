"""Who asks: found when first asked for, and from then on the actor itself."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase as SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from dabiao.kernel.actor import PUBLIC, Actor
from dabiao.look.middleware import actor_middleware


def test_the_first_use_puts_the_actor_in_place_of_its_wrapping():
    seen = []

    def view(request):
        seen.append(type(request.actor))
        assert request.actor.account == PUBLIC.account
        seen.append(type(request.actor))
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = SessionStore()
    actor_middleware(view)(request)
    assert seen == [SimpleLazyObject, Actor]
