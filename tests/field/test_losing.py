"""A colleague's device is gone for good, while a closing waits for it: the leader says so."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from dabiao.base.journal import replay
from dabiao.base.models import JournalEntry
from dabiao.field.models import Receipt
from dabiao.office.todo import todos
from dabiao.sheets.models import Answer, Contest, Sheet, Signature
from dabiao.sheets.services import closing
from field.conftest import NOW
from field.device import deducted
from field.test_closing import conclude, signers
from sheets import photographs

REASON = "平板落水，不能开机，已当场查看。"


@pytest.fixture
def waits(held, visit, scored, device):
    """A closing over a colleague's answer that only came device to device; their device; that answer."""
    mate = device("second")
    answer = mate.record(visit, "1.1.1", deducted("1"), based_on=1)
    with transaction.atomic():
        mate.outcomes(answer)
        signed = scored.closing(scored.packet(visit), *signers(held))
        transaction.set_rollback(True)
    for number in range(len(signed["signatures"])):
        scored.send(photographs.signature(number))
    act = conclude(scored, visit, signed)
    act["input"]["after"] = [answer["id"]]
    (told,) = scored.outcomes(act)
    assert (told["outcome"], told["acts"]) == ("waiting", [answer["id"]])
    return act, mate, answer


def declaration(pad, visit, mate, *ids, reason=REASON):
    given = {"device": mate.uuid, "by": "示例second", "acts": list(ids), "reason": reason}
    return pad.act("sheets.declare_lost@1", visit, given)


def sheet(held):
    return Sheet.objects.get(pk=held.plan.sheet_id)


@pytest.mark.obligation("Q4-both-sign")
def test_what_was_declared_lost_is_waited_for_no_more_and_nothing_closes_over_it(held, visit, scored, waits):
    """The closing that waited is judged over what is here: kept as signed, and asked again."""
    act, mate, answer = waits
    assert scored.outcomes(act)[0]["outcome"] == "waiting"
    (told,) = scored.outcomes(declaration(scored, visit, mate, answer["id"]))
    assert (told["outcome"], told["lost"]) == ("stored", 1)
    (kept,) = scored.outcomes(act)
    assert (kept["outcome"], kept["differs"]) == ("conflict", ["1"])
    assert (sheet(held).state, Signature.objects.filter(sheet=sheet(held)).exists()) == ("open", False)
    again = scored.closing(scored.packet(visit), *signers(held))
    assert scored.outcomes(conclude(scored, visit, again))[0]["outcome"] == "stored"
    closed = sheet(held)
    assert (closed.state, closing.altered(closed), closing.broken(closed)) == ("closed", (), ())
    assert replay.compare().status.value == "ok"


def test_in_one_delivery_the_declaration_frees_the_closing_at_its_next_asking(held, visit, scored, waits):
    act, mate, answer = waits
    told = scored.outcomes(act, declaration(scored, visit, mate, answer["id"]))
    assert [each["outcome"] for each in told] == ["waiting", "stored"]
    assert scored.outcomes(act)[0]["outcome"] == "conflict"


def test_a_device_asks_in_vain_for_what_was_declared_lost(held, visit, scored, waits, device):
    """So that copies of it give way to what stands; whoever has nothing to do with the sheet still waits."""
    _, mate, answer = waits

    def awaited(pad):
        asked = {"ids": [], "pictures": [], "after": [answer["id"]]}
        return pad.post("known", {"dabiao": "field/1", **asked}).json()["after"]

    assert awaited(scored) == [answer["id"]]
    scored.outcomes(declaration(scored, visit, mate, answer["id"]))
    assert (awaited(scored), awaited(mate)) == ([], [])
    assert awaited(device("organizer")) == [answer["id"]]


def test_the_device_that_comes_back_is_judged_as_ever(held, visit, scored, waits):
    """Nothing that is here is written over, and nothing that comes is thrown away."""
    _, mate, answer = waits
    scored.outcomes(declaration(scored, visit, mate, answer["id"]))
    own = scored.record(visit, "1.1.1", deducted("1", words="组长重新记录"), based_on=1)
    assert scored.outcomes(own)[0]["outcome"] == "stored"
    (late,) = mate.outcomes(answer)
    assert (late["outcome"], late["version"]) == ("conflict", 2)
    assert Contest.objects.filter(kind="answer").get().ours["answer"] == answer["input"]["answer"]
    again = scored.closing(scored.packet(visit), *signers(held))
    assert scored.outcomes(conclude(scored, visit, again))[0]["outcome"] == "stored"
    later = mate.record(visit, "2.1.1", deducted("1"), based_on=1)
    assert mate.outcomes(later)[0]["outcome"] == "refused"
    assert Receipt.objects.get(uuid=later["id"]).input == later["input"]
    assert Answer.objects.get(sheet=held.plan.sheet_id, line="1.1.1").words == "组长重新记录"


def test_the_declaration_stands_in_the_journal_and_before_leader_and_organizing_unit(
    held, visit, scored, waits, device
):
    _, mate, answer = waits
    mate.post("devices", {"device": mate.uuid, "name": "示例二号平板"})
    scored.outcomes(declaration(scored, visit, mate, answer["id"]))
    row = Contest.objects.get()
    assert (row.kind, row.device, row.account_id) == ("lost", "示例二号平板", scored.account.pk)
    assert row.ours == {"acts": [answer["id"]], "whose": "示例second", "reason": REASON}
    entry = JournalEntry.objects.get(act="sheets.declare_lost@1")
    assert entry.chain == f"sheets_sheet:{row.sheet_id}"
    for who, decides in (("reviewer", True), ("organizer", True), ("second", False)):
        pad = device(who)
        page = pad.client.get(reverse("office:contest", args=[row.pk])).content.decode()
        for words in ("示例second的设备已坏", REASON, "示例二号平板", "1 项"):
            assert words in page
        assert ("处理理由" in page) == decides
        listed = pad.client.get(reverse("office:contests")).content.decode()
        assert "示例second的设备已坏" in listed
    titles = [each.title for each in todos(held.actor("organizer"), NOW)]
    assert any("没有送达" in each for each in titles)


def test_only_the_leader_declares_and_only_with_a_reason(held, visit, scored, waits, device):
    act, mate, answer = waits
    other = device("expert")
    refused = [
        (other, declaration(other, visit, mate, answer["id"])),
        (scored, declaration(scored, visit, mate, answer["id"], reason=" ")),
        (scored, declaration(scored, visit, mate, answer["id"], reason="长" * 301)),
        (scored, declaration(scored, visit, mate, "no-id")),
    ]
    for pad, each in refused:
        assert pad.outcomes(each)[0]["outcome"] == "refused"
    assert (Contest.objects.exists(), scored.outcomes(act)[0]["outcome"]) == (False, "waiting")


def test_a_closing_of_somebody_who_may_not_close_waits_for_nothing(held, visit, scored, waits, device):
    """They are told so: nobody could free it, for they cannot declare anything lost either."""
    act, other = waits[0], device("expert")
    for number in range(3):
        other.send(photographs.signature(number))
    (told,) = other.outcomes(other.act("reviews.conclude@1", visit, act["input"]))
    assert told["outcome"] == "refused"


def test_what_has_come_or_was_declared_before_is_not_declared_again(held, visit, scored, waits):
    _, mate, answer = waits
    unknown = str(uuid4())
    assert mate.outcomes(answer)[0]["outcome"] == "stored"
    assert scored.outcomes(declaration(scored, visit, mate, answer["id"]))[0]["lost"] == 0
    assert Contest.objects.count() == 0
    for told in (1, 0):
        (outcome,) = scored.outcomes(declaration(scored, visit, mate, answer["id"], unknown))
        assert outcome["lost"] == told
    assert Contest.objects.get().ours["acts"] == [unknown]
