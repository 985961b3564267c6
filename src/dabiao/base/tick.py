"""What time does: each listed task finds what is due and calls the service; then news goes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from dabiao.base import outbox
from dabiao.base.journal import positions, publishing

log = structlog.get_logger()
Task = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Done:
    """One task's outcome; `error` is empty when it went well; `result` is often a number of rows."""

    task: str
    result: object = None
    error: str = ""


def tick(at: datetime) -> list[Done]:
    """Do what is due at this moment. A failing task keeps none of the others from running."""
    return [_run(task, at) for task in (*tasks(), _settle_bulk_acts, _deliver_outbox, _give_positions)]


def tasks() -> tuple[Task, ...]:
    """Tasks of the subjects, from the one list in config."""
    found: tuple[Task, ...] = import_string(settings.DABIAO_TASKS)
    return found


def _run(task: Task, at: datetime) -> Done:
    name = f"{task.__module__}.{task.__name__}"
    try:
        return Done(name, task(at))
    except Exception as error:  # one task's fault must not stop time for the others
        log.exception("task_failed", task=name)
        return Done(name, error=repr(error)[:500])


def _settle_bulk_acts(at: datetime) -> int:
    return sum(publishing.settle(batch, at) for batch in publishing.unsettled())


def _deliver_outbox(at: datetime) -> int:
    return outbox.deliver(at)


def _give_positions(_: datetime) -> int:
    return positions.sequence()
