"""What was not taken over is decided by a person, with a reason, by a new act; both sides stay."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from dabiao.base.files import store
from dabiao.base.journal import replay
from dabiao.base.models import JournalEntry, StoredFile
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused
from dabiao.office.todo import todos
from dabiao.sheets.models import Answer, Contest
from dabiao.sheets.services.contesting import decide_contest
from field.conftest import NOW
from field.device import CONFORMS, deducted
from field.test_closing import GIVEN, signers
from sheets import photographs

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def contest(held, visit, device):
    """The leader's device answered what the second had answered meanwhile."""
    mine, theirs = device("reviewer"), device("second")
    mine.post("devices", {"device": mine.uuid, "name": "示例平板"})
    theirs.outcomes(theirs.record(visit, "1.1.1", deducted("1", words="东侧护罩缺失")))
    (told,) = mine.outcomes(mine.record(visit, "1.1.1"))
    assert told["outcome"] == "conflict"
    return Contest.objects.get()


def decide(held, contest, who, decision="kept", reason="向二人核实，以现场照片为准"):
    told = {"decision": decision, "reason": reason, "by": held.actor(who), "at": LATER}
    return decide_contest(contest=contest.pk, **told)


def standing(held):
    return Answer.objects.get(sheet=held.plan.sheet, line="1.1.1")


def test_what_came_in_is_kept_with_act_device_and_organizing_unit(held, contest):
    assert (contest.act, contest.device) == ("sheets.record_answer@1", "示例平板")
    assert contest.organizing_id == held.review.organizing_id


@pytest.mark.parametrize("who", ["reviewer", "organizer", "organizer_lead"])
def test_leader_and_organizing_unit_leave_what_stands_with_a_reason(held, contest, who):
    entries = JournalEntry.objects.count()
    row = decide(held, contest, who)
    assert (row.decision, row.decided_by_id, row.decided_at) == ("kept", held.actor(who).account, LATER)
    assert (standing(held).version, JournalEntry.objects.count()) == (1, entries + 1)
    with pytest.raises(OutOfTurn, match="已经处理过"):
        decide(held, contest, who)
    assert replay.compare().status.value == "ok"


def test_the_leader_takes_over_what_was_brought_in_by_an_answer_of_their_own(held, contest):
    decide(held, contest, "reviewer", "taken")
    row = standing(held)
    assert (row.verdict, row.version, row.recorded_by_id) == ("conforms", 2, held.actor("reviewer").account)
    assert Contest.objects.get().theirs["words"] == "东侧护罩缺失"
    assert replay.compare().status.value == "ok"


def test_the_organizing_unit_does_not_write_on_the_sheet(held, contest):
    with pytest.raises(Refused):
        decide(held, contest, "organizer", "taken")
    assert (Contest.objects.get().decided_at, standing(held).version) == (None, 1)


def test_who_neither_leads_nor_organizes_decides_nothing(held, contest):
    with pytest.raises(Refused, match="由牵头人或者评审组织单位处理"):
        decide(held, contest, "second")
    for who in ("expert", "officer", "industry_city"):
        with pytest.raises(Absent):
            decide(held, contest, who)


@pytest.mark.parametrize(
    ("decision", "reason"), [("kept", " "), ("kept", "长" * 301), ("other", "好"), ("", "好")]
)
def test_without_a_reason_or_a_choice_nothing_is_decided(held, contest, decision, reason):
    with pytest.raises(Invalid):
        decide(held, contest, "reviewer", decision, reason)
    assert Contest.objects.get().decided_at is None


def test_an_answer_taken_back_on_the_spot_is_taken_back_here(held, visit, device):
    mine, theirs = device("reviewer"), device("second")
    first = mine.outcomes(mine.record(visit, "1.1.1"))[0]
    theirs.outcomes(theirs.record(visit, "1.1.1", deducted("1"), based_on=first["version"]))
    mine.outcomes(mine.act("sheets.retract_answer@1", visit, {"line": "1.1.1"}, based_on=1))
    decide(held, Contest.objects.get(), "reviewer", "taken")
    assert not Answer.objects.filter(sheet=held.plan.sheet, line="1.1.1").exists()


def titles(held, who):
    return [each.title for each in todos(held.actor(who), LATER) if "不一致" in each.title]


def test_it_waits_in_the_lists_of_those_who_decide_until_somebody_does(held, visit, contest, device):
    for who, count in (("reviewer", 1), ("organizer", 1), ("second", 0), ("officer", 0)):
        assert len(titles(held, who)) == count
    decide(held, contest, "organizer")
    assert titles(held, "reviewer") == []


def test_who_answers_again_having_seen_theirs_has_settled_it(held, visit, contest, device, monkeypatch):
    mine = device("reviewer")
    monkeypatch.setattr("dabiao.base.clock.now", lambda: LATER)
    (told,) = mine.outcomes(mine.record(visit, "1.1.1", CONFORMS, based_on=1))
    assert (told["outcome"], titles(held, "reviewer")) == ("stored", [])
    assert "现场已重新办理" in page(mine, contest)


def page(pad, contest):
    answered = pad.client.get(reverse("office:contest", args=[contest.pk]))
    assert answered.status_code == 200
    return answered.content.decode()


def test_the_page_shows_both_sides_in_words_and_takes_the_decision(held, contest, device):
    pad = device("reviewer")
    shown = page(pad, contest)
    for words in ("东侧护罩缺失", "查记录和现场，符合要求", "示例second", "示例平板", "1.1.1 项"):
        assert words in shown
    url = reverse("office:contest", args=[contest.pk])
    assert pad.client.post(url, {"decision": "kept", "reason": ""}).status_code == 422
    assert pad.client.post(url, {"decision": "kept", "reason": "以照片为准"}).status_code == 302
    assert "以照片为准" in page(pad, contest)
    listed = pad.client.get(reverse("office:contests")).content.decode()
    assert "没有待处理的现场冲突" in listed
    assert "维持系统中的内容" in pad.client.get(reverse("office:contests") + "?show=all").content.decode()


def test_signatures_that_do_not_match_are_shown_by_element_and_their_drawings_kept(held, visit, device):
    pad, other = device("reviewer"), device("second")
    lines = [each["item"]["key"] for each in pad.packet(visit)["book"]["lines"]]
    pad.outcomes(*[pad.record(visit, each) for each in lines])
    told = pad.closing(pad.packet(visit), *signers(held))
    other.outcomes(other.record(visit, "1.1.1", deducted("1"), based_on=1))
    (outcome,) = pad.outcomes(pad.act("reviews.conclude@1", visit, {**GIVEN, "closing": told}))
    assert outcome["outcome"] == "conflict"
    row = Contest.objects.get()
    shown = page(pad, row)
    for words in ("双方签字", "不一致", "示例principal", "企业一方", "不能合并", "维持系统中的内容"):
        assert words in shown
    assert "采用带回的内容" not in shown
    images = [each["image"] for each in told["signatures"]]
    assert StoredFile.objects.filter(digest__in=images).count() == len(images)
    seen(pad, row, told["signatures"])
    with pytest.raises(Refused, match="不能在这里采用"):
        decide(held, row, "reviewer", "taken")
    assert decide(held, row, "reviewer").decision == "kept"
    assert replay.compare().status.value == "ok"


def seen(pad, row, signed):
    """Each drawing as a copy made of its pixels, at an address of its own."""
    shown = page(pad, row)
    for place, each in enumerate(signed, 1):
        url = reverse("office:contest_signature", args=[row.pk, place])
        assert f'src="{url}"' in shown
        answered = pad.client.get(url)
        assert (answered.status_code, answered["Content-Type"]) == (200, "image/jpeg")
        assert answered["X-Content-Type-Options"] == "nosniff"
        content = b"".join(answered.streaming_content)
        assert content.startswith(b"\xff\xd8")
        with Image.open(BytesIO(content)) as drawn, Image.open(store.place(each["image"])) as came:
            near = zip(drawn.getpixel((9, 9)), came.convert("RGB").getpixel((9, 9)), strict=True)
            assert max(abs(one - other) for one, other in near) < 8
    beyond = reverse("office:contest_signature", args=[row.pk, len(signed) + 1])
    assert pad.client.get(beyond).status_code == 404


def test_a_list_of_many_asks_no_more_than_of_one(held, visit, contest, device):
    pad, other = device("reviewer"), device("second")

    def asked():
        with CaptureQueriesContext(connection) as seen:
            pad.client.get(reverse("office:contests"))
        return len(seen)

    asked()
    few = asked()
    for line in ("1.1.2", "1.2.1", "2.1.1"):
        other.outcomes(other.record(visit, line))
        pad.outcomes(pad.record(visit, line, deducted("1")))
    assert Contest.objects.count() == 4
    assert asked() == few


def test_a_picture_that_came_too_late_is_shown_by_what_it_was(held, visit, device):
    pad = device("second")
    picture = pad.send(photographs.jpeg())
    row = Contest(act="sheets.attach_picture@1", line="1.1.1", ours={"picture": picture, "caption": "东门"})
    row.sheet, row.kind, row.words = held.plan.sheet, "answer", "时间不确定"
    row.account_id, row.done_at, row.received_at = held.second, NOW, NOW
    row.save()
    assert "附影像：东门" in page(device("reviewer"), row)
