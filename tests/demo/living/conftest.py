"""One demonstration city for all of them: telling it takes half a minute."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from dabiao.demo import city
from dabiao.demo.mark import City
from demo.conftest import AT


@pytest.fixture(scope="package")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """The city of `make demo`, in a transaction around the package, rolled back."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # as Django's own test cases say it
        around.__enter__()
        try:
            yield city.made(seed=1, scale=1.0, at=AT)
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
