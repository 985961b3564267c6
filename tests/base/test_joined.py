"""How much of the journal is read at once, from a table of SQLite's own: entries grow longer on the way."""

import sqlite3

import pytest

from dabiao.base.journal import joined
from dabiao.base.journal.shares import ALL

COLUMNS = "chain, seq, previous, algorithm, act, actor, received_at, body, digest"
SHORT, LONG = 1000, 20_000  # bytes of a body
MANY, FEW = 1000, 200
ROOM = 100_000


@pytest.fixture
def driver():
    made = sqlite3.connect(":memory:")
    made.execute(f"CREATE TABLE base_journal_entry (id INTEGER PRIMARY KEY, {COLUMNS})")
    for key in range(1, MANY + FEW + 1):
        body = "x" * (SHORT if key <= MANY else LONG)
        row = (key, "c", key, "0", "sha256", f"act {key % 7}", 1, "2026-03-16 01:00:00", body, "1")
        made.execute(f"INSERT INTO base_journal_entry VALUES ({', '.join('?' * 10)})", row)
    yield made
    made.close()


def blocks(driver):
    return [(each.count, len(each.bodies)) for each in joined.entries(driver, ALL)]


def test_short_ones_come_by_the_span_soon(driver):
    assert [count for count, _ in blocks(driver)][:5] == [25, 50, 100, 200, 400]


def test_of_long_ones_no_more_than_have_room_but_for_the_first_block(driver, monkeypatch):
    monkeypatch.setattr(joined, "ROOM", ROOM)
    told = blocks(driver)
    assert sum(count for count, _ in told) == MANY + FEW
    over = [size for _, size in told if size > 2 * ROOM]  # as long as those before: a guess
    assert len(over) <= 1
    assert max(count for count, _ in told[-3:]) <= ROOM // LONG


def test_without_a_bound_they_all_come_at_once(driver, monkeypatch):
    monkeypatch.setattr(joined, "ROOM", 1 << 40)
    assert max(size for _, size in blocks(driver)) > FEW * LONG // 2
