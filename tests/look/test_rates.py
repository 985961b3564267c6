"""Where each rate is counted: what guards a secret in one place for all workers, over restarts too."""

import ast
from pathlib import Path

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache, caches
from django.test import RequestFactory

import dabiao
from dabiao.config import settings as product
from dabiao.kernel.errors import TooMany
from dabiao.look import rates
from dabiao.look.rates import HERE, SHARED, Rate, spend

# Decided one by one; a rate that is not here fails the test below until somebody has thought about it.
COUNTED = {
    "commitment": SHARED,  # a password is tried
    "factor": SHARED,  # a code of six digits is tried
    "feedback": SHARED,  # people read what comes in
    "field": HERE,  # the processor, of a signed-in device gone wild
    "journal_verify": SHARED,  # six long runs; six in every worker would be what it is to keep off
    "objection": SHARED,  # people read what comes in
    "password": SHARED,  # a password is tried
    "receipt": SHARED,  # a number of a receipt is tried
}


@pytest.fixture(autouse=True)
def none_counted():
    for each in caches.all():
        each.clear()


def declared():
    """Name of every Rate in the source -> where it is counted."""
    for path in Path(dabiao.__file__).parent.rglob("*.py"):
        text = path.read_text()
        for call in ast.walk(ast.parse(text)) if "Rate(" in text else ():
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Rate":
                place = ast.unparse(call.args[3]) if len(call.args) > 3 else "SHARED"
                yield ast.literal_eval(call.args[0]), getattr(rates, place)


def test_where_each_rate_is_counted_is_decided_one_by_one():
    assert dict(declared()) == COUNTED


def test_what_is_shared_lies_in_files_of_the_data_folder_and_what_is_not_in_memory():
    shared, here = product.CACHES[SHARED], product.CACHES[HERE]
    assert shared["BACKEND"].endswith("FileBasedCache")
    assert Path(shared["LOCATION"]).parent == product.ENV.data
    assert here["BACKEND"].endswith("LocMemCache")
    assert set(settings.CACHES) == {SHARED, HERE}


def test_the_rates_of_signing_in_are_counted_where_all_workers_see_them():
    assert ratelimit.cache is cache


@pytest.mark.parametrize(("counted", "other"), [(SHARED, HERE), (HERE, SHARED)])
def test_a_rate_is_spent_where_it_says_and_nowhere_else(counted, other):
    rate, request = Rate("trying", 2, 60, counted), RequestFactory().get("/")
    spend(rate, request, "够了")
    spend(rate, request, "够了")
    caches[other].clear()
    with pytest.raises(TooMany, match="够了"):
        spend(rate, request, "够了")
    caches[counted].clear()
    spend(rate, request, "够了")
