from django.db import migrations

WORDS, CARDS = "organisations_unit_words", "organisations_unit_card"
CLEAR = {
    "sqlite": f"INSERT INTO {WORDS}({WORDS}) VALUES ('delete-all')",
    "postgresql": f"DELETE FROM {WORDS}",
}


def clear(apps, schema_editor):
    """Cards and words are derived; the first `dabiao tick` makes them anew, with the words as they are now."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(CLEAR[schema_editor.connection.vendor])
        cursor.execute(f"DELETE FROM {CARDS}")


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_word_index_in_bulk")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
