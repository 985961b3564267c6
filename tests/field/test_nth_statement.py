"""Every statement of a small visit made to fail once, on the real views: all or nothing, and exactly once."""

import re
from contextlib import contextmanager
from itertools import groupby
from tempfile import TemporaryFile
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.db.transaction import Atomic

from dabiao.base.journal import replay, verify
from field import kept, standing
from field.small import Small
from field.trying import exhausted
from field.wire import BROKEN, LOST, REFUSED, Wire, tapped

FEWEST = 300  # statements; fewer would mean that not all were heard


@pytest.fixture
def small(cleared, device, settings, tmp_path):
    """Nobody has held the opening meeting."""
    cleared.planned()
    cleared.accepted()
    kept.housed(settings, tmp_path)
    signers = (("team", cleared.account("reviewer")), ("unit", cleared.account("principal")))
    pads = device("reviewer"), device("second")
    for pad in pads:
        pad.client.raise_request_exception = False
    return Small(f"review-{cleared.key}", *pads, signers)


def to(small, name):
    """The story up to a step, and that step."""
    for step in small.steps():
        if step.name == name:
            return step
        assert step.ask().status_code == 200
    raise AssertionError(name)


@pytest.mark.parametrize("blow", [BROKEN, REFUSED, LOST])
def test_whichever_statement_fails_all_or_nothing_stands_and_in_the_end_all_of_it_once(small, blow):
    heard = 0
    for step in small.steps():
        heard += exhausted(step, blow)
        standing.settle()
        told = step.ask()
        assert told.status_code == 200, told.content.decode()
        assert tuple(each["outcome"] for each in told.json().get("outcomes", ())) == step.outcomes
    assert heard > FEWEST
    assert verify.verify().status.value == "ok"
    assert replay.compare().status.value == "ok"


def test_the_wire_hears_every_statement_that_the_database_is_asked(small):
    """As the driver's own trace has them, spelled by hand or not."""
    step = to(small, "scored")
    with traced() as asked, tapped(Wire()) as wire:
        assert step.ask().status_code == 200
    if connection.vendor == "postgresql":
        assert len(asked) == len(wire.heard)
    else:
        assert beginnings(asked) == beginnings(wire.heard)
    assert len(wire.heard) > 50


def beginnings(asked):
    """Several rows, and triggers, trace a statement again."""
    return [key for key, _ in groupby(each[:30] for each in asked)]


@contextmanager
def traced():
    connection.ensure_connection()
    driver, asked = connection.connection, []
    if connection.vendor == "sqlite":
        driver.set_trace_callback(lambda sql: asked.append(sql) if not sql.startswith("--") else None)
        yield asked
        driver.set_trace_callback(None)
        return
    with TemporaryFile("w+") as file:
        driver.pgconn.trace(file.fileno())
        yield asked
        driver.pgconn.untrace()
        file.seek(0)
        asked += re.findall(r"\tF\t\d+\t(?:Query|Execute)\b", file.read())


@contextmanager
def apart():
    """A fault of ours: the receipt is written in a transaction of its own, and the effect in another."""
    enter, leave, within = Atomic.__enter__, Atomic.__exit__, []

    def entered(block):
        if within:
            enter(block)
        within.append(block)

    def left(block, *error):
        within.pop()
        return leave(block, *error) if within else None

    with patch.multiple(Atomic, __enter__=entered, __exit__=left):
        yield


@contextmanager
def believing():
    """A fault of ours: whether the commit came to pass is not looked at."""
    leave = Atomic.__exit__

    def left(block, *error):
        try:
            return leave(block, *error)
        except OperationalError:
            if any(error) or connection.savepoint_ids != outside:
                raise
            return None

    outside = list(connection.savepoint_ids)
    with patch.object(Atomic, "__exit__", left):
        yield


@pytest.mark.parametrize(
    ("plant", "name", "blow", "found"),
    [(apart, "shown", BROKEN, "half of it"), (believing, "begun", REFUSED, "does not stand")],
)
def test_a_receipt_apart_from_its_effect_and_an_answer_before_the_commit_are_found(
    small, plant, name, blow, found
):
    step = to(small, name)
    with pytest.raises(AssertionError, match=found):
        exhausted(step, blow, plant)
