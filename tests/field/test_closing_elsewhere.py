"""Initial visit, rectification check and re-check are closed on the spot too; what follows is said after."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from dabiao.base import canonical
from dabiao.base.journal import replay
from dabiao.grading.services import rechecks
from dabiao.hazards.services.findings import send_back
from dabiao.people.models import Account, Qualification
from dabiao.people.services.qualifications import suspend
from dabiao.reviews.models import InitialVisit
from dabiao.reviews.queries import rectifications
from dabiao.reviews.services import checks
from dabiao.sheets.models import Answer, Sheet, Signature
from dabiao.sheets.services import closing
from field.device import Device
from grading import reported
from reviews import checking, engaging
from reviews.placing import Placed, rectified, with_findings
from sheets import photographs
from world import World


def taken_along(account: Account, now: datetime) -> Device:
    client = Client()
    client.force_login(account, backend="dabiao.people.sign_in.Backend")
    return Device(client, account, now)


def scored(pad: Device, visit: str) -> None:
    picture = pad.send(photographs.jpeg((64, 48)))
    lines = [each["item"]["key"] for each in pad.packet(visit)["book"]["lines"]]
    told = pad.outcomes(
        *[act for each in lines for act in (pad.record(visit, each), pad.attach(visit, each, picture))]
    )
    assert {each["outcome"] for each in told} == {"stored"}


def signed(pad: Device, visit: str, *signers: tuple[str, Account]) -> Sheet:
    """The sheet as it stands after a closing of this device, its own person signing."""
    told = pad.closing(pad.packet(visit), ("team", pad.account), *signers)
    (outcome,) = pad.outcomes(pad.act("sheets.close@1", visit, {"closing": told}))
    assert (outcome["outcome"], outcome.get("digest")) == ("stored", told["root"]), outcome
    sheet = Sheet.objects.latest("id")
    assert (sheet.state, closing.altered(sheet), closing.broken(sheet)) == ("closed", (), ())
    assert Signature.objects.filter(sheet=sheet).count() == 1 + len(signers)
    return sheet


@pytest.mark.obligation("Q4-both-sign", "U10-initial-visit")
def test_an_initial_visit_is_closed_on_the_spot_and_its_gate_decided_after(world: World, at):
    row = engaging.visiting(world)
    now = at(engaging.VISITED + timedelta(hours=3))
    pad = taken_along(world.accounts["reviewer"], engaging.VISITED)
    (only,) = pad.get("session").json()["visits"]
    assert (only["key"], only["occasion"]) == (f"initial-{row.pk}", "initial_visit")
    scored(pad, only["key"])
    signed(pad, only["key"], ("unit", world.accounts["officer"]))
    row = InitialVisit.objects.select_related("review", "sheet").get(pk=row.pk)
    assert engaging.closed(world, row, "clear", at=now).review.state == "cleared"
    assert replay.compare().status.value == "ok"


def test_before_the_day_of_the_visit_nothing_is_closed(world: World, at):
    row = engaging.begun(world, engaged(world), at=engaging.VISITED + timedelta(days=1))
    at(engaging.VISITED + timedelta(hours=3))
    pad = taken_along(world.accounts["reviewer"], engaging.VISITED)
    (told,) = pad.outcomes(pad.act("sheets.close@1", f"initial-{row.pk}", {"closing": {}}))
    assert (told["outcome"], "到场之后" in told["text"]) == ("refused", True)


def engaged(world: World):
    review = engaging.notified(world)
    engaging.qualify(world)
    return review


def closes_once_answered(pad, packet, officer):
    """Led by a reviewer; refused while anything is open, then closed by both sides and listed no more."""
    key = packet["visit"]
    assert ("sheets.close@1" in packet["acts"], "reviews.begin@1" in packet["acts"]) == (True, False)
    assert [each["name"] for each in packet["people"] if each.get("leads")] == ["示例second"]
    empty = {"closing": pad.closing(packet, ("team", pad.account))}
    (early,) = pad.outcomes(pad.act("sheets.close@1", key, empty))
    assert (early["outcome"], "还没有作答" in early["text"]) == ("refused", True)
    scored(pad, key)
    signed(pad, key, ("unit", officer))
    assert pad.get("session").json()["visits"] == []


@pytest.mark.obligation("Q4-both-sign", "Q4-words-images")
def test_a_rectification_check_is_closed_on_the_spot_and_concluded_after(cleared: Placed, at):
    """Its packet has the items of the findings alone; what was signed there confirms them."""
    rectified(with_findings(cleared))
    check = checking.set_up(cleared)
    now = at(checking.THERE + timedelta(hours=3))
    pad = taken_along(cleared.account("second"), checking.THERE)
    (only,) = pad.get("session").json()["visits"]
    assert (only["key"], only["occasion"]) == (f"check-{check.pk}", "rectification_check")
    packet = pad.packet(only["key"])
    assert [each["item"]["key"] for each in packet["book"]["lines"]] == ["1.2.1", "2.1.3"]
    closes_once_answered(pad, packet, cleared.account("officer"))
    checks.conclude(check=checking.again(check), by=cleared.actor("second"), at=now)
    assert cleared.review.state == "writing"
    assert {row.on_site.visit for row in rectifications.findings(cleared.review)} == {check}
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q4-item-by-item")
def test_a_check_tells_what_was_found_by_whom_and_what_was_done_since(cleared: Placed, at):
    """The number is another once any of it is: devices take it anew."""
    rectified(with_findings(cleared))
    check = checking.set_up(cleared)
    at(checking.THERE)
    pad = taken_along(cleared.account("second"), checking.THERE)
    packet = pad.packet(f"check-{check.pk}")
    rows = {
        each.hazard.standard_item.rpartition("#")[2]: each for each in rectifications.findings(check.review)
    }
    assert list(packet["findings"]) == ["1.2.1", "2.1.3"]
    for line, row in rows.items():
        hazard = row.hazard
        assert packet["findings"][line] == [{
            "text": hazard.text, "by": "示例reviewer", "found_at": canonical.moment(hazard.found_at),
            "measure": hazard.corrective, "due": hazard.due.isoformat(), "done": "已更换",
            "reported_on": check.submission.reported_on.isoformat(), "evidence": 1,
        }]  # fmt: skip
        assert hazard.text
        assert hazard.corrective
    again = pad.packet(f"check-{check.pk}", f"?since={packet['number']}")
    assert (again["whole"], again["findings"]) == (False, packet["findings"])
    send_back(hazard=rows["1.2.1"].hazard, reason="未固定", by=cleared.actor("second"), at=checking.THERE)
    assert pad.packet(f"check-{check.pk}")["number"] > packet["number"]


def test_other_visits_have_no_findings_to_look_at_again(world: World, at):
    row = engaging.visiting(world)
    pad = taken_along(world.accounts["reviewer"], at(engaging.VISITED))
    assert "findings" not in pad.packet(f"initial-{row.pk}")


def test_a_check_is_taken_along_by_those_who_go_and_nobody_else(cleared: Placed, at):
    rectified(with_findings(cleared))
    check = checking.set_up(cleared)
    at(checking.THERE)
    for who, seen in (("second", 200), ("reviewer", 404), ("organizer", 404)):
        pad = taken_along(cleared.account(who), checking.THERE)
        assert pad.get(f"visits/check-{check.pk}/packet").status_code == seen
    pad = taken_along(cleared.account("reviewer"), checking.THERE)
    (told,) = pad.outcomes(pad.record(f"check-{check.pk}", "1.2.1"))
    assert (told["outcome"], Answer.objects.filter(sheet=check.sheet_id).exists()) == ("refused", False)


def test_who_was_not_qualified_on_the_day_is_refused_at_a_check(cleared: Placed, at):
    rectified(with_findings(cleared))
    check = checking.set_up(cleared)
    row = Qualification.objects.get(account=cleared.second, kind="reviewer")
    told = {"since": checking.VISIT, "until": None, "reason": "示例", "version": row.version}
    suspend(row=row, by=cleared.actor("organizer_lead"), at=checking.SET, **told)
    at(checking.THERE)
    pad = taken_along(cleared.account("second"), checking.THERE)
    (told,) = pad.outcomes(pad.record(f"check-{check.pk}", "1.2.1"))
    assert (told["outcome"], told["clause"]) == ("refused", "quality-2015/5")


@pytest.mark.obligation("U11-recheck")
def test_a_recheck_is_closed_on_the_spot_and_finished_after(db: None, at):
    stage = reported.staged()
    row = stage.arranged()
    now = at(reported.VISITED + timedelta(hours=3))
    pad = taken_along(stage.world.accounts["organizer"], reported.VISITED)
    (only,) = pad.get("session").json()["visits"]
    assert (only["key"], only["occasion"]) == (f"recheck-{row.pk}", "recheck")
    scored(pad, only["key"])
    assert signed(pad, only["key"]).pk == row.sheet_id
    finished(stage, now)
    assert replay.compare().status.value == "ok"


def finished(stage: reported.Stage, now: datetime) -> None:
    for extra in list(stage.recheck.extras):
        stage.intensified(extra["id"], met=True)
    stage.joined()
    grading = stage.grading
    rechecks.finish(
        grading=grading, majors=(), version=grading.version, by=stage.actor("organizer", now), at=now
    )
