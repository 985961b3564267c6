"""The bulk act: unseen before it is published, seen by all after; one entry vouches for every row."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from base import tiny
from dabiao.base import canonical, clock
from dabiao.base.journal import bulk, replay, undoing, verify
from dabiao.base.journal import entries as journal
from dabiao.base.journal.bulk import Batch
from dabiao.base.models import Batch as BatchRow
from dabiao.base.models import BatchChunk, JournalEntry, PublicRecord
from dabiao.kernel.errors import Conflict, OutOfTurn
from dabiao.organisations.models import Body, Industry, Jurisdiction, Site, Unit
from dabiao.people.models import Account

pytestmark = pytest.mark.django_db

PLACES = ("jurisdiction_id", "locality_id", "department_id", "industry_id")
NAMES = ("name", "uscc", "size", "areas", *PLACES)
EARLY = "测试中没有别人"


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "ROWS", 3)


@pytest.fixture
def places(db: None) -> tuple[int, ...]:
    """Keys in the order of PLACES."""
    jurisdiction = Jurisdiction(code="x", name="示例区", short="示例")
    body = Body(kind="locality", name="示例街道", code="x", since=date(2020, 1, 1))
    industry = Industry(code="X", name="示例行业")
    for row in (jurisdiction, body, industry):
        tiny.write(row)
    return jurisdiction.pk, body.pk, body.pk, industry.pk


def begin(early: str = "") -> Batch:
    return bulk.begin(tiny.ACT, by=tiny.BY, at=tiny.AT, source="ab" * 32, title="示例.xlsx", early=early)


def units(places: tuple[int, ...], *numbers: int) -> Iterator[tuple[Any, ...]]:
    for number in numbers:
        yield f"示例单位{number}", f"{number:018}", "small", ["b", "a"], *places


def imported(places: tuple[int, ...], count: int) -> list[int]:
    with begin() as batch:
        keys = batch.create(Unit, NAMES, units(places, *range(count)))
        batch.publish(at=tiny.AT)
    return list(keys)


def all_well() -> None:
    assert verify.verify().plain()["broken"] == []
    assert replay.compare().plain()["broken"] == []


def names() -> dict[int, str]:
    return dict(Unit._base_manager.values_list("pk", "name"))


def test_rows_are_seen_by_nobody_until_published_and_then_by_all(places: tuple[int, ...]) -> None:
    batch = begin()
    keys = batch.create(Unit, NAMES, units(places, *range(8)))
    assert (Unit.objects.count(), Unit._base_manager.count(), batch.written(Unit)) == (0, 8, 8)
    all_well()
    batch.publish(at=tiny.AT)
    assert Unit.objects.get(pk=keys[7]).name == "示例单位7"
    assert (Unit.objects.count(), list(batch.keys(Unit))) == (8, list(keys))
    all_well()


def test_one_entry_says_how_many_rows_of_which_file(places: tuple[int, ...]) -> None:
    before = JournalEntry.objects.count()
    imported(places, 7)
    entry = JournalEntry.objects.latest("id")
    said = canonical.loads(entry.body)["bulk"]
    assert JournalEntry.objects.count() == before + 1
    assert entry.chain == f"base_batch:{said['batch']}"
    assert (said["rows"], said["chunks"]) == ({"create": 7, "change": 0}, 3)
    assert (said["source"], said["title"]) == ("ab" * 32, "示例.xlsx")


def test_instances_will_do_and_get_their_keys(places: tuple[int, ...]) -> None:
    rows = [
        Unit(**dict(zip(NAMES, values, strict=True)), start_by=date(2026, 1, 2))
        for values in units(places, 0, 1, 2, 3)
    ]
    with begin() as batch:
        keys = batch.create(Unit, None, rows)
        batch.publish(at=tiny.AT)
    assert [row.pk for row in rows] == list(keys) == list(Unit.objects.values_list("pk", flat=True))
    tiny.write(Site(unit=rows[3], name="示例", address="示例"))
    all_well()


def test_every_kind_of_value_is_kept(places: tuple[int, ...]) -> None:
    at = tiny.AT + timedelta(microseconds=120)
    payloads = [{"b": [n, 2.5, None, "字\n"], "a": -0.0} for n in range(4)]
    records = [("x", str(n), date(2026, 1, 1), None, payload) for n, payload in enumerate(payloads)]
    accounts = [(f"shili{n}", "示例", "geheim", at) for n in "ab"]
    with begin(EARLY) as batch:
        batch.create(PublicRecord, ("kind", "number", "since", "until", "payload"), records)
        batch.create(Account, ("login", "name", "password", "made_at"), accounts)
        batch.publish(at=at)
    assert Account.objects.get(login="shilia").password == "geheim"
    kept = bulk.Chunk.unpack(bytes(BatchChunk.objects.latest("id").packed))
    assert kept.target == "people_account"
    assert not any(b"geheim" in line for line in kept.lines)
    all_well()


def test_few_updates_are_made_in_the_moment_of_publication(places: tuple[int, ...]) -> None:
    keys = imported(places, 5)
    with begin() as batch:
        batch.update(Unit, ("name", "start_by"), [(key, f"改名{key}", date(2026, 5, 1)) for key in keys[:3]])
        assert names()[keys[0]] == "示例单位0"
        batch.create(Unit, NAMES, units(places, 99))
        batch.publish(at=tiny.AT)
    changed = Unit.objects.get(pk=keys[0])
    assert (changed.name, changed.version, changed.start_by) == (f"改名{keys[0]}", 2, date(2026, 5, 1))
    assert BatchRow.objects.latest("id").waiting == 0
    all_well()


def test_many_updates_are_made_after_it_chunk_by_chunk(places: tuple[int, ...]) -> None:
    keys = imported(places, 8)
    before = JournalEntry.objects.count()
    with begin() as batch:
        batch.update(Unit, ("name",), [(key, f"改名{key}") for key in keys])
        batch.publish(at=tiny.AT)
    assert names() == {key: f"改名{key}" for key in keys}
    assert JournalEntry.objects.count() == before + 1 + 3, "the act, and a chunk each"
    all_well()


def test_updates_left_waiting_by_a_dead_process_are_made_by_the_next(
    places: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = imported(places, 5)
    with monkeypatch.context() as dead, begin() as batch:
        batch.update(Unit, ("name",), [(key, f"改名{key}") for key in keys])
        dead.setattr(bulk.publishing, "settle", lambda *_: 0)
        batch.publish(at=tiny.AT)
    all_well()
    with journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=Unit.objects.get(pk=keys[0])) as work:
        work.change(Unit.objects.get(pk=keys[0]), name="其间改名")
    all_well()
    assert undoing.mend(clock.now()) == 1
    assert names() == {key: f"改名{key}" for key in keys}
    all_well()


def test_a_row_changed_meanwhile_refuses_the_whole(places: tuple[int, ...]) -> None:
    keys = imported(places, 4)
    batch = begin()
    batch.create(Unit, NAMES, units(places, 99))
    batch.update(Unit, ("name",), [(key, "改名") for key in keys])
    row = Unit.objects.get(pk=keys[1])
    with journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=row) as work:
        work.change(row, name="他人改的")
    with pytest.raises(Conflict), batch:
        batch.publish(at=tiny.AT)
    assert sorted(names().values()) == ["他人改的", "示例单位0", "示例单位2", "示例单位3"]
    assert BatchRow.objects.count() == 1
    all_well()


def test_two_batches_cannot_update_the_same_rows(places: tuple[int, ...]) -> None:
    keys = imported(places, 3)
    first, second = begin(), begin()
    for batch in (first, second):
        batch.update(Unit, ("name",), [(key, "改名") for key in keys])
    first.publish(at=tiny.AT)
    with pytest.raises(Conflict):
        second.publish(at=tiny.AT)
    second.undo()
    all_well()


def test_what_the_database_would_not_take_is_found_before_publication(places: tuple[int, ...]) -> None:
    keys = imported(places, 3)
    for error, names_there, row in [
        (ValueError, ("uscc",), (keys[0], "1")),
        (ValueError, ("no_such",), (keys[0], "1")),
        (IntegrityError, ("name",), (keys[0], None)),
        (Conflict, ("name",), (10**9, "x")),
    ]:
        with pytest.raises(error), begin() as batch:
            batch.update(Unit, names_there, [row])
    with pytest.raises(ValueError, match="no batch column"), begin() as batch:
        batch.create(Site, ("unit_id",), [(keys[0],)])
    assert BatchRow.objects.count() == 1


def test_an_exception_undoes_everything(places: tuple[int, ...]) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        yield from units(places, *range(7))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), begin() as batch:
        batch.create(Unit, NAMES, rows())
    assert (names(), BatchRow.objects.count(), BatchChunk.objects.count()) == ({}, 0, 0)
    all_well()


def test_what_is_published_cannot_be_undone_nor_published_again(places: tuple[int, ...]) -> None:
    with begin() as batch:
        batch.create(Unit, NAMES, units(places, 1))
        batch.publish(at=tiny.AT)
    for again in (batch.undo, lambda: batch.publish(at=tiny.AT)):
        with pytest.raises(OutOfTurn):
            again()
    with pytest.raises(OutOfTurn):
        batch.create(Unit, NAMES, units(places, 2))
    all_well()


def test_an_unfinished_batch_is_taken_up_where_it_stopped(places: tuple[int, ...]) -> None:
    first = begin()
    first.create(Unit, NAMES, units(places, 0, 1, 2))
    again = bulk.resume(first.key, tiny.ACT, by=tiny.BY)
    again.create(Unit, NAMES, list(units(places, *range(5)))[again.written(Unit) :])
    again.publish(at=tiny.AT)
    assert sorted(names().values()) == [f"示例单位{n}" for n in range(5)]
    all_well()


def test_an_abandoned_batch_is_undone_once_it_has_been_quiet(places: tuple[int, ...]) -> None:
    batch = begin()
    batch.create(Unit, NAMES, units(places, *range(5)))
    assert undoing.mend(clock.now()) == 0
    assert undoing.mend(clock.now() + undoing.QUIET + timedelta(seconds=1)) == 1
    assert (names(), BatchRow.objects.count()) == ({}, 0)
    all_well()


def test_a_rows_own_chain_begins_with_its_leaf(places: tuple[int, ...]) -> None:
    keys = imported(places, 7)
    for key in (keys[4], keys[4], keys[6]):
        row = Unit.objects.get(pk=key)
        with journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=row) as work:
            work.change(row, name="改名")
    first = JournalEntry.objects.get(chain=f"organisations_unit:{keys[4]}", seq=1)
    chunk = BatchChunk.objects.get(first__lte=keys[4], last__gte=keys[4])
    leaves = bulk.Chunk.unpack(bytes(chunk.packed)).leaves("sha256")
    assert first.previous == leaves[keys[4] - chunk.first].hex()
    all_well()


def test_keys_are_given_once(places: tuple[int, ...]) -> None:
    """Rows written one by one while a batch is open get keys of their own."""
    batch = begin()
    batch.create(Unit, NAMES, units(places, 0, 1))
    tiny.write(Unit(**dict(zip(NAMES, next(units(places, 9)), strict=True))))
    batch.create(Unit, NAMES, units(places, 2, 3))
    batch.publish(at=tiny.AT)
    assert len(names()) == 5
    all_well()


def test_the_database_keeps_what_is_published(places: tuple[int, ...]) -> None:
    imported(places, 2)
    open_batch = begin()
    open_batch.create(Unit, NAMES, units(places, 8, 9))
    refused = [
        "UPDATE base_batch SET title = 'x' WHERE entry_id IS NOT NULL",
        "DELETE FROM base_batch WHERE entry_id IS NOT NULL",
        "UPDATE base_batch_chunk SET rows = 1",
        "DELETE FROM base_batch_chunk WHERE number = 1",
        "TRUNCATE base_batch_chunk"
        if connection.vendor == "postgresql"
        else "INSERT OR REPLACE INTO base_batch_chunk SELECT * FROM base_batch_chunk",
    ]
    if connection.in_atomic_block:
        connection.check_constraints()
    for statement in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(statement)
    all_well()
