"""Who acts is who the framework says is signed in, found without its wrappings."""

from datetime import timedelta

import pytest
from django.contrib.auth import login
from django.test import Client, RequestFactory

from dabiao.base import clock
from dabiao.config.settings import MIDDLEWARE
from dabiao.kernel.actor import PUBLIC
from dabiao.look import acting
from dabiao.people import queries
from dabiao.people.models import Account, Posting
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


def test_account_and_postings_of_a_request_are_one_statement(world: World, django_assert_num_queries):
    account, day = world.accounts["officer"], clock.today()
    with django_assert_num_queries(1):
        read = queries.active(account.pk)
        at_once = queries.actor(read, day)
    with django_assert_num_queries(1):
        again = queries.actor(read, day)
    assert at_once == again == queries.actor(Account.objects.get(pk=account.pk), day)
    assert vars(read).keys() == vars(Account.objects.get(pk=account.pk)).keys()


def test_postings_read_with_the_account_serve_once(world: World):
    account, day = world.accounts["officer"], clock.today()
    read = queries.active(account.pk)
    Posting.objects.filter(account=account).update(until=day)
    assert queries.actor(read, day).posts, "as they were when it was read"
    assert not queries.actor(read, day).posts


@pytest.mark.parametrize(("since", "until"), [(-9, None), (0, None), (1, None), (-9, 0), (-9, 1), (0, 0)])
def test_they_are_in_force_on_the_days_on_which_the_model_says_so(world: World, since, until):
    account, day = world.accounts["officer"], clock.today()
    till = None if until is None else day + timedelta(days=until)
    Posting.objects.filter(account=account).update(since=day + timedelta(days=since), until=till)
    for on in (day - timedelta(days=1), day, day + timedelta(days=1)):
        wanted = list(Posting.objects.filter(account=account).in_force(on).values_list("role", flat=True))
        for read in (Account.objects.get(pk=account.pk), queries.active(account.pk)):
            assert [post.role for post in queries.actor(read, on).posts] == wanted


def test_whoever_has_no_posting_holds_none(world: World):
    account = world.accounts["officer"]
    Posting.objects.filter(account=account).update(account=world.accounts["organizer"])
    assert queries.actor(queries.active(account.pk), clock.today()).posts == ()


def test_whoever_is_locked_or_unknown_is_nobody(world: World):
    account = world.accounts["officer"]
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert queries.active(account.pk) is None
    assert queries.active(0) is None
