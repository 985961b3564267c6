"""A follow-up visit is taken along off line, scored and signed by both sides on the spot, concluded after."""

from datetime import timedelta

import pytest

import snapshots
from dabiao.base import canonical
from dabiao.base.journal import replay
from dabiao.kernel.actor import TIME
from dabiao.people.models import Qualification
from dabiao.people.services.qualifications import suspend
from dabiao.reviews.queries import checks, rectifications
from dabiao.reviews.services import followups
from dabiao.sheets.models import Answer
from field.test_closing_elsewhere import closes_once_answered, taken_along
from reviews.placing import Placed
from reviews.revisiting import ENDED, SET, THERE, VISIT, arranged, attained, concluded, owed

VETO = "2.1.2"


@pytest.fixture
def done(db: None) -> Placed:
    return snapshots.laid(attained)


@pytest.mark.obligation("Q4-follow-up", "Q4-both-sign", "Q4-words-images")
def test_it_is_closed_on_the_spot_and_concluded_after(done: Placed, at) -> None:
    visit = arranged(done)
    at(THERE + timedelta(hours=3))
    pad = taken_along(done.account("second"), THERE)
    (only,) = pad.get("session").json()["visits"]
    assert (only["key"], only["occasion"]) == (f"followup-{visit.pk}", "follow_up_visit")
    packet = pad.packet(only["key"])
    items = [each["item"]["key"] for each in packet["book"]["lines"] if each["outermost"]]
    assert items == ["1.2.1", VETO, "2.1.3"]
    closes_once_answered(pad, packet, done.account("officer"))
    assert concluded(done, visit).state == "concluded"
    assert owed(done).state == "met"
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q4-item-by-item")
def test_it_tells_what_was_found_by_whom_and_what_was_done_since(done: Placed, at) -> None:
    visit = arranged(done)
    at(THERE)
    pad = taken_along(done.account("second"), THERE)
    packet = pad.packet(f"followup-{visit.pk}")
    rows = {checks.line_of(each): each for each in rectifications.findings(done.review)}
    assert list(packet["findings"]) == ["1.2.1", "2.1.3"]
    for line, row in rows.items():
        hazard = row.hazard
        assert packet["findings"][line] == [{
            "text": hazard.text, "by": "示例reviewer", "found_at": canonical.moment(hazard.found_at),
            "measure": hazard.corrective, "due": hazard.due.isoformat(), "done": "已更换",
            "reported_on": done.review.rectified_on.isoformat(), "evidence": 1,
        }]  # fmt: skip
    again = pad.packet(f"followup-{visit.pk}", f"?since={packet['number']}")
    assert (again["whole"], again["findings"]) == (False, packet["findings"])


def test_before_its_day_nothing_is_closed(done: Placed, at) -> None:
    visit = arranged(done, day=VISIT + timedelta(days=1))
    at(THERE)
    pad = taken_along(done.account("second"), THERE)
    (told,) = pad.outcomes(pad.act("sheets.close@1", f"followup-{visit.pk}", {"closing": {}}))
    assert (told["outcome"], "到场之后" in told["text"]) == ("refused", True)


def test_it_is_taken_along_by_those_who_go_and_nobody_else(done: Placed, at) -> None:
    visit = arranged(done)
    at(THERE)
    for who, seen in (("second", 200), ("reviewer", 404), ("organizer", 404), ("expert", 404)):
        pad = taken_along(done.account(who), THERE)
        assert pad.get(f"visits/followup-{visit.pk}/packet").status_code == seen
    pad = taken_along(done.account("reviewer"), THERE)
    (told,) = pad.outcomes(pad.record(f"followup-{visit.pk}", "1.2.1"))
    assert (told["outcome"], Answer.objects.filter(sheet=visit.sheet_id).exists()) == ("refused", False)


def test_who_was_not_qualified_on_the_day_is_refused(done: Placed, at) -> None:
    visit = arranged(done)
    row = Qualification.objects.get(account=done.second, kind="reviewer")
    told = {"since": VISIT, "until": None, "reason": "示例", "version": row.version}
    suspend(row=row, by=done.actor("organizer_lead"), at=SET, **told)
    at(THERE)
    pad = taken_along(done.account("second"), THERE)
    (said,) = pad.outcomes(pad.record(f"followup-{visit.pk}", "1.2.1"))
    assert (said["outcome"], said["clause"]) == ("refused", "quality-2015/5")


def test_of_one_called_off_nothing_is_taken_over(done: Placed, at) -> None:
    """The certificate ended while the device was away."""
    visit = arranged(done)
    at(THERE)
    pad = taken_along(done.account("second"), THERE)
    pad.packet(f"followup-{visit.pk}")
    followups.release(followup=owed(done), why="证书已经失效。", by=TIME, at=ENDED)
    (told,) = pad.outcomes(pad.record(f"followup-{visit.pk}", "1.2.1"))
    assert told["outcome"] != "stored"
    assert not Answer.objects.filter(sheet=visit.sheet_id).exists()
    assert pad.get("session").json()["visits"] == []
