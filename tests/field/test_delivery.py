"""Acts are judged once, by the services everybody uses; whatever comes, a device is told how to go on."""

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabiao.base import canonical
from dabiao.base.journal import replay
from dabiao.base.models import JournalEntry
from dabiao.field.models import Receipt
from dabiao.people.models import Qualification
from dabiao.people.services import qualifications
from dabiao.reviews.models import Meeting
from dabiao.sheets.models import Answer, Contest, Picture
from dabiao.sheets.rules import digests, values
from field.conftest import NOW
from field.device import CONFORMS, deducted
from reviews.placing import ATTENDANCE, OPENED
from sheets import photographs


def test_acts_are_stored_with_their_own_moment_and_told_version_and_digest(held, visit, device):
    pad = device("reviewer")
    acts = [pad.record(visit, "1.1.1"), pad.record(visit, "1.1.2", deducted("1"))]
    first, second = pad.outcomes(*acts)
    assert (first["outcome"], first["version"], second["outcome"]) == ("stored", 1, "stored")
    assert first["digest"] == digests.stored(values.answer(CONFORMS))
    row = Answer.objects.get(sheet=held.plan.sheet, line="1.1.2")
    assert (canonical.moment(row.done_at), row.received_at) == (acts[1]["done_at"], NOW)
    receipt = Receipt.objects.get(uuid=acts[0]["id"])
    assert (receipt.pk, receipt.place["lat"], receipt.input) == (first["receipt"], "39.904000", None)
    assert replay.compare().status.value == "ok"


def test_as_many_statements_for_many_answers_as_for_few(held, visit, device):
    pad = device("reviewer")
    pad.get("session")

    def asked(*lines):
        acts = [pad.record(visit, line) for line in lines]
        with CaptureQueriesContext(connection) as seen:
            assert {each["outcome"] for each in pad.outcomes(*acts)} == {"stored"}
        return len(seen)

    asked("2.1.3")
    assert asked("1.1.1") == asked("1.1.2", "1.2.1", "2.1.1", "2.1.2") <= 26


def test_receiving_twice_changes_nothing_and_answers_the_same(held, visit, device):
    pad = device("reviewer")
    acts = [
        pad.record(visit, "1.1.1"),
        pad.record(visit, "no.such.line"),
        pad.act("field.arrive@1", visit, {"remark": ""}),
    ]
    first, entries = pad.outcomes(*acts), JournalEntry.objects.count()
    assert pad.outcomes(*acts) == first
    assert [each["outcome"] for each in first] == ["stored", "refused", "stored"]
    assert (JournalEntry.objects.count(), Receipt.objects.count()) == (entries, 3)


def test_the_same_id_with_other_content_is_refused_and_the_first_stays(held, visit, device):
    pad = device("reviewer")
    act = pad.record(visit, "1.1.1")
    pad.outcomes(act)
    other = {**act, "input": {"line": "1.1.1", "answer": deducted("1")}}
    (told,) = pad.outcomes(other)
    assert (told["outcome"], "已经送达过" in told["text"]) == ("refused", True)
    assert Answer.objects.get(sheet=held.plan.sheet, line="1.1.1").verdict == "conforms"
    theirs = device("second")
    (told,) = theirs.outcomes(act)
    assert (told["outcome"], told["receipt"]) == ("refused", 0)


def test_a_run_of_edits_of_one_line_is_applied_in_order_on_what_came_before(held, visit, device):
    pad = device("reviewer")
    one = pad.record(visit, "1.1.1")
    two = pad.record(visit, "1.1.1", deducted("1"), based_on=one["id"])
    three = pad.record(visit, "1.1.1", CONFORMS, based_on=two["id"])
    gone = pad.act("sheets.retract_answer@1", visit, {"line": "1.1.1"}, based_on=three["id"])
    told = pad.outcomes(one, two, three, gone)
    assert [(each["outcome"], each["version"]) for each in told] == [("stored", n) for n in (1, 2, 3, 0)]
    assert not Answer.objects.filter(sheet=held.plan.sheet).exists()


def test_what_is_based_on_something_not_here_waits_and_is_judged_later(held, visit, device):
    pad = device("reviewer")
    one = pad.record(visit, "1.1.1")
    two = pad.record(visit, "1.1.1", deducted("1"), based_on=one["id"])
    (told,) = pad.outcomes(two)
    assert (told["outcome"], told["acts"], Receipt.objects.count()) == ("waiting", [one["id"]], 0)
    assert [each["outcome"] for each in pad.outcomes(one, two)] == ["stored", "stored"]


def test_a_conflict_keeps_both_sides_and_what_follows_from_it_conflicts_too(held, visit, device):
    mine, theirs = device("reviewer"), device("second")
    theirs.outcomes(theirs.record(visit, "1.1.1", deducted("1", words="东侧护罩")))
    act = mine.record(visit, "1.1.1")
    after = mine.record(visit, "1.1.1", deducted("1", 3), based_on=act["id"])
    first, second = mine.outcomes(act, after)
    assert (first["outcome"], first["version"], first["theirs"]["words"]) == ("conflict", 1, "东侧护罩")
    assert (first["theirs"]["by"], second["outcome"]) == ("示例second", "conflict")
    kept = Contest.objects.order_by("id").first()
    assert (kept.line, kept.ours["answer"]["verdict"], kept.account) == ("1.1.1", "conforms", mine.account)
    assert Answer.objects.get(sheet=held.plan.sheet).words == "东侧护罩"
    decided = mine.record(visit, "1.1.1", CONFORMS, based_on=first["version"])
    assert mine.outcomes(decided)[0]["version"] == 2
    assert replay.compare().status.value == "ok"


def test_a_picture_waits_for_its_bytes_and_is_then_attached(held, visit, device):
    pad = device("reviewer")
    content = photographs.jpeg()
    acts = [pad.attach(visit, "1.1.1", hashlib.sha256(content).hexdigest(), "东门")]
    assert pad.outcomes(*acts)[0]["needs"] == [acts[0]["input"]["picture"]]
    pad.send(content)
    (told,) = pad.outcomes(*acts)
    assert (told["outcome"], told["digest"]) == ("stored", f"sha256:{acts[0]['input']['picture']}")
    row = Picture.objects.get(sheet=held.plan.sheet)
    assert (row.caption, row.file.facts["device"]) == ("东门", "SHILI P60")
    (told,) = device("second").outcomes(device("second").attach(visit, "1.1.2", acts[0]["input"]["picture"]))
    assert told["outcome"] == "waiting"  # others have not sent it


@pytest.mark.parametrize(
    "input_",
    [
        {"line": "1.1.1", "answer": {**CONFORMS, "words": "\0"}},
        {"line": "1.1.1", "answer": {**CONFORMS, "words": "a\r\nb"}},
        {"line": "1.1.1", "answer": {"verdict": "splendid"}},
        {"line": "1.1.1", "answer": deducted("1", 1.5)},
        {"line": "1.1.1", "answer": deducted("1", 2**60)},
        {"line": "1.1.1"},
        {"line": 7, "answer": CONFORMS},
        {},
        "nothing",
        None,
    ],
)
def test_what_cannot_be_read_is_refused_alone(held, visit, device, input_):
    pad = device("reviewer")
    bad = pad.act("sheets.record_answer@1", visit, input_)
    told = pad.outcomes(bad, pad.record(visit, "1.1.2"))
    assert [each["outcome"] for each in told] == ["refused", "stored"]
    assert pad.outcomes(bad) == told[:1]


def test_half_a_surrogate_is_refused_alone_too(held, visit, device):
    pad = device("reviewer")
    acts = [pad.record(visit, "1.1.1", {**CONFORMS, "words": "\ud83d"}), pad.record(visit, "1.1.2")]
    assert [each["outcome"] for each in pad.outcomes(*acts)] == ["refused", "stored"]


def test_unknown_acts_and_visits_of_others_are_refused_alike(held, visit, device):
    pad = device("organizer")
    told = pad.outcomes(
        *(pad.record(each, "1.1.1") for each in (visit, "review-999", "moon-1", "review-x", ""))
    )
    assert {each["outcome"] for each in told} == {"refused"}
    assert len({each["text"] for each in told}) == 1
    mine = device("reviewer")
    assert mine.outcomes(mine.act("sheets.dance@1", visit, {}))[0]["text"].startswith("这一版系统不认识")


def test_what_is_done_later_than_now_is_taken_as_now_and_said(held, visit, device):
    pad = device("reviewer")
    late = canonical.moment(NOW + timedelta(hours=3))
    (told,) = pad.outcomes(pad.record(visit, "1.1.1", done_at=late))
    assert told["done_at"] == canonical.moment(NOW)


def test_qualification_is_that_of_the_day_it_was_done(held, visit, device):
    row = Qualification.objects.get(account=held.account("second"), kind="reviewer")
    qualifications.withdraw(
        row=row,
        since=NOW.date() + timedelta(days=1),
        reason="示例",
        version=row.version,
        by=held.world.actor("organizer_lead"),
        at=NOW,
    )
    pad = device("second")
    assert pad.outcomes(pad.record(visit, "1.1.1"))[0]["outcome"] == "stored"
    Qualification.objects.filter(pk=row.pk).update(until=NOW.date())
    (told,) = pad.outcomes(pad.record(visit, "1.1.2"))
    assert (told["outcome"], told["clause"]) == ("refused", "quality-2015/5")


def test_where_the_clock_is_too_unsure_to_say_a_person_decides(held, visit, device):
    Qualification.objects.filter(account=held.account("second")).update(until=NOW.date() + timedelta(days=1))
    pad = device("second")
    day = 24 * 3600 * 1000
    unsure = pad.record(visit, "1.1.1", uncertainty=day)
    assert pad.outcomes(unsure)[0]["outcome"] == "stored"  # tomorrow cannot have been
    Qualification.objects.filter(account=held.account("second")).update(since=NOW.date())
    (told,) = pad.outcomes(pad.record(visit, "1.1.2", uncertainty=day))
    assert (told["outcome"], "由人核实" in told["text"]) == ("conflict", True)


@pytest.mark.obligation("Q4-item-by-item")
def test_a_review_begins_without_a_signal_and_goes_on_in_the_same_delivery(cleared, device):
    cleared.planned()
    cleared.accepted()
    pad, visit = device("reviewer"), f"review-{cleared.key}"
    begin = pad.act("reviews.begin@1", visit, {"attendance": ATTENDANCE, "summary": "通报评审安排"})
    told = pad.outcomes(begin, pad.record(visit, "1.1.1"))
    assert [each["outcome"] for each in told] == ["stored", "stored"]
    assert cleared.review.state == "reviewing"
    assert Meeting.objects.get().held_at == OPENED + timedelta(seconds=1)
    assert pad.outcomes(begin) == told[:1]


@pytest.mark.obligation("Q4-item-by-item")
def test_what_comes_before_the_opening_meeting_waits_for_it(cleared, device):
    """The leader began without a signal, and a colleague's device is on line first."""
    cleared.planned()
    cleared.accepted()
    other, visit = device("second"), f"review-{cleared.key}"
    acts = other.record(visit, "1.1.1"), other.act("sheets.retract_answer@1", visit, {"line": "1.1.2"})
    waiting = other.outcomes(*acts)
    assert [(each["outcome"], each["needs"], each["acts"]) for each in waiting] == [("waiting", [], [])] * 2
    pad = device("reviewer")
    pad.outcomes(pad.act("reviews.begin@1", visit, {"attendance": ATTENDANCE, "summary": "通报评审安排"}))
    assert other.outcomes(acts[0])[0]["outcome"] == "stored"


def test_what_was_done_on_a_day_not_planned_is_refused(cleared, device):
    cleared.planned()
    cleared.accepted()
    pad, visit = device("reviewer"), f"review-{cleared.key}"
    given = {"attendance": ATTENDANCE, "summary": "通报评审安排"}
    early = canonical.moment(OPENED - timedelta(days=3))
    (told,) = pad.outcomes(pad.act("reviews.begin@1", visit, given, done_at=early))
    assert (told["outcome"], "计划的日期" in told["text"]) == ("refused", True)


def test_acts_of_another_person_are_not_taken(held, visit, device):
    pad, other = device("reviewer"), device("second")
    body = {"device": pad.uuid, "account": other.account.pk, "acts": [pad.record(visit, "1.1.1")]}
    answered = pad.post("acts", body)
    assert (answered.status_code, answered.json()["error"]["code"]) == (409, "account")
    assert not Receipt.objects.exists()


def test_too_many_acts_are_to_be_halved(held, visit, device):
    pad = device("reviewer")
    assert pad.delivered(*[pad.record(visit, "1.1.1") for _ in range(501)]).status_code == 413


def test_what_the_server_does_not_know_is_missing(held, visit, device):
    pad = device("reviewer")
    act = pad.record(visit, "1.1.1")
    pad.outcomes(act)
    mine, unknown = pad.send(photographs.signature()), "0" * 64
    told = pad.post("known", {"ids": [act["id"], str(uuid4())], "pictures": [mine, unknown]}).json()
    assert (len(told["missing"]), act["id"] in told["missing"], told["pictures"]) == (1, False, [unknown])
    after = [act["id"], str(uuid4())]
    told = device("second").post("known", {"ids": after, "pictures": [], "after": after}).json()
    assert (told["missing"], told["after"]) == (after, after[1:])  # judged, and not theirs
    assert device("second").post("known", {"ids": [act["id"]]}).json()["missing"] == [act["id"]]


def test_a_frame_that_cannot_be_read_judges_nothing(held, device):
    pad = device("reviewer")
    for body in (b"{", b"[]", b"\xff"):
        answered = pad.client.post("/field/acts", body, "application/json")
        assert (answered.status_code, answered["X-Dabiao-Field"]) == (400, "1")
    assert json.loads(answered.content)["dabiao"] == "field/1"
