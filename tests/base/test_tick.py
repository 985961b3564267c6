"""Time runs every listed task; one that fails stops none of the others."""

from datetime import datetime
from typing import Any

import pytest

from base import tiny
from dabiao.base.models import JournalPosition
from dabiao.base.tick import tick

SEEN: list[datetime] = []


def remember(at: datetime) -> int:
    SEEN.append(at)
    return len(SEEN)


def fail(at: datetime) -> None:
    raise ZeroDivisionError


TASKS = (fail, remember)


@pytest.mark.django_db
def test_tasks_run_in_order_then_news_and_positions(settings: Any) -> None:
    settings.DABIAO_TASKS = "base.test_tick.TASKS"
    SEEN.clear()
    tiny.write(tiny.record("1"))
    done = tick(tiny.AT)
    assert [one.task.rpartition(".")[2] for one in done] == [
        "fail",
        "remember",
        "_settle_bulk_acts",
        "_deliver_outbox",
        "_give_positions",
    ]
    assert [one.result for one in done] == [None, 1, 0, 0, 1]
    assert "ZeroDivisionError" in done[0].error
    assert SEEN == [tiny.AT]
    assert JournalPosition.objects.count() == 1
