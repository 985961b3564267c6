"""Signing in never writes past the journal, not even to renew an old password hash."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from dabiao.people.models import Account
from world import PASSWORD, World


def test_an_old_hash_signs_in_and_stays(world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    officer = world.accounts["officer"]
    old = make_password(PASSWORD, hasher="md5")
    Account.objects.filter(pk=officer.pk).update(password=old)
    answer = Client().post(reverse("sign_in"), {"login": officer.login, "password": PASSWORD})
    assert answer.status_code == 302
    assert Account.objects.get(pk=officer.pk).password == old


def test_giving_ones_password_again_leaves_an_old_hash_too(world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    old = make_password(PASSWORD, hasher="md5")
    Account.objects.filter(pk=world.accounts["principal"].pk).update(password=old)
    principal = Account.objects.get(pk=world.accounts["principal"].pk)
    assert principal.check_password(PASSWORD)
    assert Account.objects.get(pk=principal.pk).password == old
