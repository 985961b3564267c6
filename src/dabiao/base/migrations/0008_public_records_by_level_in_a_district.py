"""Two more indices of the public register: one level in a district, and one trade in it, newest first.

Raw like those of 0006, and for the same reason: a later migration that alters the table creates them again.
"""

from django.db import migrations

TABLE = "base_public_record"
TOGETHER = {
    "public_record_district_level": ("jurisdiction_code", "level"),
    "public_record_trade_district": ("industry_code", "jurisdiction_code"),
}
SPELLED = {"sqlite": "JSON_EXTRACT(payload, '$.{}')", "postgresql": "(payload ->> '{}')"}


def create(apps, schema_editor):
    spelled = SPELLED[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        for name, words in TOGETHER.items():
            told = ", ".join(spelled.format(word) for word in words)
            cursor.execute(f"CREATE INDEX {name} ON {TABLE} (kind, {told}, since DESC, id DESC)")


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for name in TOGETHER:
            cursor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("base", "0007_public_records_by_trade_of_a_firm")]

    operations = [migrations.RunPython(create, drop)]
