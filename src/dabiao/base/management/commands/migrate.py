"""`migrate`, which lays an empty database down at once: going through history takes many seconds."""

from typing import Any

from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections

from dabiao.base.laying import lay_down

# What asks for something else than everything: then history is gone through, as it is for a database in use.
PARTICULAR = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if any(options.get(each) for each in PARTICULAR) or connection.introspection.table_names():
            super().handle(*args, **options)
            return
        connection.prepare_database()
        lay_down(connection)
        emit_post_migrate_signal(options["verbosity"], options["interactive"], connection.alias)
