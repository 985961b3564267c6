"""Statements spelled by hand: what they read is what the ORM reads."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabiao.base import clock, records, statements
from dabiao.base.models import PublicRecord
from dabiao.organisations.models import Unit
from dabiao.people.models import Account
from world import World

pytestmark = pytest.mark.django_db


def told(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


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


def test_a_row_is_found_by_its_key_among_those_seen(world: World) -> None:
    key = world.units["unit"].pk
    with CaptureQueriesContext(connection) as caught:
        assert statements.by_key(Unit.objects.order_by("name"), key) == world.units["unit"]
    assert (len(caught), "ORDER BY" in caught[0]["sql"]) == (1, False)
    assert statements.by_key(Unit.objects.exclude(pk=key), key) is None
