"""The public register by parts of the names in it: an inverted index of the pairs of characters side by side.

PostgreSQL keeps it as any index, over a function; SQLite in a contentless FTS5 table, by triggers. Nothing else
writes it, and nothing can forget to. Signs people leave out are no part of a name here. `base/naming.py` asks it.
"""

from django.db import migrations

TABLE, WORDS, PAIRS = "base_public_record", "base_public_record_words", "base_public_record_pairs"
SIGNS = "（）() 　·・•-－—“”\"《》&＆、，,./"
AT_ONCE = 6  # signs taken away by one step
LONGEST = 120  # characters of a unit's name

POSTGRESQL = (
    f"""CREATE FUNCTION {PAIRS}(name text) RETURNS text[] AS $$
SELECT array_agg(substr(n, i, 2)) FROM (SELECT translate(name, '{SIGNS}', '') AS n) AS plain,
generate_series(1, length(n) - 1) AS i
$$ LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000""",
    # What has come lately is looked through one by one: never more of it than takes no time.
    f"CREATE INDEX {WORDS} ON {TABLE} USING gin ({PAIRS}(payload ->> 'unit')) WITH (gin_pending_list_limit = 64)",
)


def _unit(row):
    return f"JSON_EXTRACT({row}.payload, '$.unit')"


def _plain(row):
    """A table of one row, `n`: the name without signs. Step by step, for SQLite takes few calls within calls."""
    plain = f"(SELECT {_unit(row)} AS n)"
    for start in range(0, len(SIGNS), AT_ONCE):
        told = "n"
        for sign in SIGNS[start : start + AT_ONCE]:
            told = f"replace({told}, '{sign}', '')"
        plain = f"(SELECT {told} AS n FROM {plain})"
    return plain


def _words(row):
    """Its pairs as one text; in a trigger nothing can be said twice but by spelling it twice."""
    places = ",".join(map(str, range(1, LONGEST)))
    pairs = "group_concat('n' || substr(n, value, 2), ' ')"
    once = f"(SELECT n FROM {_plain(row)} LIMIT 1)"  # not for every place anew
    return f"(SELECT {pairs} FROM {once}, json_each('[{places}]') WHERE value < length(n))"


def _sqlite():
    enter = f"INSERT INTO {WORDS}(rowid, words) VALUES (NEW.id, {_words('NEW')})"
    leave = f"INSERT INTO {WORDS}({WORDS}, rowid, words) VALUES ('delete', OLD.id, {_words('OLD')})"
    new, old = _unit("NEW"), _unit("OLD")
    on = f"ON {TABLE} WHEN"
    return (
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
        f"CREATE TRIGGER {WORDS}_enter AFTER INSERT {on} {new} IS NOT NULL BEGIN {enter}; END",
        f"CREATE TRIGGER {WORDS}_leave AFTER DELETE {on} {old} IS NOT NULL BEGIN {leave}; END",
        # Another name, though records are not meant to get one.
        f"CREATE TRIGGER {WORDS}_change_old AFTER UPDATE {on} {old} IS NOT NULL AND {new} IS NOT {old} BEGIN {leave}; END",
        f"CREATE TRIGGER {WORDS}_change_new AFTER UPDATE {on} {new} IS NOT NULL AND {new} IS NOT {old} BEGIN {enter}; END",
        f"INSERT INTO {WORDS}(rowid, words) SELECT r.id, {_words('r')} FROM {TABLE} AS r WHERE {_unit('r')} IS NOT NULL",
    )


def create(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    with schema_editor.connection.cursor() as cursor:
        for statement in _sqlite() if sqlite else POSTGRESQL:
            cursor.execute(statement)


def drop(apps, schema_editor):
    sqlite = [f"DROP TRIGGER {WORDS}_{name}" for name in ("enter", "leave", "change_old", "change_new")]
    postgresql = [f"DROP INDEX {WORDS}", f"DROP FUNCTION {PAIRS}"]
    of_sqlite = schema_editor.connection.vendor == "sqlite"
    with schema_editor.connection.cursor() as cursor:
        for statement in [*sqlite, f"DROP TABLE {WORDS}"] if of_sqlite else postgresql:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0008_public_records_by_level_in_a_district")]

    operations = [migrations.RunPython(create, drop)]
