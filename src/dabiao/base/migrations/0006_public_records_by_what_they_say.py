"""Indices of the public register, in the order its pages are read: newest first, also within one filter.

Raw, for no model can say them alike on both databases. A later migration that alters the table makes SQLite
build it anew without them: create them again there.
"""

from django.db import migrations

TABLE = "base_public_record"
TOLD = ("uscc", "unit", "review_unit", "industry_code", "jurisdiction_code", "level")
SPELLED = {"sqlite": "JSON_EXTRACT(payload, '$.{}')", "postgresql": "(payload ->> '{}')"}


def create(apps, schema_editor):
    spelled = SPELLED[schema_editor.connection.vendor]
    columns = {"newest": "kind", **{name: f"kind, {spelled.format(name)}" for name in TOLD}}
    with schema_editor.connection.cursor() as cursor:
        for name, first in columns.items():
            cursor.execute(f"CREATE INDEX public_record_{name} ON {TABLE} ({first}, since DESC, id DESC)")


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for name in ("newest", *TOLD):
            cursor.execute(f"DROP INDEX public_record_{name}")


class Migration(migrations.Migration):
    dependencies = [("base", "0005_bulk_triggers")]

    operations = [migrations.RunPython(create, drop)]
