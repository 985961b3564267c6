"""What goes out: frozen under its number, told again only where it changed, in the envelope always."""

import gzip
import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabiao.base.journal import replay
from dabiao.field.gates import content_digest
from dabiao.field.models import Device as Row
from dabiao.field.queries import packets, visits
from dabiao.reviews.models import Plan
from dabiao.standards.rules.rulebook import Rulebook
from field.device import deducted
from reviews.placing import OPENED, filled
from sheets import photographs
from sheets.filling import book


@pytest.fixture
def visit(held):
    return f"review-{held.key}"


def test_the_session_says_who_when_and_which_visits(held, visit, device):
    pad = device("reviewer")
    told = pad.get("session").json()
    assert (told["dabiao"], told["account"]) == ("field/1", pad.account.pk)
    assert (told["watermark"], told["wipe"]) == (0, False)
    (only,) = told["visits"]
    assert (only["key"], only["occasion"], only["state"]) == (visit, "onsite_review", "reviewing")
    assert only["etag"] == pad.get(f"visits/{visit}/packet")["ETag"]
    assert len(told["csrf"]) == 64
    assert device("organizer").get("session").json()["visits"] == []


def test_a_packet_has_everything_and_the_same_number_is_the_same_bytes(held, visit, device):
    one, two = (device(who).get(f"visits/{visit}/packet") for who in ("reviewer", "second"))
    assert (one.content, one["ETag"]) == (two.content, two["ETag"])
    told = one.json()
    assert (told["whole"], told["head"]["sheet"], told["answers"]) == (True, held.plan.sheet_id, {})
    assert [(each["side"], each.get("leads")) for each in told["people"]] == [
        ("team", True), ("team", False), ("unit", None), ("unit", None),
    ]  # fmt: skip
    assert "sheets.record_answer@1" in told["acts"]
    assert one["Content-Digest"] == content_digest(one.content)


def test_a_packet_the_device_has_is_not_told_again(held, visit, device):
    pad = device("reviewer")
    tag = pad.get(f"visits/{visit}/packet")["ETag"]
    same = pad.get(f"visits/{visit}/packet", If_None_Match=tag)
    assert (same.status_code, same.content, same["X-Dabiao-Field"], same["ETag"]) == (304, b"", "1", tag)
    pad.outcomes(pad.record(visit, "1.1.1"))
    assert pad.get(f"visits/{visit}/packet", If_None_Match=tag).status_code == 200


def test_what_the_device_had_and_what_it_was_told_is_what_a_fresh_packet_says(held, visit, device):
    pad, other = device("reviewer"), device("second")
    picture = pad.send(photographs.jpeg())
    had = pad.packet(visit)

    def on(name, line, given=None, **more):
        return pad.act(f"sheets.{name}@1", visit, {"line": line, **(given or {})}, **more)

    here = {"picture": picture}
    steps = [
        (pad, [pad.record(visit, each) for each in ("1.1.1", "1.1.2", "1.2.1")]),
        (other, [other.record(visit, "1.1.1", deducted("1"), based_on=1)]),
        (pad, [pad.attach(visit, "1.2.1", picture, "东门"), pad.attach(visit, "2.1.1", picture)]),
        (pad, [on("retract_answer", "1.1.2", based_on=1)]),
        (pad, [on("caption_picture", "1.2.1", {**here, "caption": "西门"})]),
        (pad, [on("detach_picture", "2.1.1", here)]),
        (pad, [pad.act("field.arrive@1", visit, {"remark": ""})]),
    ]
    for who, acts in steps:
        assert {each["outcome"] for each in who.outcomes(*acts)} == {"stored"}
        told = pad.packet(visit, f"?since={had['number']}&book={had['book']['digest']}")
        fresh = pad.packet(visit)
        assert (told["book"], told["whole"]) == ({"digest": fresh["book"]["digest"]}, False)
        merged = {**had["answers"], **told["answers"]}
        assert {key: each for key, each in merged.items() if each} == fresh["answers"]
        had = fresh


def test_a_number_nobody_knows_is_answered_whole(held, visit, device):
    pad = device("reviewer")
    pad.outcomes(pad.record(visit, "1.1.1"))
    for since in ("1", "999999", "x", "-1"):
        assert pad.packet(visit, f"?since={since}")["whole"]


def test_a_number_given_to_another_change_since_a_restore_is_answered_whole(held, visit, device):
    pad = device("reviewer")
    pad.outcomes(pad.record(visit, "1.1.1"))
    had = pad.packet(visit)
    path, tag = f"visits/{visit}/packet?since={had['number']}&taken=", f'"{had["number"]}"'
    assert pad.get(path + quote(had["taken"]), If_None_Match=tag).status_code == 304
    other = pad.get(path + quote("2026-04-08T01:00:00.000000Z"), If_None_Match=tag)
    assert (other.status_code, other.json()["whole"]) == (200, True)


@pytest.mark.parametrize("who", ["organizer", "expert"])
def test_a_visit_of_others_answers_like_one_that_does_not_exist(held, visit, device, who):
    pad = device(who)
    theirs, nowhere = (pad.get(f"visits/{each}/packet") for each in (visit, "review-987654"))
    assert (theirs.status_code, theirs.content) == (404, nowhere.content)
    assert theirs["X-Dabiao-Field"] == "1"


def test_a_review_not_begun_goes_out_with_its_book_and_team(cleared, device):
    cleared.planned()
    cleared.accepted()
    told = device("second").packet(f"review-{cleared.key}")
    assert (told["head"]["sheet"], told["answers"], bool(told["book"]["lines"])) == (None, {}, True)
    assert [each["leads"] for each in told["people"] if each["side"] == "team"] == [True, False]


def test_as_many_statements_for_many_answers_as_for_few(held, visit, device):
    found = visits.found(held.actor("reviewer"), visit)
    with CaptureQueriesContext(connection) as few:
        packets.packet(found, 0, "")
    filled(held)
    with CaptureQueriesContext(connection) as many:
        packets.packet(found, 0, "")
    assert len(many) == len(few) <= 14


def test_a_large_book_is_small_on_the_way(held, visit, device, monkeypatch):
    """345 items with long words, compressed, below 60 kB."""
    large = Rulebook(book(345), "SL", "2026-03-02")
    monkeypatch.setattr(packets, "rulebook_content", lambda _: large)
    packets._book_text.cache_clear()
    pad = device("reviewer")
    answered = pad.get(f"visits/{visit}/packet", Accept_Encoding="gzip")
    packets._book_text.cache_clear()
    assert answered["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answered.content))["book"]["lines"]) == 345
    assert len(answered.content) <= 60_000


def test_without_a_session_every_address_answers_401_in_the_envelope(held, visit):
    asked = [
        Client().get("/field/session"),
        Client().get(f"/field/visits/{visit}/packet"),
        Client().post("/field/acts", "{}", "application/json"),
        Client().put(f"/field/pictures/{'0' * 64}", b"x"),
        Client().post("/field/known", "{}", "application/json"),
    ]
    assert {(each.status_code, each["X-Dabiao-Field"], each.json()["dabiao"]) for each in asked} == {
        (401, "1", "field/1")
    }


def test_other_roles_methods_and_lost_tokens_are_told_in_the_envelope(held, visit, device):
    officer, pad = device("officer"), device("reviewer")
    assert (officer.get("session").status_code, officer.get("session")["X-Dabiao-Field"]) == (403, "1")
    assert pad.client.delete("/field/acts").json()["error"]["status"] == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(pad.account, backend="dabiao.people.sign_in.Backend")
    lost = strict.post("/field/acts", "{}", "application/json")
    assert (lost.status_code, lost.json()["error"]["code"]) == (403, "csrf")
    token = strict.get("/field/session").json()["csrf"]
    sent = strict.post("/field/acts", "{}", "application/json", headers={"X-CSRFToken": token})
    assert sent.json()["error"]["code"] == "account"


def test_a_body_packed_or_altered_on_the_way(held, visit, device):
    pad = device("reviewer")
    told = {"device": pad.uuid, "account": pad.account.pk, "acts": [pad.record(visit, "1.1.1")]}
    body = json.dumps(told).encode()
    packed = gzip.compress(body)

    def send(content, **more):
        return pad.client.post("/field/acts", content, "application/json", headers=more)

    assert send(body, Content_Digest=content_digest(b"other")).status_code == 400
    assert send(packed[:-9], Content_Encoding="gzip").status_code == 400
    assert send(gzip.compress(b" " * 9_000_000), Content_Encoding="gzip").status_code == 413
    told = send(packed, Content_Encoding="gzip", Content_Digest=content_digest(body)).json()
    assert told["outcomes"][0]["outcome"] == "stored"


def test_a_device_is_enrolled_by_its_user_and_wiped_when_somebody_in_charge_says_so(held, device):
    pad, other, admin = device("reviewer"), device("second"), device("security_admin")
    told = pad.post("devices", {"device": pad.uuid, "name": "示例平板"}).json()
    again = pad.post("devices", {"device": pad.uuid, "name": "示例平板"}).json()
    assert len(told["secret"]) >= 43
    assert told["secret"] != again["secret"]
    assert other.post("devices", {"device": pad.uuid, "name": ""}).status_code == 403
    assert other.post("wipe", {"device": pad.uuid}).status_code == 404
    assert admin.post("wipe", {"device": pad.uuid}).status_code == 200
    assert pad.get(f"session?device={pad.uuid}").json()["wipe"]
    assert not other.get(f"session?device={pad.uuid}").json()["wipe"]
    assert other.post("wiped", {"device": pad.uuid}).status_code == 404
    pad.post("wiped", {"device": pad.uuid})
    assert not pad.get(f"session?device={pad.uuid}").json()["wipe"]
    assert Row.objects.get().wipe_asked_by == admin.account
    assert replay.compare().status.value == "ok"


def test_a_plan_withdrawn_between_two_reads_leaves_a_packet_without_a_team(cleared, device):
    cleared.planned()
    cleared.accepted()
    key = f"review-{cleared.key}"
    seen = visits.found(cleared.actor("reviewer"), key)
    assert {each["side"] for each in packets.packet(seen, 0, "")["people"]} == {"team", "unit"}
    Plan.objects.filter(review=cleared.key).update(withdrawn_at=OPENED)
    assert {each["side"] for each in packets.packet(seen, 0, "")["people"]} == {"unit"}
    assert device("reviewer").get(f"visits/{key}/packet").status_code == 404
