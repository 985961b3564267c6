"""One demonstration city for a module: telling it takes seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from dabiao.demo import city
from dabiao.demo.mark import City

AT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday afternoon in Shanghai


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """The city of `make demo`, in a transaction around the module, rolled back."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  as Django's own test cases say it
        around.__enter__()
        try:
            yield city.made(seed=1, scale=1.0, at=AT)
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
