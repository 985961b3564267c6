"""What an address of a database says, and what every connection to PostgreSQL is told."""

import pytest
from django.db import connection

from dabiao.config import env


def test_an_address_names_server_user_and_database() -> None:
    found = env.database("postgresql://office:se%40cret@db.example:6543/dabiao?connect_timeout=3")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6543", "dabiao")
    assert (found["USER"], found["PASSWORD"]) == ("office", "se@cret")
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert options["connect_timeout"] == "3"
    assert options["options"] == "-c jit=off -c join_collapse_limit=4"


@pytest.mark.django_db
def test_a_page_does_not_wait_for_every_order_of_joins() -> None:
    """SQLite has no such settings and its planner no such habit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('jit'), current_setting('join_collapse_limit')")
            assert cursor.fetchone() == ("off", "4")


def test_another_kind_of_database_is_refused_in_words() -> None:
    with pytest.raises(SystemExit, match="只支持"):
        env.database("mysql://localhost/dabiao")
