"""A published bulk act can be neither changed nor deleted; an unpublished one can be undone, its chunks never altered."""

from django.db import migrations

REFUSAL = "已生效的整批办理只能追加，不能修改或删除"

# Of a batch everything is settled by its publication, but for how many updates still wait to be made.
COLUMNS = "id, act, title, source, algorithm, after, begun_at, touched_at, entry_id"
BATCH, CHUNK = "base_batch", "base_batch_chunk"
PUBLISHED = "OLD.entry_id IS NOT NULL"
OF_PUBLISHED = "EXISTS (SELECT 1 FROM base_batch WHERE id = OLD.batch_id AND entry_id IS NOT NULL)"
SQLITE = {
    f"{BATCH}_no_update": f"BEFORE UPDATE OF {COLUMNS} ON {BATCH} WHEN {PUBLISHED}",
    f"{BATCH}_no_delete": f"BEFORE DELETE ON {BATCH} WHEN {PUBLISHED}",
    f"{BATCH}_no_replace": f"BEFORE INSERT ON {BATCH} WHEN EXISTS (SELECT 1 FROM {BATCH} "
    "WHERE (id = NEW.id OR entry_id = NEW.entry_id) AND entry_id IS NOT NULL)",
    f"{CHUNK}_no_update": f"BEFORE UPDATE ON {CHUNK}",
    f"{CHUNK}_no_delete": f"BEFORE DELETE ON {CHUNK} WHEN {OF_PUBLISHED}",
    f"{CHUNK}_no_replace": f"BEFORE INSERT ON {CHUNK} WHEN EXISTS (SELECT 1 FROM {CHUNK} "
    "WHERE id = NEW.id OR (batch_id = NEW.batch_id AND number = NEW.number))",
}
ROW, WHOLE = "FOR EACH ROW", "FOR EACH STATEMENT"
REFUSE, REFUSE_PUBLISHED = "base_journal_refuse", "base_batch_refuse"
POSTGRESQL = {
    f"{BATCH}_no_update": f"BEFORE UPDATE OF {COLUMNS} ON {BATCH} {ROW} WHEN ({PUBLISHED}) EXECUTE PROCEDURE {REFUSE}()",
    f"{BATCH}_no_delete": f"BEFORE DELETE ON {BATCH} {ROW} WHEN ({PUBLISHED}) EXECUTE PROCEDURE {REFUSE}()",
    f"{BATCH}_no_truncate": f"BEFORE TRUNCATE ON {BATCH} {WHOLE} EXECUTE PROCEDURE {REFUSE}()",
    f"{CHUNK}_no_update": f"BEFORE UPDATE ON {CHUNK} {ROW} EXECUTE PROCEDURE {REFUSE}()",
    f"{CHUNK}_no_delete": f"BEFORE DELETE ON {CHUNK} {ROW} EXECUTE PROCEDURE {REFUSE_PUBLISHED}()",
    f"{CHUNK}_no_truncate": f"BEFORE TRUNCATE ON {CHUNK} {WHOLE} EXECUTE PROCEDURE {REFUSE}()",
}
FUNCTION = f"""CREATE OR REPLACE FUNCTION {REFUSE_PUBLISHED}() RETURNS trigger AS $$
BEGIN
    IF {OF_PUBLISHED} THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23001';
    END IF;
    RETURN OLD;
END;
$$ LANGUAGE plpgsql"""


def create(apps, schema_editor):
    """Create whatever trigger is not there."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name, when in SQLITE.items():
                refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when} {refuse}")
            return
        cursor.execute(FUNCTION)
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}
        for name, when in POSTGRESQL.items():
            if name not in there:
                cursor.execute(f"CREATE TRIGGER {name} {when}")


class Migration(migrations.Migration):
    dependencies = [("base", "0004_bulk_acts")]

    operations = [migrations.RunPython(create)]
