"""The device's own engine against the real views where a colleague's tablet breaks after its hand-over."""

from collections import Counter

import pytest

from dabiao.base.journal import replay
from dabiao.field.models import Outcome, Receipt
from dabiao.sheets.models import Answer, Picture
from dabiao.sheets.rules.values import Answer as Given
from dabiao.sheets.rules.values import Verdict
from dabiao.sheets.services import losing, signing
from dabiao.sheets.services.answering import record_answer
from field.test_engine import LINES, arrived, closed_over_what_was_signed, drawn, once, scenario
from reviews.placing import filled
from sheets import photographs

SEEDS = (
    1,
    2,
    3,
    4,
    6,
    8,
)  # now and then nothing was handed over before it broke, and nothing is to be given up
ANEW = {3, 4, 6}  # seeds in which the leader records what was handed over in their own name
FREED = 1  # a seed in which a closing waits for what is then declared lost
DECLARE = "sheets.declare_lost@1"


@pytest.fixture
def story(bridge, held):
    """Changes to a full sheet are handed over, their tablet breaks, the leader signs until it closes."""

    def played(seed):
        filled(held, who="second")
        sheet, inks = held.plan.sheet, [photographs.signature(number) for number in (1, 2)]
        before = Counter(Answer.objects.filter(sheet=sheet).values_list("version", flat=True))
        attached = Picture.objects.filter(sheet=sheet).count()
        done = bridge.play(scenario(held, seed, drawn(), inks=inks, losing=True))
        return done, sheet, inks, before, attached

    return played


@pytest.mark.obligation("Q4-both-sign")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_tablet_lost_after_its_hand_over_is_given_up_and_nothing_of_it_is_signed(bridge, held, story, seed):
    done, sheet, inks, before, attached = story(seed)
    assert done["stuck"] == []
    assert arrived(done) == []
    once(sheet, Receipt.objects.all(), before, attached)
    only_by_themselves(bridge, done)
    assert in_own_name(held, sheet) == (seed in ANEW)
    closed_over_what_was_signed(sheet, inks)
    assert replay.compare().status.value == "ok"


def test_a_server_that_delivers_in_the_lost_colleagues_name_is_found(bridge, held, story, monkeypatch):
    real = losing.declare_lost

    def meddling(**told):
        lost = real(**told)
        row = Answer.objects.get(sheet=told["sheet"], line="1.1.1")
        answer = Given(Verdict.CONFORMS, words="按移交内容补记")
        second = held.actor("second")
        record_answer(
            sheet=told["sheet"], line="1.1.1", answer=answer, version=row.version, by=second, at=told["at"]
        )
        return lost

    monkeypatch.setattr(losing, "declare_lost", meddling)
    done, sheet, _, before, attached = story(FREED)
    assert done["happened"]["device given up"] > 0
    with pytest.raises(AssertionError):
        once(sheet, Receipt.objects.all(), before, attached)


def test_a_server_that_lets_a_closing_through_with_the_root_of_before_is_found(bridge, story, monkeypatch):
    monkeypatch.setattr(signing, "_match", lambda *_: None)
    done, sheet, inks, *_ = story(FREED)
    assert done["happened"]["device given up"] > 0
    with pytest.raises(AssertionError):
        closed_over_what_was_signed(sheet, inks)


def in_own_name(held, sheet):
    """Whether copies stand in the leader's name, who answers on the last line alone otherwise."""
    theirs = Answer.objects.filter(sheet=sheet, recorded_by=held.account("reviewer"))
    return theirs.exclude(line=LINES[-1]["key"]).exists()


def only_by_themselves(bridge, done):
    """Every receipt is of an act that its own person's device sent."""
    rows = Receipt.objects.values_list("uuid", "account_id", "act", "outcome")
    assert {(uuid, account) for uuid, account, *_ in rows} <= bridge.sent
    declared = any(act == DECLARE and outcome == Outcome.STORED for *_, act, outcome in rows)
    assert declared == ("device given up" in done["happened"])
