"""What an address of a database says, and what every connection to PostgreSQL is told."""

from pathlib import Path

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


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        ("DABIAO_IDLE", "eight", "DABIAO_IDLE 应为不小于零的整数，如 480，现为“eight”"),
        ("DABIAO_SESSIONS_ADMIN", "-1", "DABIAO_SESSIONS_ADMIN 应为不小于零的整数"),
        ("DABIAO_CLOCK", "tomorrow", "DABIAO_CLOCK 应写成“\\+400d”或“-36h”，现为“tomorrow”"),
        ("DABIAO_CLOCK", "d", "DABIAO_CLOCK 应写成"),
        ("DABIAO_CLOCK", "@/nowhere/clock", "DABIAO_CLOCK 应写成"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    name: str, written: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DABIAO_DATA", str(tmp_path))
    monkeypatch.setenv(name, written)
    with pytest.raises(SystemExit, match=words):
        env.read()


@pytest.mark.parametrize("written", ["", "+400d", "-30d", "+36h", " 5d "])
def test_a_clock_is_shifted_by_days_or_hours(
    written: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DABIAO_DATA", str(tmp_path))
    monkeypatch.setenv("DABIAO_CLOCK", written)
    assert env.read().clock == written.strip()


def test_a_clock_may_be_shifted_by_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("+3d")
    monkeypatch.setenv("DABIAO_DATA", str(tmp_path))
    monkeypatch.setenv("DABIAO_CLOCK", f"@{tmp_path / 'clock'}")
    assert env.read().clock == f"@{tmp_path / 'clock'}"
