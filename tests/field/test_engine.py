"""The device's own engine against the real views, through the faults of the simulation, on this database."""

import base64
import json
from collections import Counter

import pytest

from dabiao.base.files import store
from dabiao.base.journal import replay
from dabiao.field.models import Outcome, Receipt
from dabiao.field.rules import acts
from dabiao.field.services import performing
from dabiao.kernel.errors import OutOfTurn
from dabiao.reviews.models import Meeting, MeetingKind
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer, Picture, Signature
from dabiao.sheets.rules import digests
from dabiao.sheets.services import closing, signing
from field.conftest import NOW
from reviews.placing import filled
from sheets import photographs

SEEDS = range(1, 21)
SIGNED = range(1, 16)  # hand-overs, damaged ones, closings that wait and that do not match are among them
BEGUN = range(1, 13)
PICTURES = 4
BEGIN, CONCLUDE = "reviews.begin@1", "reviews.conclude@1"
EARLY = 1  # a seed in which somebody scores before the leader begins
APART = 7  # a seed in which the leader signs over something else than the server has
NEW_IDS = "the device makes a new id for every attempt"
LINES = [{"key": key, "rule": "1" if key == "1.1.2" else ""} for key in ("1.1.1", "1.1.2", "1.2.1", "2.1.1")]


def scenario(held, seed, pictures, **more):
    """`more`: a planted bug, signatures to give, an opening meeting still to come, a tablet that breaks."""
    people = [held.account(who) for who in ("reviewer", "second")]
    return {
        "names": {str(each.pk): each.name for each in people},
        "bug": more.get("bug", ""),
        "opening": more.get("opening", False),
        "losing": more.get("losing", False),
        "inks": [base64.b64encode(each).decode() for each in more.get("inks", ())],
        "seed": seed,
        "start": int(NOW.timestamp() * 1000),
        "accounts": [each.pk for each in people],
        "visit": f"review-{held.key}",
        "lines": LINES,
        "pictures": [base64.b64encode(each).decode() for each in pictures],
    }


def drawn():
    return [photographs.jpeg((80 + n, 60)) for n in range(PICTURES)]


def content(act):
    """What the server keeps of an act, to compare by."""
    (read,) = acts.read_all([json.loads(act)], NOW)
    return read.content


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_person_was_promised_arrives_once_and_unaltered(bridge, held, seed):
    pictures = drawn()
    done = bridge.play(scenario(held, seed, pictures))
    assert done["stuck"] == []
    assert arrived(done) == []
    once(held.plan.sheet, Receipt.objects.all())
    unaltered(held.plan.sheet, pictures)
    assert replay.compare().status.value == "ok"


def test_a_device_that_makes_a_new_id_for_every_attempt_is_found(bridge, held):
    done = bridge.play(scenario(held, 1, [], bug=NEW_IDS))
    assert any(each.startswith("nobody made") for each in arrived(done))


@pytest.mark.obligation("Q4-item-by-item")
@pytest.mark.parametrize("seed", BEGUN)
def test_what_was_scored_before_the_opening_meeting_came_waits_for_it_and_arrives(planned, bridge, seed):
    """Both score without a signal; whose device is on line first is nothing."""
    pictures = drawn()
    done = bridge.play(scenario(planned, seed, pictures, opening=True))
    assert done["stuck"] == []
    assert arrived(done) == []
    begun_once_and_first(planned)
    once(planned.plan.sheet, Receipt.objects.all())
    unaltered(planned.plan.sheet, pictures)
    assert replay.compare().status.value == "ok"


def test_a_server_that_refuses_what_comes_before_the_opening_meeting_is_found(planned, bridge, monkeypatch):
    monkeypatch.setattr(performing, "unopened", lambda visit: OutOfTurn(performing.NO_SHEET))
    bridge.play(scenario(planned, EARLY, [], opening=True))
    with pytest.raises(AssertionError):
        begun_once_and_first(planned)


def begun_once_and_first(planned):
    assert planned.review.state == "reviewing"
    assert Meeting.objects.filter(plan__review=planned.key, kind=MeetingKind.OPENING).count() == 1
    (begin,) = Receipt.objects.filter(act=BEGIN, outcome=Outcome.STORED)
    assert not Receipt.objects.filter(pk__lt=begin.pk).exclude(act=BEGIN).exists(), (
        "judged before it could be"
    )


@pytest.mark.obligation("Q4-both-sign")
@pytest.mark.parametrize("seed", SIGNED)
def test_a_review_handed_over_exported_and_signed_closes_over_what_was_signed(bridge, held, seed):
    """Both change a full sheet, hand over, move to another tablet; the leader signs until it closes."""
    filled(held, who="second")
    sheet, inks = held.plan.sheet, [photographs.signature(number) for number in (1, 2)]
    before = Counter(Answer.objects.filter(sheet=sheet).values_list("version", flat=True))
    attached = Picture.objects.filter(sheet=sheet).count()
    pictures = drawn()
    done = bridge.play(scenario(held, seed, pictures, inks=inks))
    assert done["stuck"] == []
    assert done["moved"]["signed"] > 0
    assert arrived(done) == []
    once(sheet, Receipt.objects.all(), before, attached)
    closed_over_what_was_signed(sheet, inks)
    assert replay.compare().status.value == "ok"


def test_a_server_that_closes_over_something_else_than_was_signed_is_found(bridge, held, monkeypatch):
    filled(held, who="second")
    sheet, inks = held.plan.sheet, [photographs.signature(number) for number in (1, 2)]
    monkeypatch.setattr(signing, "_match", lambda *_: None)
    bridge.play(scenario(held, APART, drawn(), inks=inks))
    with pytest.raises(AssertionError):
        closed_over_what_was_signed(sheet, inks)


def closed_over_what_was_signed(sheet, inks):
    sheet.refresh_from_db()
    assert (sheet.state, closing.altered(sheet), closing.broken(sheet)) == ("closed", (), ())
    receipts = Receipt.objects.filter(act=CONCLUDE)
    (taken,) = [row for row in receipts if row.outcome == Outcome.STORED]
    stands = digests.elements(sheets.rulebook(sheet), sheets.records(sheet))
    assert taken.input["closing"]["root"] == digests.root(stands), "both signed this, and nothing else"
    assert all(row.told["differs"] for row in receipts if row.outcome == Outcome.CONFLICT), (
        "nobody is told why"
    )
    assert Meeting.objects.filter(plan__sheet=sheet, kind=MeetingKind.CLOSING).count() == 1
    assert Signature.objects.filter(sheet=sheet).count() == len(inks)


def arrived(done):
    """What is not as it should be: promised and absent, altered, or here without anybody having made it."""
    kept = {row.uuid: row.content for row in Receipt.objects.all()}
    assert kept, "nothing was delivered at all"
    made = {key: content(act) for key, act in done["made"].items()}
    lost = [f"lost: {key}" for key in done["promised"] if key not in kept]
    altered = [f"altered: {key}" for key in kept if key in made and kept[key] != made[key]]
    assert any(row.outcome == Outcome.STORED for row in Receipt.objects.all()), "nothing was stored at all"
    return [*lost, *altered, *(f"nobody made: {key}" for key in kept if key not in made)]


def once(sheet, receipts, before=None, attached_before=0):
    """Every stored act had its effect, and had it once: versions count answers, rows count pictures."""
    stored = [row for row in receipts if row.outcome == Outcome.STORED]
    answers = Counter(row.told["version"] for row in stored if row.act == acts.RECORD)
    last = Counter()
    for row in Answer.objects.filter(sheet=sheet):
        last.update(range(1, row.version + 1))
    assert answers + (before or Counter()) == last
    attached = [row for row in stored if row.act == "sheets.attach_picture@1"]
    assert Picture.objects.filter(sheet=sheet).count() == attached_before + len(attached)


def unaltered(sheet, pictures):
    for row in Picture.objects.filter(sheet=sheet).select_related("file"):
        assert store.place(row.file.digest).read_bytes() in pictures
