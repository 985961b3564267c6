"""One more index of the public register: what a review unit reviewed in one trade, newest first.

Raw like those of 0006, and for the same reason: a later migration that alters the table creates it again.
"""

from django.db import migrations

TABLE = "base_public_record"
NAME = "public_record_review_unit_trade"
SPELLED = {
    "sqlite": "JSON_EXTRACT(payload, '$.review_unit'), JSON_EXTRACT(payload, '$.industry_code')",
    "postgresql": "(payload ->> 'review_unit'), (payload ->> 'industry_code')",
}


def create(apps, schema_editor):
    told = SPELLED[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX {NAME} ON {TABLE} (kind, {told}, since DESC, id DESC)")


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("base", "0006_public_records_by_what_they_say")]

    operations = [migrations.RunPython(create, drop)]
