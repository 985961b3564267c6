"""One furnished world for a module; every request finds it as it was."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from addresses import creating, desks, files, grading, props, reviewing, working
from addresses.asking import Asking
from addresses.stage import Stage, frozen, people_and_places
from dabiao.office.creation import commitment
from dabiao.office.grading import printing as certificates
from dabiao.office.reviews import papers
from dabiao.office.sheets import printing


@contextmanager
def _quiet() -> Iterator[None]:
    """Thousands of refusals are asked for; none is news."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """As Django's TestCase does it: one transaction around the module, rolled back."""
    with django_db_blocker.unblock(), frozen(), _quiet():
        assert "dabiao.sqlite3" not in str(connection.settings_dict["NAME"]), "mark the tests: django_db"
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  acts that ask for a transaction of their own
        around.__enter__()
        try:
            made = Stage(people_and_places())
            props.furnish(made)
            creating.furnish(made)
            desks.furnish(made)
            files.furnish(made)
            grading.furnish(made)
            reviewing.furnish(made)
            working.furnish(made)
            yield made
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def asking(stage: Stage) -> Iterator[Asking]:
    """Who may have a document is the question here; what is in it costs a second and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "sheet_pdf", lambda document: b"%PDF-1.7")
        patch.setattr(papers, "sheet_pdf", lambda document: b"%PDF-1.7")
        patch.setattr(papers, "sheet_word", lambda document: b"PK")
        patch.setattr(printing, "sheet_word", lambda document: b"PK")
        patch.setattr(commitment, "commitment_pdf", lambda letter: b"%PDF-1.7")
        patch.setattr(certificates, "certificate_pdf", lambda certificate: b"%PDF-1.7")
        yield Asking(stage)
