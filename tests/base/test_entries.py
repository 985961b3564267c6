"""One act, one entry: all or nothing, in the right order, with what was secret kept so."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from base import tiny
from dabiao.base import canonical
from dabiao.base.journal import entries as journal
from dabiao.base.journal import replay
from dabiao.base.journal.findings import Status
from dabiao.base.models import CalendarYear, JournalEntry, PublicRecord
from dabiao.kernel.errors import Conflict, OutOfTurn
from dabiao.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> PublicRecord:
    made = tiny.record("1")
    tiny.write(made)
    return made


def writing(row: Any) -> Any:
    return journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=row)


def test_an_entry_costs_two_queries(record: PublicRecord) -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        writing(record) as work,
    ):
        work.change(record, kind="y")
    hold = 1 if connection.vendor == "postgresql" else 0
    points = sum("SAVEPOINT" in query["sql"] for query in queries)
    assert len(queries) - points == 3 + hold


def test_what_fails_leaves_neither_change_nor_entry(record: PublicRecord) -> None:
    def fail() -> None:
        with writing(record) as work:
            work.change(record, kind="y")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (PublicRecord.objects.get().kind, JournalEntry.objects.count()) == ("x", 1)


def test_a_stale_version_is_a_conflict_that_shows_theirs() -> None:
    row = CalendarYear(year=2030, source="示例")
    tiny.write(row)
    with writing(row) as work:
        work.change(row, version=1, source="他人的")
    with pytest.raises(Conflict) as caught, writing(row) as work:
        work.change(row, version=1, source="我的")
    assert caught.value.theirs["source"] == "他人的"
    assert row.version == 2


def test_a_removed_row_cannot_be_removed_twice(record: PublicRecord) -> None:
    with writing(record) as work:
        work.remove(record)
    with pytest.raises(OutOfTurn), writing(record) as work:
        work.remove(record)
    assert replay.compare().status == Status.OK


def test_acts_inside_acts_are_in_order_or_refused(record: PublicRecord) -> None:
    other = tiny.record("2")
    with writing(record) as outer:
        with writing(other) as inner:
            inner.create(other)
        outer.change(other, kind="later")
    assert replay.compare().status == Status.OK

    def crossed() -> None:
        with writing(record) as outer:
            outer.change(record, kind="first")
            with writing(other) as inner:
                inner.change(record, kind="second")

    with pytest.raises(RuntimeError, match="changed by the writing around"):
        crossed()


def test_secrets_appear_as_keyed_digests_only() -> None:
    account = Account(login="shili", name="示例", password="geheim", made_at=tiny.AT)
    tiny.write(account)
    body = JournalEntry.objects.get().body
    assert "geheim" not in body
    assert canonical.keyed("geheim") in body
    assert replay.compare().status == Status.OK


@pytest.mark.parametrize(
    "payload", [{"b": (1, 2), "a": -0.0}, [1e14, 0.1, 1e-9], "文", 0, {"z": {"y": 1, "x": 2}}]
)
def test_any_json_is_the_same_in_row_journal_and_database(payload: object) -> None:
    row = PublicRecord(kind="x", number="1", since=tiny.AT.date(), payload=payload)
    tiny.write(row)
    assert row.payload == PublicRecord.objects.get().payload
    assert replay.compare().status == Status.OK


@pytest.mark.parametrize("value", [1e16, [1e16], [1, -1e16], {"a": 1e16}, {"a": ["b", {"c": 1e300}]}])
def test_floats_that_jsonb_would_turn_into_integers_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="jsonb"):
        canonical.plain(value)


@pytest.mark.parametrize("value", [-0.0, [-0.0], ["a", -0.0], {"a": -0.0}, {"a": {"b": [1, -0.0]}}])
def test_there_is_no_minus_zero_wherever_it_stands(value: object) -> None:
    assert "-0" not in canonical.dumps(canonical.plain(value))


@pytest.mark.parametrize(
    "value", ["1.5", {"a": "2026-03-02T01:02:03.000004Z", "1.5": 7}, ['":1.5', 2**62, None]]
)
def test_what_merely_looks_like_a_float_stays_what_it_is(value: object) -> None:
    assert canonical.plain(value) == value


def test_moments_are_kept_whatever_their_fraction_and_zone(record: PublicRecord) -> None:
    for microseconds in (0, 1, 120, 500_000):
        account = Account(
            login=f"a{microseconds}", name="示例", made_at=tiny.AT + timedelta(microseconds=microseconds)
        )
        tiny.write(account)
    assert replay.compare().status == Status.OK


def test_what_fails_under_a_row_that_is_held_undoes_the_whole(record: PublicRecord) -> None:
    """Whoever catches the error cannot keep the half of it."""
    with transaction.atomic():
        with suppress(OutOfTurn), held(record) as work:
            work.change(record, kind="y")
            raise OutOfTurn("示例")
        with pytest.raises(transaction.TransactionManagementError):
            PublicRecord.objects.get(pk=record.pk)
    assert PublicRecord.objects.get(pk=record.pk).kind == "x"
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_is_held_in_a_transaction_or_not_at_all() -> None:
    with pytest.raises(RuntimeError, match="there is none"), held(tiny.record("1")):
        pass


def held(row: Any) -> Any:
    return journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=row, held=True)
