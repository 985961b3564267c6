"""Reading acts: what is seen at a glance is what looking at every value finds."""

import json
from datetime import UTC, datetime

import pytest

from dabiao.field.rules import acts
from dabiao.kernel.digests import canonical, digest
from dabiao.kernel.errors import Invalid
from field.device import CONFORMS

NOW = datetime(2026, 3, 16, 5, tzinfo=UTC)
PLAIN = {
    "id": "00000000-0000-4000-8000-000000000000",
    "act": acts.RECORD,
    "visit": "review-12",
    "order": 57,
    "done_at": "2026-03-02T02:00:00.000001Z",
    "uncertainty": 1500,
    "based_on": 0,
    "where": {"lat": 39.904, "lon": 116.4, "accuracy": 12.4},
    "input": {"line": "7.1.2", "answer": CONFORMS},
}
GOOD = [
    {
        "line": "7.1.2",
        "answer": {**CONFORMS, "words": "第 1.5 条、:1.5、[2e3、\u3000全角空格、😀、C:\\reports"},
    },
    {"line": "7.1.2", "answer": CONFORMS, "kept": [0, -5, 2**53 - 1, -(2**53 - 1), True, None]},
    {"deep": [[[[[[[1]]]]]]]},
    {"many": [[], {}, [], {}, [], {}, [], {}, [], {}]},
]
BAD = [
    {"line": "7.1.2", "n": 1.5},
    {"line": "7.1.2", "n": -2.5e9},
    {"line": "7.1.2", "n": 1e300},
    {"n": [0, 3.0]},
    {"n": 2**53},
    {"n": -(2**53)},
    {"n": 12345678901234567890},
    {"words": "a\0b"},
    {"words": "a\rb"},
    {"words": "\ud83d"},
    {"words": "长" * (acts.MOST_TEXT + 1)},
    {"deep": [[[[[[[[1]]]]]]]]},
    {"a\0": 1},
]


def read(given):
    (sent,) = acts.read_all([{**PLAIN, "input": given}], NOW)
    return sent


@pytest.mark.parametrize("given", GOOD)
def test_what_is_plain_is_read(given):
    assert not acts.faulty(given, 0)
    sent = read(given)
    assert (sent.fault, sent.input) == ("", given)


@pytest.mark.parametrize("given", BAD)
def test_what_is_not_is_found_at_fault(given):
    assert read(given).fault == acts.faulty(given, 0) != ""


def test_a_moment_does_not_send_every_act_down_the_slow_way(monkeypatch):
    monkeypatch.setattr(acts, "faulty", lambda value, depth: pytest.fail("looked at every value"))
    assert not read(PLAIN["input"]).fault


@pytest.mark.parametrize("name", ["act", "visit", "done_at", "based_on", "order"])
def test_what_lies_beside_the_input_is_looked_at_by_itself(name):
    for wrong in ("a\0b", "a\rb", "\ud83d", 1.5, '","input":{"x":1.5}', ["input"], {"input": 1}):
        (sent,) = acts.read_all([{**PLAIN, name: wrong}], NOW)
        assert sent.fault or name in {"act", "visit"}, wrong
    for wrong in ("a\0b", "a\rb", "\ud83d", 1.5):
        (sent,) = acts.read_all([{**PLAIN, name: wrong}], NOW)
        assert sent.fault, wrong


def test_the_digest_of_an_act_is_that_of_all_it_says():
    """Kept in receipts: the same act sent again must be known by it for ever."""
    said = {name: PLAIN[name] for name in acts.WHOLE}
    assert read(PLAIN["input"]).content == digest(canonical(said))
    assert json.loads(canonical(said)) == said


WRONG = (None, 7, -1, 2**53, True, "", "x\0", [], {})
OTHERS = [
    *({"input": given} for given in (*GOOD, *BAD)),
    *(
        {name: wrong}
        for name in PLAIN
        if name != "id"
        for wrong in (None, 7, -1, 2**53, True, "", "x\0", [], {})
    ),
    {"act": "a" * 81},
    {"visit": "v" * 41},
    {"done_at": "2026-03-02T02:00:00"},
    {"done_at": "2026-03-02T10:00:00+08:00"},
    {"uncertainty": acts.MOST_UNCERTAIN + 1},
    {"based_on": "11111111-0000-4000-8000-000000000000"},
    {"id": "00000000000040008000000000000000"},
    {"where": {"lat": 91, "lon": 0, "accuracy": 0}},
]


@pytest.mark.parametrize("other", OTHERS)
def test_many_are_read_column_by_column_as_each_is_by_itself(other):
    sent = [PLAIN, {**PLAIN, **other}, {**PLAIN, "id": "22222222-0000-4000-8000-000000000000", "order": 58}]
    assert acts.read_all(sent, NOW) == [acts.read_all([each], NOW)[0] for each in sent]
    assert acts.read_all(sent, NOW) == [alone(each) for each in sent]


def alone(plain):
    """As it is read where one of its neighbours needs a second look."""
    return acts.read_all([plain, {**PLAIN, "act": None}], NOW)[0]


def test_what_is_alike_is_read_column_by_column(monkeypatch):
    monkeypatch.setattr(acts, "_read", None)
    [first, second] = acts.read_all([PLAIN, {**PLAIN, "order": 58}], NOW)
    assert (first.order, second.order, first.content != second.content) == (57, 58, True)


@pytest.mark.parametrize("wrong", [None, 7, {}, "no-id"])
def test_nothing_is_told_of_acts_without_an_id(wrong):
    with pytest.raises(Invalid):
        acts.read_all([PLAIN, {**PLAIN, "id": wrong}], NOW)
    with pytest.raises(Invalid):
        acts.read_all([PLAIN, wrong], NOW)
