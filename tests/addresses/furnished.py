"""One furnished world for a module; every request finds it as it was."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from addresses import creating, desks, files, following, grading, props, reviewing, supervising, working
from addresses.asking import Asking
from addresses.stage import Stage, frozen, people_and_places
from dabiao.creation.models import Case
from dabiao.office.creation import commitment
from dabiao.office.grading import printing as certificates
from dabiao.office.reviews import papers
from dabiao.office.sheets import printing
from dabiao.reviews.models import Review

ONE = {"one_open_case_a_unit", "one_running_review_a_case"}


@contextmanager
def _quiet() -> Iterator[None]:
    """Thousands of refusals are asked for; none is news."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _several_at_once() -> Iterator[None]:
    """Of what a unit or a case has one at a time the stage has one in each state.

    Lifted around the stage's transaction, not in it: once a transaction has changed the schema, SQLite reads
    all of it anew after every rollback, to a savepoint too; and every request of ours is rolled back.
    """
    found = [
        (model, each) for model in (Case, Review) for each in model._meta.constraints if each.name in ONE
    ]
    assert len(found) == len(ONE)
    with connection.schema_editor() as editor:
        for model, constraint in found:
            editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for model, constraint in found:
                editor.add_constraint(model, constraint)


@contextmanager
def _undone() -> Iterator[None]:
    """As Django's TestCase does it: one transaction, rolled back."""
    around = transaction.atomic()
    around._from_testcase = True  # acts that ask for a transaction of their own
    around.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """In one transaction around the module."""
    with django_db_blocker.unblock(), frozen(), _quiet():
        assert "dabiao.sqlite3" not in str(connection.settings_dict["NAME"]), "mark the tests: django_db"
        with _several_at_once(), _undone():
            made = Stage(people_and_places())
            props.furnish(made)
            creating.furnish(made)
            desks.furnish(made)
            files.furnish(made)
            grading.furnish(made)
            reviewing.furnish(made)
            working.furnish(made)
            following.furnish(made)
            supervising.furnish(made)
            yield made


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
