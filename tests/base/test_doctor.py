"""The doctor says what is wrong and what to do about it."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import flushing
from base import tiny
from dabiao.base.files import store
from dabiao.base.journal import bulk, covered, triggers, undoing
from dabiao.base.journal import entries as journal
from dabiao.base.models import Announcement, Batch, StoredFile
from dabiao.base.upkeep import data, machine
from dabiao.base.upkeep.doctor import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DABIAO_DATA = tmp_path
    settings.DABIAO_CLOCK = ""
    return tmp_path


def keep(content: bytes) -> StoredFile:
    row = tiny.record("1")
    with journal.writing(tiny.ACT, by=tiny.BY, at=tiny.AT, on=row) as work:
        work.create(row)
        return store.row(work, store.take_in([content]), tiny.AT)


def test_nothing_grave_is_found_where_all_is_well() -> None:
    assert [finding for finding in doctor() if finding.grave and "工作日历" not in finding.what] == []


def test_every_finding_says_what_to_do(folder: Path) -> None:
    keep(b"%PDF-1.4 x")
    (folder / "secret.key").touch(mode=0o644)
    found = doctor()
    assert {True, False} == {finding.grave for finding in found}
    assert all(finding.what and finding.todo for finding in found)
    assert found[0].grave, "grave things first"


def test_lost_and_spoilt_bytes_and_bytes_without_a_row_are_found() -> None:
    place = store.place(keep(b"%PDF-1.4 x").digest)
    assert list(data.files()) == []
    place.write_bytes(b"%PDF-1.4 y")
    assert "内容与摘要不符" in next(data.files()).what
    os.rename(place, place.with_name("ab" * 32))
    os.utime(place.with_name("ab" * 32), (0, 0))
    assert [finding.what[:9] for finding in data.files()] == ["有 1 个文件缺失", "有 1 个文件没有"]


def test_missing_triggers_and_a_broken_journal_are_found() -> None:
    assert list(data.journal_triggers()) == []
    tiny.write(tiny.record("1"))
    with flushing.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE base_journal_entry SET act = 'x'")
        assert "触发器缺失" in next(data.journal_triggers()).what
    assert next(data.journal()).what == "留痕台账已被破坏"


def test_missing_triggers_are_put_back() -> None:
    tiny.write(tiny.record("1"))
    statements = flushing.lift()
    assert len(triggers.restore()) == 15
    assert (triggers.missing(), triggers.restore()) == ([], [])
    assert len(statements) > 15, "those of other subjects"
    flushing.restore([one for one in statements if "base_" not in one])


def test_a_bulk_act_left_behind_is_found_and_mended() -> None:
    batch = bulk.begin(tiny.ACT, by=tiny.BY, at=tiny.AT, title="示例.xlsx", early="测试")
    assert list(data.bulk_acts()) == []
    Batch.objects.update(touched_at=tiny.AT)
    assert "示例.xlsx" in next(data.bulk_acts()).what
    assert undoing.mend(data.clock.now()) == 1
    assert not Batch.objects.filter(pk=batch.key).exists()


def test_a_table_nobody_knows_is_found() -> None:
    connection.cursor().execute("CREATE TABLE somebodys (id integer)")
    assert covered.strangers() == ["somebodys"]
    assert "somebodys" in next(data.strange_tables()).what


def test_news_that_keeps_failing_is_found() -> None:
    Announcement.objects.create(name="Happened", payload={}, made_at=tiny.AT, attempts=5, error="出错")
    assert "Happened：出错" in next(data.news()).what


@pytest.mark.parametrize(
    ("day", "missing"), [("2026-10-31", []), ("2026-11-01", ["2027"]), ("2027-03-01", ["2027"])]
)
def test_a_year_without_a_calendar_is_found(
    monkeypatch: pytest.MonkeyPatch, day: str, missing: list[str]
) -> None:
    monkeypatch.setattr(data.clock, "today", lambda: data.date.fromisoformat(day))
    found = list(data.working_days())
    assert [finding.what[:4] for finding in found] == missing
    assert [finding.grave for finding in found] == [day.startswith(year) for year in missing]


def test_keys_others_may_read_and_a_full_disk_are_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "checkpoint.key").touch(mode=0o640)
    (folder / "secret.key").touch(mode=0o600)
    assert [finding.what for finding in machine.open_keys()] == ["checkpoint.key 可被其他用户读取"]
    monkeypatch.setattr(machine, "LEAST_FREE", 2**70)
    assert "磁盘只剩" in next(machine.disk()).what


def test_missing_fonts_and_a_missing_algorithm_are_found(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(machine, "FONT_FOLDERS", ())
    assert "fonts-noto-cjk" in next(machine.fonts()).todo
    settings.DABIAO_JOURNAL_ALGORITHM = "none"
    assert "none" in next(machine.algorithm()).what
