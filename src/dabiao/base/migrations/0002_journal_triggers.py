"""The database itself refuses to change or delete what the journal holds.

There is no way back: production has no path that lifts the triggers. Creating them again (after somebody dropped
them) is `dabiao doctor --mend`; existing ones are left alone.
A later migration that alters one of these tables on SQLite rebuilds it without triggers and must create them anew.
"""

from django.db import migrations

REFUSAL = "留痕台账只能追加，不能修改或删除"

# Table -> what makes an inserted row replace an existing one (INSERT OR REPLACE fires no delete trigger on SQLite).
CLASH = {
    "base_journal_entry": "id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq)",
    "base_journal_position": "position = NEW.position OR entry_id = NEW.entry_id",
    "base_checkpoint": "id = NEW.id OR last = NEW.last",
}


def sqlite(table):
    """Statements that create the triggers of one table."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    create = f"CREATE TRIGGER IF NOT EXISTS {table}"
    return [
        f"{create}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"{create}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{create}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {CLASH[table]}) {refuse}",
    ]


FUNCTION = f"""CREATE OR REPLACE FUNCTION base_journal_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23001';
END;
$$ LANGUAGE plpgsql"""


def postgresql(table):
    """Name -> statement; EXECUTE PROCEDURE is understood by PostgreSQL and all its descendants."""
    row, whole = "FOR EACH ROW", "FOR EACH STATEMENT"
    events = {"no_update": ("UPDATE", row), "no_delete": ("DELETE", row), "no_truncate": ("TRUNCATE", whole)}
    return {
        f"{table}_{name}": f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} {each} "
        "EXECUTE PROCEDURE base_journal_refuse()"
        for name, (event, each) in events.items()
    }


def create(apps, schema_editor):
    """Create whatever trigger is not there."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for statement in (one for table in CLASH for one in sqlite(table)):
                cursor.execute(statement)
            return
        cursor.execute(FUNCTION)
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}
        for table in CLASH:
            for name, statement in postgresql(table).items():
                if name not in there:
                    cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_plumbing")]

    operations = [migrations.RunPython(create)]
