"""The database itself refuses to change what a published edition or a rulebook says.

What may still change of an edition: its state, its last day, its version. A later migration that alters one of
these tables on SQLite rebuilds it without triggers and must create them anew.
"""

from django.db import migrations

REFUSAL = "已发布的标准和规则册不能修改"
EDITION, ITEM, RULEBOOK = "standards_edition", "standards_edition_item", "standards_rulebook"
KEPT = ("standard_id", "label", "frame", "digest", "source", "published_at", "in_force")

# An item is frozen by its edition's state.
FROZEN = f"(SELECT state FROM {EDITION} WHERE id = {{row}}.edition_id) <> 'draft'"
CHANGED = " OR ".join(f"OLD.{name}{{cast}} IS DISTINCT FROM NEW.{name}{{cast}}" for name in KEPT)


def sqlite():
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    changed = CHANGED.format(cast="").replace("IS DISTINCT FROM", "IS NOT")
    when = {
        f"{EDITION}_frozen BEFORE UPDATE ON {EDITION}": f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed})",
        f"{ITEM}_frozen BEFORE UPDATE ON {ITEM}": f"{FROZEN.format(row='OLD')} OR {FROZEN.format(row='NEW')}",
        f"{ITEM}_no_more BEFORE INSERT ON {ITEM}": FROZEN.format(row="NEW"),
        f"{RULEBOOK}_frozen BEFORE UPDATE ON {RULEBOOK}": "1",
    }
    return [f"CREATE TRIGGER {head} WHEN {condition} {refuse}" for head, condition in when.items()]


def postgresql():
    function = f"""CREATE OR REPLACE FUNCTION standards_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23001';
END;
$$ LANGUAGE plpgsql"""
    item = f"""CREATE OR REPLACE FUNCTION standards_refuse_item() RETURNS trigger AS $$
BEGIN
    IF {FROZEN.format(row="NEW")} OR (TG_OP = 'UPDATE' AND {FROZEN.format(row="OLD")}) THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql"""
    changed = CHANGED.format(cast="::text")
    row = "FOR EACH ROW"
    return [
        function,
        item,
        f"CREATE TRIGGER {EDITION}_frozen BEFORE UPDATE ON {EDITION} {row} "
        f"WHEN (OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed})) EXECUTE PROCEDURE standards_refuse()",
        f"CREATE TRIGGER {ITEM}_frozen BEFORE INSERT OR UPDATE ON {ITEM} {row} "
        "EXECUTE PROCEDURE standards_refuse_item()",
        f"CREATE TRIGGER {RULEBOOK}_frozen BEFORE UPDATE ON {RULEBOOK} {row} EXECUTE PROCEDURE standards_refuse()",
    ]


def create(apps, schema_editor):
    statements = sqlite() if schema_editor.connection.vendor == "sqlite" else postgresql()
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(apps, schema_editor):
    sqlite_names = (f"{EDITION}_frozen", f"{ITEM}_frozen", f"{ITEM}_no_more", f"{RULEBOOK}_frozen")
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name in sqlite_names:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for table in (EDITION, ITEM, RULEBOOK):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
        cursor.execute("DROP FUNCTION IF EXISTS standards_refuse()")
        cursor.execute("DROP FUNCTION IF EXISTS standards_refuse_item()")


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_editions_in_force_and_overlay_changes")]

    operations = [migrations.RunPython(create, drop)]
