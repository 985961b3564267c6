"""The field page as bytes: small enough for one bar of signal, the same for all, kept whole or not at all."""

import base64
import gzip
import hashlib
import json
import re

import pytest
from django.test import Client

from dabiao.field import shell

MOST = 150_000  # bytes, compressed, all of the page


@pytest.fixture(autouse=True)
def fresh():
    made = (shell.version, shell.page, shell.manifest, shell.worker)
    for each in made:
        each.cache_clear()
    yield
    for each in made:
        each.cache_clear()


def told() -> dict[str, str]:
    """Address -> digest, as the worker is told."""
    first = shell.worker().partition(b";\n")[0].removeprefix(b"self.SHELL = ")
    return dict(json.loads(first)["files"])


def test_all_of_the_page_is_small():
    parts = [shell.page(), shell.worker(), shell.manifest(), *(shell.content(name) for name in shell.FILES)]
    sizes = [len(gzip.compress(each)) for each in parts]
    assert sum(sizes) <= MOST, sizes


def test_whatever_the_page_names_is_kept_without_a_signal():
    named = set(re.findall(r'(?:src|href|data-icons)="([^"]+)"', shell.page().decode()))
    assert len(named) >= 6
    assert named <= set(told())


def test_the_worker_knows_the_bytes_the_server_gives(world, signed_in):
    client = signed_in("reviewer")
    for address in ("/field/", "/field/manifest.webmanifest"):
        body = client.get(address).content
        assert told()[address] == "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def test_the_page_is_the_same_for_everybody_and_names_nobody(world, signed_in):
    reviewer, expert = (signed_in(who).get("/field/").content for who in ("reviewer", "expert"))
    assert reviewer == expert
    assert "示例" not in reviewer.decode()


def test_without_a_session_the_page_leads_to_the_sign_in_and_back(db):
    answered = Client().get("/field/")
    assert (answered.status_code, answered["Location"]) == (302, "/office/sign-in/?next=/field/")


@pytest.mark.parametrize("name", [*shell.FILES, shell.WORKER])
def test_a_file_that_changes_makes_a_new_version(name, monkeypatch):
    before, content = shell.version(), shell.content
    shell.version.cache_clear()
    monkeypatch.setattr(shell, "content", lambda each: content(each) + (b" " if each == name else b""))
    assert shell.version() != before


def test_a_page_that_was_not_built_says_so(db, monkeypatch):
    monkeypatch.setattr(shell, "WORKER", "built/nothing.js")
    answered = Client().get("/field/worker.js")
    assert answered.status_code == 503
    assert "尚未构建" in answered.content.decode()
