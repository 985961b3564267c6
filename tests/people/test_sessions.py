"""A session is read as the framework keeps it: whole while it lasts, gone for good once it is over."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore as Framework
from django.contrib.sessions.models import Session

from dabiao.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**values):
    store = SessionStore()
    store.update(values)
    store.save()
    return store.session_key


def test_what_was_put_in_comes_back_as_from_the_framework():
    key = kept(began="2026-03-02T02:00:00+00:00", second_factor=True)
    read = SessionStore(key)
    assert (
        dict(read.items())
        == dict(Framework(key).items())
        == {
            "began": "2026-03-02T02:00:00+00:00",
            "second_factor": True,
        }
    )


@pytest.mark.parametrize("hours", [1, 24])
def test_one_that_is_over_holds_nothing_and_its_key_is_given_up(hours):
    key = kept(began="then")
    row = Session.objects.get(pk=key)
    Session.objects.filter(pk=key).update(expire_date=row.expire_date - timedelta(days=1, hours=hours))
    read = SessionStore(key)
    assert (read.get("began"), read.session_key) == (None, None)


def test_one_that_lasts_a_moment_longer_still_holds():
    store = SessionStore()
    store["began"] = "now"
    store.set_expiry(30)
    store.save()
    assert SessionStore(store.session_key)["began"] == "now"


def test_a_key_nobody_was_given_holds_nothing():
    read = SessionStore("a" * 32)
    assert (dict(read.items()), read.session_key) == ({}, None)


def test_what_each_reader_gets_is_its_own():
    key = kept(shown=["a"])
    SessionStore(key)["shown"].append("b")
    assert SessionStore(key)["shown"] == ["a"]


def test_what_was_changed_past_its_signature_holds_nothing_though_the_true_text_is_known():
    key = kept(began="then")
    assert SessionStore(key)["began"] == "then"
    row = Session.objects.get(pk=key)
    Session.objects.filter(pk=key).update(session_data=row.session_data[:-1] + "~")
    assert dict(SessionStore(key).items()) == {}


def test_under_another_key_a_known_text_holds_nothing_but_where_the_old_one_still_counts(settings):
    key, old = kept(began="then"), settings.SECRET_KEY
    assert SessionStore(key)["began"] == "then"
    settings.SECRET_KEY = "another" * 10
    assert dict(SessionStore(key).items()) == {}
    settings.SECRET_KEY_FALLBACKS = [old]
    assert SessionStore(key)["began"] == "then"
