"""Both sides sign on the spot over what the device holds; the server closes over the same, or not at all."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dabiao.base.journal import replay
from dabiao.field.models import Receipt
from dabiao.office.sheets.finishing import Goes
from dabiao.office.sheets.opened import opened
from dabiao.office.sheets.printing import document
from dabiao.reviews.models import Meeting
from dabiao.reviews.queries import rectifications
from dabiao.reviews.services import meetings
from dabiao.sheets.models import Answer, Contest, Sheet, Signature
from dabiao.sheets.services import closing
from field.device import deducted
from reviews.placing import ATTENDANCE, SIGNED
from sheets import photographs

GIVEN = {"attendance": ATTENDANCE, "summary": "通报结果"}


def signers(held):
    sides = (("team", "reviewer"), ("team", "second"), ("unit", "principal"))
    return tuple((side, held.account(who)) for side, who in sides)


def conclude(pad, visit, told):
    return pad.act("reviews.conclude@1", visit, {**GIVEN, "closing": told})


@pytest.mark.obligation("Q4-both-sign", "Q4-words-images")
def test_a_review_signed_by_both_sides_on_the_spot_closes_and_is_delivered(held, visit, scored):
    told = scored.closing(scored.packet(visit), *signers(held))
    (outcome,) = scored.outcomes(conclude(scored, visit, told))
    assert (outcome["outcome"], outcome["digest"]) == ("stored", told["root"])
    sheet = Sheet.objects.get(pk=held.plan.sheet_id)
    assert (sheet.state, closing.altered(sheet), closing.broken(sheet)) == ("closed", (), ())
    names = [
        (each.side, each.name, bool(each.attested_by))
        for each in Signature.objects.filter(sheet=sheet).order_by("id")
    ]
    assert names == [
        ("team", "示例reviewer", False), ("team", "示例second", True), ("unit", "示例principal", True),
    ]  # fmt: skip
    assert rectifications.unsigned(held.plan) == []
    assert Meeting.objects.filter(kind="closing").exists()
    meetings.deliver(review=held.review, version=held.review.version, by=held.actor("reviewer"), at=SIGNED)
    assert held.review.state == "writing"
    assert replay.compare().status.value == "ok"


def test_a_closing_asks_for_everything_once(held, visit, scored):
    told = conclude(scored, visit, scored.closing(scored.packet(visit), *signers(held)))
    with CaptureQueriesContext(connection) as seen:
        assert scored.outcomes(told)[0]["outcome"] == "stored"
    assert len(seen) <= 40


def test_the_printed_sheet_shows_the_signatures_as_they_were_drawn(held, visit, scored):
    scored.outcomes(conclude(scored, visit, scored.closing(scored.packet(visit), *signers(held))))
    printed = document(opened(held.actor("reviewer"), held.plan.sheet_id), Goes(), SIGNED)
    drawn = [Image.open(BytesIO(each.image)).convert("RGB").getpixel((0, 0)) for each in printed.signatures]
    assert [(pixel[0], each.side) for pixel, each in zip(drawn, printed.signatures, strict=True)] == [
        (0, "评审组"), (1, "评审组"), (2, "企业"),
    ]  # fmt: skip


def test_what_does_not_match_is_kept_as_signed_closes_nothing_and_is_asked_again(held, visit, scored, device):
    told = scored.closing(scored.packet(visit), *signers(held))
    other = device("second")
    other.outcomes(other.record(visit, "1.1.1", deducted("1"), based_on=1))
    (outcome,) = scored.outcomes(conclude(scored, visit, told))
    assert (outcome["outcome"], outcome["differs"]) == ("conflict", ["1"])
    sheet = Sheet.objects.get(pk=held.plan.sheet_id)
    assert (sheet.state, Signature.objects.filter(sheet=sheet).exists()) == ("open", False)
    kept = Contest.objects.get()
    assert (kept.kind, kept.differs, kept.ours["closing"]["root"]) == ("closing", ["1"], told["root"])
    assert Receipt.objects.get(outcome="conflict").input["closing"] == told
    again = scored.closing(scored.packet(visit), *signers(held))
    assert scored.outcomes(conclude(scored, visit, again))[0]["outcome"] == "stored"


def test_a_closing_waits_for_the_images_of_its_signatures(held, visit, scored):
    told = scored.closing(scored.packet(visit), *signers(held))
    for number, each in enumerate(told["signatures"]):
        each["image"] = f"{number}" * 64
    (outcome,) = scored.outcomes(conclude(scored, visit, told))
    assert (outcome["outcome"], outcome["needs"]) == ("waiting", ["0" * 64, "1" * 64, "2" * 64])


def test_without_the_units_signature_a_review_is_not_closed(held, visit, scored):
    told = scored.closing(scored.packet(visit), *signers(held)[:2])
    (outcome,) = scored.outcomes(conclude(scored, visit, told))
    assert (outcome["outcome"], "企业一方" in outcome["text"]) == ("refused", True)


def test_any_later_change_shows_every_signature_as_broken(held, visit, scored):
    told = scored.closing(scored.packet(visit), *signers(held))
    scored.outcomes(conclude(scored, visit, told))
    Answer.objects.filter(sheet=held.plan.sheet_id, line="1.1.1").update(words="改过")
    assert len(closing.broken(Sheet.objects.get(pk=held.plan.sheet_id))) == 3


def test_a_closing_waits_for_what_a_colleague_handed_over_device_to_device(held, visit, scored, device):
    """The leader signed over the colleague's answer before the colleague's own device was on line."""
    pad, other = scored, device("second")
    told = other.record(visit, "1.1.1", deducted("1"), based_on=1)
    with transaction.atomic():
        other.outcomes(told)
        signed = pad.closing(pad.packet(visit), *signers(held))
        transaction.set_rollback(True)
    for each in signed["signatures"]:
        pad.send(photographs.signature(signed["signatures"].index(each)))
    act = conclude(pad, visit, signed)
    act["input"]["after"] = [told["id"]]
    (outcome,) = pad.outcomes(act)
    assert (outcome["outcome"], outcome["needs"], outcome["acts"]) == ("waiting", [], [told["id"]])
    assert other.outcomes(told)[0]["outcome"] == "stored"
    assert pad.outcomes(act)[0]["outcome"] == "stored"
    late = conclude(pad, visit, signed)
    late["input"]["after"] = [str(uuid4())]
    assert pad.outcomes(late)[0]["outcome"] == "refused"


@pytest.mark.parametrize("after", [7, ["no-id"], ["x"] * 2001])
def test_what_a_closing_waits_for_must_be_readable(held, visit, scored, after):
    act = conclude(scored, visit, {})
    act["input"]["after"] = after
    assert scored.outcomes(act)[0]["outcome"] == "refused"


HALF = {"covered": [], "root": "", "signatures": [{}]}


@pytest.mark.parametrize("broken", [None, {}, {"covered": 7}, HALF, []])
def test_a_closing_that_cannot_be_read_is_refused(held, visit, scored, broken):
    assert scored.outcomes(conclude(scored, visit, broken))[0]["outcome"] == "refused"


def test_whoever_closes_a_review_outside_its_closing_meeting_is_told_so(held, visit, scored):
    (outcome,) = scored.outcomes(scored.act("sheets.close@1", visit, {"closing": {}}))
    assert (outcome["outcome"], "末次会议" in outcome["text"]) == ("refused", True)
