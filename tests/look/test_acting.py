"""Who acts is who the framework says is signed in, found without its wrappings."""

from django.contrib.auth import login
from django.test import Client, RequestFactory

from dabiao.config.settings import MIDDLEWARE
from dabiao.kernel.actor import PUBLIC
from dabiao.look import acting
from dabiao.people.models import Account
from dabiao.people.sessions import SessionStore
from world import PASSWORD, World

BACKEND = "dabiao.people.sign_in.Backend"


def test_the_account_is_the_one_in_the_framework_s_wrapping(signed_in):
    told = signed_in("officer").get("/office/").wsgi_request
    user = acting._user(told)
    assert type(user) is Account
    assert (user, vars(user).keys()) == (told.user, vars(Account.objects.get(pk=user.pk)).keys())
    assert "django.contrib.auth.middleware.AuthenticationMiddleware" in MIDDLEWARE


def test_whoever_signs_in_within_a_request_acts_from_then_on(world: World):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, world.accounts["officer"], backend=BACKEND)
    request.user = world.accounts["officer"]
    assert acting.actor_of(request).account == world.accounts["officer"].pk


def test_a_session_of_another_password_is_nobody_s_at_once(signed_in, world: World):
    client: Client = signed_in("officer")
    assert client.get("/office/").status_code == 200
    account = Account.objects.get(pk=world.accounts["officer"].pk)
    account.set_password(PASSWORD + "!")
    account.save()
    told = client.get("/office/")
    assert told.status_code == 302
    assert acting.actor_of(told.wsgi_request) is PUBLIC


def test_what_a_session_must_hold_is_what_the_framework_reckons(world: World, settings):
    account = world.accounts["officer"]
    first = account.get_session_auth_hash()
    assert first == super(Account, account).get_session_auth_hash() == account.get_session_auth_hash()
    account.set_password(PASSWORD + "!")
    second = account.get_session_auth_hash()
    settings.SECRET_KEY = "another" * 10
    third = account.get_session_auth_hash()
    assert third == super(Account, account).get_session_auth_hash()
    assert len({first, second, third}) == 3
    settings.SECRET_KEY_FALLBACKS = ["older" * 10]
    assert third not in account.get_session_auth_fallback_hash()


def test_what_serves_everybody_asks_nobody_who_they_are(signed_in, django_assert_max_num_queries):
    client = signed_in("officer")
    told = client.get("/healthz").wsgi_request
    assert told.actor.account is not None
    with django_assert_max_num_queries(0):
        client.get("/healthz")
