"""Statements spelled by hand: what they read is what the ORM reads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

import flushing
from base import tiny
from dabiao.base import canonical, clock, moments, records, statements, storing
from dabiao.base.models import PublicRecord
from dabiao.organisations.models import Unit
from dabiao.people.models import Account, Visit
from world import World

pytestmark = pytest.mark.django_db


def told(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_the_database_spells_a_moment_as_we_do(world: World) -> None:
    key = world.accounts["officer"].pk
    sql = f"SELECT {moments.moment('a.last_login')} FROM people_account a WHERE a.id = %s"
    for at in (datetime(2026, 3, 2, 23, 59, 59, 4, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)):
        Account.objects.filter(pk=key).update(last_login=at)
        assert statements.rows(sql, key) == [(canonical.moment(at),)]
    Account.objects.filter(pk=key).update(last_login=None)
    assert statements.rows(sql, key) == [("",)]


def test_a_row_read_from_cells_is_the_row_the_orm_reads(world: World) -> None:
    account = world.accounts["officer"]
    Account.objects.filter(pk=account.pk).update(last_login=clock.now())
    record = records.draft("x", "1", date(2026, 3, 2), {"文": [1, {"a": None}]})
    record.save()
    for model, key in ((Account, account.pk), (Unit, world.units["unit"].pk), (PublicRecord, record.pk)):
        sql = f"SELECT {statements.columns(model, 't')}, 7 FROM {model._meta.db_table} t WHERE t.id = %s"
        [cells] = statements.rows(sql, key)
        read = statements.read(model, cells)
        assert told(read) == told(model._base_manager.get(pk=key))
        assert (cells[-1], read._state.adding, read._state.db) == (7, False, "default")


def test_what_is_no_json_is_read_as_the_orm_reads_it() -> None:
    shape = statements._shape(PublicRecord)
    [convert] = [turn for at, turn in shape.converters if shape.names[at] == "payload"]
    field = PublicRecord._meta.get_field("payload")
    for text in ('{"a": [1, 2.50, -0, 1e16]}', '{"a": NaN}', '"\\ud800"', "no json", '{"a": 1', ""):
        read, framework = convert(text), field.from_db_value(text, None, connection)
        assert repr(read) == repr(framework), text


def test_rows_of_several_tables_are_read_from_one_statement(world: World) -> None:
    account, unit = world.accounts["officer"], world.units["unit"]
    told = f"{statements.columns(Account, 'a')}, {statements.columns(Unit, 'u')}, 7"
    joined = (
        f"SELECT {told} FROM people_account a LEFT JOIN organisations_unit u ON u.id = %s WHERE a.id = %s"
    )
    [cells] = statements.rows(joined, unit.pk, account.pk)
    assert statements.read_each(cells, Account, Unit) == [account, unit]
    [cells] = statements.rows(joined, 0, account.pk)
    assert statements.read_each(cells, Account, Unit) == [account, None]


def test_fields_of_a_row_are_read_again_and_what_they_name_is_forgotten(world: World) -> None:
    unit, other = world.units["unit"], world.units["other_unit"]
    before = unit.jurisdiction
    Unit.objects.filter(pk=unit.pk).update(name="改", address="改", jurisdiction=other.jurisdiction)
    statements.renew(unit, ["name", "jurisdiction"], hold=True)
    assert (unit.name, unit.jurisdiction, unit.address == "改") == ("改", other.jurisdiction, False)
    assert before != other.jurisdiction
    statements.renew(Unit(pk=0), [], hold=True)
    with pytest.raises(ObjectDoesNotExist):
        statements.renew(Unit(pk=0), ["name"])


def test_several_statements_are_asked_together_each_after_the_other(world: World) -> None:
    key = world.accounts["officer"].pk
    named, changed = (
        "SELECT name, %s FROM people_account WHERE id = %s",
        "UPDATE people_account SET name = %s",
    )
    told = statements.together((named, ["a", key]), (f"{changed} RETURNING 1", ["改"]), (named, ["b", key]))
    assert (told[0], told[2]) == ([("示例officer", "a")], [("改", "b")])
    with CaptureQueriesContext(connection) as caught:
        assert statements.together((named, ["a", key]), (named, ["b", 0])) == [[("改", "a")], []]
    assert len(caught) == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        statements.together((named, ["a", key]), ("SELECT nothing FROM people_account", []))
    assert statements.together((named, ["a", key])) == [[("改", "a")]]


def test_a_row_is_found_by_its_key_among_those_seen(world: World) -> None:
    key = world.units["unit"].pk
    with CaptureQueriesContext(connection) as caught:
        assert statements.by_key(Unit.objects.order_by("name"), key) == world.units["unit"]
    assert (len(caught), "ORDER BY" in caught[0]["sql"]) == (1, False)
    assert statements.by_key(Unit.objects.exclude(pk=key), key) is None


def test_values_given_to_a_row_are_spelled_as_the_orm_spells_them() -> None:
    """In every covered table: a row that is told again what its fields say stays the same."""
    flushing.lift()  # some tables refuse any change; undone with the test's transaction
    for table, (_, row) in tiny.fill().items():
        names = [each.attname for each in row._meta.concrete_fields if not each.primary_key]
        before = statements.rows(f"SELECT * FROM {table} ORDER BY {row._meta.pk.column}")
        assert storing.change(row, {name: getattr(row, name) for name in names}, {}), table
        assert statements.rows(f"SELECT * FROM {table} ORDER BY {row._meta.pk.column}") == before


def test_a_row_is_changed_only_while_it_is_one_of_what_it_may_be(world: World) -> None:
    unit, other = world.units["unit"], world.units["other_unit"]
    assert not storing.change(unit, {"name": "改"}, {"name": ["甲", "乙"]})
    assert not storing.change(unit, {"name": "改"}, {"name": []})
    assert storing.change(
        unit, {"name": "改", "jurisdiction": other.jurisdiction}, {"name": ["甲", unit.name]}
    )
    changed = Unit.objects.get(pk=unit.pk)
    assert (changed.name, changed.jurisdiction) == ("改", other.jurisdiction)
    assert (unit.name, Unit.objects.get(pk=other.pk).name) == (world.units["unit"].name, other.name)


def kept() -> int:
    """How many statements the database keeps for this connection; SQLite's are the driver's own business."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


def test_a_statement_asked_again_and_again_is_planned_once(world: World) -> None:
    sql, key = "SELECT login, 'once' FROM people_account WHERE id = %s", world.accounts["officer"].pk
    before = kept()
    assert [statements.rows(sql, key) for _ in range(3)] == [[("officer", "once")]] * 3
    assert kept() - before == (0 if connection.vendor == "sqlite" else 1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        statements.rows(sql, 1 // 0)
    assert statements.rows(sql, key) == [("officer", "once")]  # even if what was kept is gone


def test_whoever_listens_to_statements_hears_those_spelled_by_hand(world: World) -> None:
    unit, heard = world.units["unit"], list[str]()

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen), CaptureQueriesContext(connection) as logged:
        assert statements.rows("SELECT %s", 1) == [(1,)]
        assert storing.change(unit, {"name": "改"}, {})
    assert [each[:6] for each in heard] == ["SELECT", "UPDATE"]
    assert [each["sql"][:6] for each in logged] == ["SELECT", "UPDATE"]


def test_a_per_cent_sign_is_one_whether_or_not_anybody_listens() -> None:
    sql = "SELECT '5%%', '%%s', %s"
    assert statements.rows(sql, "x") == [("5%", "%s", "x")]
    with CaptureQueriesContext(connection):
        assert statements.rows(sql, "x") == [("5%", "%s", "x")]


def test_what_goes_wrong_is_the_error_of_the_framework() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        statements.rows("SELECT nothing FROM people_account WHERE id = %s", 1)


def test_nothing_is_asked_in_a_transaction_that_is_given_up() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            statements.rows("SELECT 1")
        transaction.set_rollback(False)


def test_a_row_stored_is_the_row_the_orm_stores() -> None:
    """In every covered table: a row given to both says the same, and the one in memory knows its key."""
    flushing.lift()
    for table, (_, row) in tiny.fill().items():
        read = f"SELECT * FROM {table} WHERE {row._meta.pk.column} = %s"
        told = {name: getattr(row, name) for name in attributes(row)}
        with transaction.atomic():
            [before] = statements.rows(read, row.pk)
            statements.touched(f"DELETE FROM {table} WHERE {row._meta.pk.column} = %s", row.pk)
            again = type(row)(**told)
            storing.insert(again)
            assert (statements.rows(read, row.pk), again._state.adding) == ([before], False), table
            transaction.set_rollback(True)


def attributes(row: models.Model) -> list[str]:
    return [each.attname for each in row._meta.concrete_fields]


def test_a_row_takes_the_keys_of_rows_that_were_stored_meanwhile() -> None:
    at = clock.now()
    account = Account(login="late", name="乙", made_at=at)
    visit = Visit(account=account, session="s", began_at=at, address="", device="", known=False)
    with pytest.raises(ValueError, match="not been stored"):
        storing.insert(visit)
    storing.insert(account)
    storing.insert(visit)
    assert Visit.objects.get(pk=visit.pk).account == account


def test_an_older_sqlite_tells_the_key_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        monkeypatch.setattr(connection.features, "can_return_columns_from_insert", False)
    account = Account(login="old", name="丙", made_at=clock.now())
    storing.insert(account)
    assert Account.objects.get(login="old").pk == account.pk


@pytest.mark.parametrize("telling", [True, False])
def test_a_few_rows_are_stored_as_each_alone(monkeypatch: pytest.MonkeyPatch, *, telling: bool) -> None:
    """In one statement where the database tells the keys of them all."""
    if not telling and connection.vendor == "sqlite":  # an older one
        monkeypatch.setattr(connection.features, "can_return_columns_from_insert", False)
    at = clock.now()
    rows = [Account(login=f"few{n}", name=f"丁{n}", made_at=at) for n in range(3)]
    alone = Account(login="alone", name="丁", made_at=at)
    with CaptureQueriesContext(connection) as caught:
        storing.insert_all(rows)
    assert len(caught) == (1 if telling or connection.vendor == "postgresql" else 6)
    storing.insert(alone)
    said = {each.pk: told(each) for each in Account.objects.filter(made_at=at)}
    assert [said[each.pk] for each in rows] == [
        {**said[alone.pk], "id": each.pk, "login": each.login, "name": each.name} for each in rows
    ]


def test_the_connection_asked_is_the_framework_s_of_this_thread() -> None:
    def mine() -> tuple[object, object]:
        return statements.own(), connections[DEFAULT_DB_ALIAS]

    first, again = mine(), mine()
    with ThreadPoolExecutor(1) as elsewhere:
        other = elsewhere.submit(mine).result()
    assert first[0] is first[1] is again[0]
    assert other[0] is other[1] is not first[0]
