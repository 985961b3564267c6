"""Prints what a database of DABIAO_DATABASE_URL is made of, laid down here: at once, or by `--history`."""

import json
import re
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.commands.migrate import Command as History  # noqa: E402
from django.db import connection  # noqa: E402

POSTGRESQL = (
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,"
    " is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT app, name FROM django_migrations",
)
SQLITE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master",
    "SELECT app, name FROM django_migrations",
)


def main() -> None:
    call_command(History() if "--history" in sys.argv else "migrate", verbosity=0, interactive=False)
    found = []
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
            found += [" | ".join(_plain(cell) for cell in row) for row in cursor.fetchall()]
    sys.stdout.write(json.dumps(sorted(found), ensure_ascii=False))


def _plain(cell: object) -> str:
    """A table's definition without regard to the order of its columns."""
    told = str(cell)
    if not told.startswith("CREATE TABLE"):
        return told
    head, _, inside = told.partition("(")
    parts = re.split(r", (?![^(]*\))", inside.rstrip().removesuffix(")"))
    return f"{head}({', '.join(sorted(each.strip() for each in parts))})"


if __name__ == "__main__":
    main()
