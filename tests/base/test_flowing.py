"""What flows to the database without being waited for: in order, seen by what is asked next, never lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dabiao.base import statements
from dabiao.base.journal import entries as journal
from dabiao.base.journal import loading, many, pouring, replay, verify
from dabiao.base.models import JournalEntry
from dabiao.field import permissions as field
from dabiao.field.models import Receipt
from dabiao.field.services.delivery import COLUMNS
from dabiao.kernel.errors import Absent, OutOfTurn
from dabiao.organisations.models import Site
from dabiao.people.models import Account
from dabiao.sheets.models import Assignment, Sheet, SheetTotal
from dabiao.sheets.states import ABANDON
from sheets import filling
from world import World

pytestmark = pytest.mark.django_db
NAME = "SELECT name FROM people_account WHERE id = %s"
RENAME = "UPDATE people_account SET name = %s WHERE id = %s"


@pytest.fixture
def key(world: World) -> int:
    return int(world.accounts["officer"].pk)


def named(key: int) -> str:
    [(name,)] = statements.rows(NAME, key)
    return str(name)


def test_what_is_asked_sees_what_was_sent_before_and_counts_are_told(key: int) -> None:
    with transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        assert named(key) == "甲"
        assert statements.touched(RENAME, "乙", key) == 1
        assert statements.touched(RENAME, "丙", 0) == 0
        told = statements.together((NAME, [key]), (f"{RENAME} RETURNING 1", ["丁", key]), (NAME, [key]))
        assert [told[0], told[2]] == [[("乙",)], [("丁",)]]
        with statements.flowing():  # within another it is the same
            statements.written(RENAME, "戊", key)
    assert (named(key), Account.objects.get(pk=key).name) == ("戊", "戊")


def test_what_goes_wrong_is_told_at_the_end_at_the_latest(key: int) -> None:
    with pytest.raises(DatabaseError):
        _wrong(key)
    assert named(key) != "甲"


def _wrong(key: int) -> None:
    with transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        statements.written("UPDATE people_account SET no_such_column = 1")


def test_rows_are_copied_and_counted_while_nothing_flows(world: World, key: int) -> None:
    with transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        [site] = loading.reserve(Site, 1)
        row = (site, world.units["unit"].pk, "另一处", "另一处")
        loading.insert("organisations_site", ("id", "unit_id", "name", "address"), [row])
        with statements.still():
            assert Site.objects.filter(pk=site).delete()[0] == 1
        assert named(key) == "甲"


@pytest.mark.parametrize(
    ("undone", "forgotten"), [(statements.apart, False), (transaction.atomic, True)], ids=["apart", "atomic"]
)
def test_what_is_undone_apart_keeps_the_driver_s_prepared_statements(
    key: int, undone: Callable[[], AbstractContextManager[None]], forgotten: bool
) -> None:
    """The net, and what happens without it where there is a driver that forgets."""
    before, wrong = named(key), False
    try:
        with transaction.atomic(), statements.flowing():
            _undone_twice(key, undone)
            assert named(key) == before
    except DatabaseError:
        wrong = True
    assert wrong == (forgotten and connection.vendor == "postgresql")


def _undone_twice(key: int, undone: Callable[[], AbstractContextManager[None]]) -> None:
    for n in range(2):
        with pytest.raises(Absent):
            _renamed(key, undone)
        for _ in range(3):  # prepared first, then asked by the name it was given
            statements.rows(f"{NAME} AND {n} = {n}", key)


def _renamed(key: int, undone: Callable[[], AbstractContextManager[None]]) -> None:
    with undone():
        statements.written(RENAME, "甲", key)
        raise Absent


def test_whoever_listens_hears_every_statement(key: int) -> None:
    with CaptureQueriesContext(connection) as heard, transaction.atomic(), statements.flowing():
        statements.written(RENAME, "甲", key)
        statements.written(RENAME, "乙", key)
    assert sum("people_account" in each["sql"] for each in heard.captured_queries) == 2


def test_what_is_coming_is_what_stood_when_it_was_asked(key: int) -> None:
    before = named(key)
    with transaction.atomic(), statements.flowing():
        told = statements.coming((NAME, [key]), (NAME, [0]))
        statements.written(RENAME, "甲", key)
        assert named(key) == "甲"
        assert told() == [[(before,)], []]
    with pytest.raises(DatabaseError), transaction.atomic(), statements.flowing():
        statements.coming(("SELECT no_such_column FROM people_account", []))
    assert statements.coming((NAME, [key]))() == [[("甲",)]]


AT = datetime(2026, 3, 2, 1, 2, 3, 4, UTC)
PLACE = {"lat": "39.904000", "lon": "116.391000", "accuracy": 12, "mocked": False}
ODD = ("", "-", "\\N", "{}", "a\tb\nc", "'\"%s", "示例", "1\x1f2", "\x1e", "NULL")


def received(key: int, count: int, odd: tuple[str, ...] = ODD[:7]) -> list[tuple[object, ...]]:
    """Rows of receipts: most columns the same, some with NULL here and there, texts of every kind."""
    return [
        (
            *(f"poured-{n}", "", key, odd[n % len(odd)], "", f"sha256:{n}"),
            *(None if n % 3 else {"line": odd[n % len(odd)]}, n, AT + timedelta(microseconds=n), 0),
            *(PLACE if n % 2 else None, AT, "stored", {"version": n, "share": 0.5, "by": "示例"}),
        )
        for n in range(count)
    ]


def stands(rows: list[tuple[object, ...]], flow: AbstractContextManager[None]) -> tuple[list[object], object]:
    """What the journal says and what the table holds, without the keys; undone again."""
    with transaction.atomic():
        with flow:
            told = many.insert(Receipt, COLUMNS, rows)
        kept = list(Receipt.objects.order_by("pk").filter(pk__in=told).values())
        transaction.set_rollback(True)
    assert [each.pop("id") for each in kept] == [each.pop("id") for each in told.values()] == list(told)
    return kept, orjson.dumps(list(told.values()))


@pytest.mark.parametrize("odd", [ODD[:7], ODD], ids=["apart", "not to be told apart"])
@pytest.mark.parametrize("count", [1, 2, 25])
def test_rows_poured_stand_as_the_rows_that_are_copied(
    key: int, count: int, odd: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, done = received(key, count, odd), []
    pour = pouring.pour
    monkeypatch.setattr(pouring, "pour", lambda *given: done.append(pour(*given)) or done[-1])
    copied = stands(rows, nullcontext())
    assert stands(rows, statements.flowing()) == copied
    if connection.vendor == "postgresql":
        assert done == [count < len(ODD) or odd != ODD]


def test_what_is_too_long_is_refused_and_never_cut_off(key: int) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite's columns have no length
    for rows in (received(key, 3, ("x" * 81,)), received(key, 3, ("x" * 81, "y"))):
        for flow in (nullcontext(), statements.flowing()):
            with pytest.raises(DatabaseError):
                stands(rows, flow)


def test_numbers_of_rows_that_are_not_there_end_the_act(world: World) -> None:
    sheet = filling.open_sheet(world, filling.book(20))
    keys = list(SheetTotal.objects.filter(sheet=sheet).order_by("pk").values_list("pk", flat=True))
    given = {key: (n, -n) for n, key in enumerate(keys)}
    with transaction.atomic(), statements.flowing():
        _change(world, sheet, given)
    assert [(each.lost, each.extra) for each in sheet.totals.order_by("pk")] == list(given.values())
    with pytest.raises(OutOfTurn), transaction.atomic(), statements.flowing():
        _change(world, sheet, {**given, 987654321: (1, 1)})
    assert len(given) > 1


def _change(world: World, sheet: Sheet, rows: dict[int, tuple[int, int]]) -> None:
    with journal.writing(field.RECEIVE, by=world.actor("officer"), at=AT, on=sheet, held=True) as w:
        w.change_many(SheetTotal, ("lost", "extra"), rows)


def test_a_move_whose_time_it_is_not_ends_the_act_and_new_rows_have_their_keys_after_it(world: World) -> None:
    sheet = filling.open_sheet(world, filling.book(20))
    stale = Sheet.objects.get(pk=sheet.pk)
    with transaction.atomic(), statements.flowing():
        rows = _abandon(world, sheet, "1", "2")
    assert set(Assignment.objects.filter(sheet=sheet)) == set(rows)
    assert replay.compare().status.value == "ok"
    entries = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn), transaction.atomic(), statements.flowing():
        _abandon(world, stale, "3")
    assert JournalEntry.objects.count() == entries


def _abandon(world: World, sheet: Sheet, *elements: str) -> list[Assignment]:
    lead = world.accounts["officer"]
    rows = [Assignment(sheet=sheet, element=each, account=lead) for each in elements]
    with journal.writing(field.RECEIVE, by=world.actor("officer"), at=AT, on=sheet, held=True) as w:
        w.move(sheet, ABANDON)
        w.create_later(rows)
    assert [each["key"] for each in w.changes] == [sheet.pk, *(each.pk for each in rows)]
    return rows


def test_an_entry_that_takes_its_id_early_tells_of_new_rows_alone(world: World, key: int) -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), statements.flowing():
        _receive(world, key, filling.open_sheet(world, filling.book(20)))
    with transaction.atomic(), statements.flowing():
        entry = _receive(world, key)
    assert entry.chain == f"field_receipt:{Receipt.objects.order_by('pk').first().pk}"
    assert verify.verify().status.value == replay.compare().status.value == "ok"


def _receive(world: World, key: int, sheet: Sheet | None = None) -> JournalEntry:
    on = Receipt()
    with journal.writing(field.RECEIVE, by=world.actor("officer"), at=AT, on=on, held=True) as w:
        w.create_many(Receipt, COLUMNS, received(key, 3), on)
        if sheet is not None:
            w.move(sheet, ABANDON)
    return w.entry
