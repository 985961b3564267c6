"""News is delivered after commit only, once, and waits where a listener fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from base import tiny
from dabiao.base import clock, outbox
from dabiao.base.models import Announcement, PublicRecord


@dataclass(frozen=True)
class Happened:
    number: str


HEARD: list[tuple[str, str]] = []


def listen(payload: Mapping[str, Any], key: str) -> None:
    HEARD.append((payload["number"], key))


def write_and_fail(payload: Mapping[str, Any], key: str) -> None:
    tiny.write(PublicRecord(kind="x", number=payload["number"], since=tiny.AT.date(), payload={}))
    raise ZeroDivisionError("某处出错")


REACTIONS = {"Happened": (listen,)}
FAILING = {"Happened": (write_and_fail,)}


@pytest.fixture(autouse=True)
def one_listener(settings: Any) -> None:
    HEARD.clear()
    settings.DABIAO_REACTIONS = "base.test_outbox.REACTIONS"


@pytest.mark.django_db(transaction=True)
def test_news_is_delivered_after_commit_and_only_then() -> None:
    with transaction.atomic():
        outbox.announce(Happened("1"), tiny.AT)
        assert not HEARD
    row = Announcement.objects.get()
    assert [("1", f"Happened:{row.pk}")] == HEARD
    assert row.delivered_at is not None


@pytest.mark.django_db(transaction=True)
def test_news_of_an_undone_act_is_never_told() -> None:
    with transaction.atomic():
        outbox.announce(Happened("1"), tiny.AT)
        transaction.set_rollback(True)
    assert outbox.deliver() == 0
    assert (HEARD, Announcement.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_news_is_delivered_once() -> None:
    outbox.announce(Happened("1"), tiny.AT)
    assert (outbox.deliver(), outbox.deliver()) == (1, 0)
    assert not outbox.deliver_one(Announcement.objects.get().pk)
    assert len(HEARD) == 1


@pytest.mark.django_db
def test_a_failing_listener_leaves_the_news_waiting_and_undoes_what_it_wrote(settings: Any) -> None:
    settings.DABIAO_REACTIONS = "base.test_outbox.FAILING"
    outbox.announce(Happened("1"), tiny.AT)
    assert outbox.deliver() == 0
    row = Announcement.objects.get()
    assert (row.delivered_at, row.attempts, "ZeroDivisionError" in row.error) == (None, 1, True)
    assert PublicRecord.objects.count() == 0


@pytest.mark.django_db
def test_after_a_failure_it_waits_longer_each_time_and_then_goes_out(settings: Any) -> None:
    settings.DABIAO_REACTIONS = "base.test_outbox.FAILING"
    outbox.announce(Happened("1"), tiny.AT)
    outbox.deliver()
    assert outbox.deliver() == 0
    assert Announcement.objects.get().attempts == 1, "not due yet"
    outbox.deliver(clock.now() + timedelta(minutes=2))
    row = Announcement.objects.get()
    assert row.attempts == 2
    assert row.retry_at is not None
    assert row.retry_at > clock.now() + timedelta(seconds=90)
    settings.DABIAO_REACTIONS = "base.test_outbox.REACTIONS"
    assert outbox.deliver(clock.now() + timedelta(hours=1)) == 1
