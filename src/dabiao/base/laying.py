"""A new database is laid down from the models as they are; one in use goes through its migrations.

Both give the same, as tests/base/test_laying.py shows. What migrations do beyond the
models (triggers, the word index) they do here too, in their order, upon the empty tables.
"""

from collections.abc import Iterator
from typing import cast

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps
from django.db.models import Model


def lay_down(connection: BaseDatabaseWrapper) -> None:
    """Create everything and note all migrations as applied, or nothing. The database is empty."""
    plan, recorder = _plan(connection), MigrationRecorder(connection)
    with connection.schema_editor() as editor:  # one transaction
        for model in _models():
            editor.create_model(model)
        editor.create_model(recorder.Migration)
        for step in _beyond(plan):
            step.code(cast(StateApps, apps), editor)  # as they stand: there is no older state
        for migration in plan:
            recorder.record_applied(migration.app_label, migration.name)


def _plan(connection: BaseDatabaseWrapper) -> list[Migration]:
    """All migrations in their order."""
    graph = MigrationLoader(connection).graph
    keys = [key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf)]
    return [graph.nodes[key] for key in dict.fromkeys(keys)]


def _models() -> Iterator[type[Model]]:
    """Tables between two others are made with the one that declares them."""
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
            yield model


def _beyond(plan: list[Migration]) -> Iterator[RunPython]:
    for step in (each for migration in plan for each in migration.operations):
        if isinstance(step, RunSQL):
            raise NotImplementedError(f"{step}: say it in Python, for both databases")
        if isinstance(step, RunPython):
            yield step
