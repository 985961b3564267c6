"""A visit delivered whole: its answers and the closing that follows are kept at once, and neither at the cost
of the other."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dabiao.base.journal import replay
from dabiao.base.models import JournalEntry
from dabiao.field.models import Receipt
from dabiao.field.rules import acts
from dabiao.sheets.models import Answer, Sheet
from dabiao.sheets.services import signing
from field.conftest import NOW
from field.test_closing import conclude, signers
from sheets import photographs


@dataclass
class Whole:
    pad: object
    acts: list[dict]

    @property
    def closing(self):
        return self.acts[-1]["input"]["closing"]

    def told(self):
        return [each["outcome"] for each in self.pad.outcomes(*self.acts)]


@pytest.fixture
def whole(held, visit, device):
    """Every line answered, pictures on all of them; the answers and the closing still on the device."""
    pad = device("reviewer")
    lines = [each["item"]["key"] for each in pad.packet(visit)["book"]["lines"]]
    picture = pad.send(photographs.jpeg())
    pad.outcomes(*[pad.attach(visit, each, picture) for each in lines])
    answers = [pad.record(visit, each) for each in lines]
    with transaction.atomic():
        pad.outcomes(*answers)
        told = pad.closing(pad.packet(visit), *signers(held))
        transaction.set_rollback(True)
    for number in range(len(told["signatures"])):
        pad.send(photographs.signature(number))
    return Whole(pad, [*answers, conclude(pad, visit, told)])


def test_answers_and_the_closing_after_them_are_kept_at_once_under_one_entry(held, whole):
    before = JournalEntry.objects.filter(act="field.receive@1").count()
    with CaptureQueriesContext(connection) as seen:
        assert set(whole.told()) == {"stored"}
    assert len(seen) <= 45
    assert JournalEntry.objects.filter(act="field.receive@1").count() == before + 1
    assert Sheet.objects.get(pk=held.plan.sheet_id).state == "closed"
    assert replay.compare().status.value == "ok"
    assert set(whole.told()) == {"stored"}


def test_a_closing_that_is_not_taken_costs_no_answer(held, whole):
    whole.closing["root"] = "sha256:" + "0" * 64
    *answers, closing = whole.told()
    assert (set(answers), closing) == ({"stored"}, "refused")
    assert Answer.objects.filter(sheet=held.plan.sheet_id).count() == len(answers)
    assert Sheet.objects.get(pk=held.plan.sheet_id).state == "open"
    assert replay.compare().status.value == "ok"


def test_a_closing_whose_signatures_are_not_here_waits_alone(held, whole):
    whole.closing["signatures"][0]["image"] = "0" * 64
    assert set(whole.told()[:-1]) == {"stored"}
    assert whole.told()[-1] == "waiting"


def test_a_fault_of_ours_in_the_closing_costs_no_answer(held, whole, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patched:
        patched.setattr(signing, "seal", broken)
        with pytest.raises(RuntimeError, match="a fault of ours"):
            whole.told()
    kept = set(Receipt.objects.values_list("uuid", flat=True))
    assert [each["id"] in kept for each in whole.acts] == [*[True] * (len(whole.acts) - 1), False]
    assert set(whole.told()) == {"stored"}
    assert replay.compare().status.value == "ok"


def test_signatures_review_and_sheet_are_held_in_the_order_of_a_closing_alone(whole):
    """Before the first answer is written: whoever holds one of these waits for none that comes before it."""
    with CaptureQueriesContext(connection) as seen:
        whole.told()
    told = [each["sql"] for each in seen.captured_queries]
    tables = ("field_upload", "reviews_review", "sheets_sheet")
    holding = [each for each in told if " UPDATE OF " in each]
    held = [next(name for name in tables if name in each) for each in holding]
    if connection.vendor == "postgresql":
        assert held == [*tables]  # and once
        written = next(at for at, each in enumerate(told) if each.startswith('COPY "sheets_answer"'))
        assert max(told.index(each) for each in holding[:3]) < written
    else:
        assert held == []


@pytest.mark.parametrize(
    ("change", "together"),
    [
        ({}, True),
        ({"visit": "review-2"}, False),
        ({"based_on": "2e109af7-b2dd-4e29-bcc3-1304c3f4e821"}, False),
        ({"input": {"after": ["2e109af7-b2dd-4e29-bcc3-1304c3f4e821"]}}, False),
        ({"input": 7}, False),
        ({"act": "field.depart@1"}, False),
    ],
)
def test_what_is_kept_at_once(change, together):
    first = {
        "id": "5bab0fa5-9e66-4242-90da-2231d759645c",
        "act": "sheets.record_answer@1",
        "visit": "review-1",
        "order": 1,
        "done_at": "2026-04-08T03:00:00Z",
        "input": {"line": "1", "answer": {}},
    }
    second = {**first, "id": "4106407d-2b05-4a6c-98d0-a9529521f021", "order": 2}
    closing = {**second, "act": "sheets.close@1", "input": {}, **change}
    read = acts.read_all([first, closing, second], NOW)
    parts = [[len(run) for run in part] for part in acts.parts(acts.runs(read))]
    assert parts == ([[1, 1], [1]] if together else [[1], [1], [1]])
