"""Maintenance, old clients, inputs of yesterday, and how much one person may send."""

import copy
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client

from dabiao.base.models import StoredFile
from dabiao.base.upkeep import pausing
from dabiao.cli.maintenance import maintenance
from dabiao.field.models import Receipt, Upload
from dabiao.field.rules import upgrades
from dabiao.field.rules.acts import RECORD
from dabiao.field.rules.upgrades import Step
from dabiao.field.services.performing import HANDLERS
from dabiao.kernel.errors import Invalid
from dabiao.sheets.models import Answer
from field.conftest import NOW
from field.device import CONFORMS
from sheets import photographs

OLD = "sheets.record_answer@0"


@pytest.fixture
def paused(settings, tmp_path):
    settings.DABIAO_DATA = tmp_path
    pausing.pause(NOW + timedelta(minutes=20))


def run(*words):
    return CliRunner().invoke(maintenance, words)


def test_in_maintenance_devices_are_told_when_to_come_back_and_nothing_is_judged(held, visit, device, paused):
    pad = device("reviewer")
    for answered in (
        pad.delivered(pad.record(visit, "1.1.1")),
        pad.get("session"),
        pad.get(f"visits/{visit}/packet"),
        Client().get("/field/session"),
    ):
        assert (answered.status_code, answered["Retry-After"], answered["X-Dabiao-Field"]) == (
            423,
            "1200",
            "1",
        )
        assert (answered.json()["error"]["code"], "维护" in answered.json()["error"]["text"]) == (
            "maintenance",
            True,
        )
    assert not Receipt.objects.exists()
    pausing.resume()
    assert pad.outcomes(pad.record(visit, "1.1.1"))[0]["outcome"] == "stored"


def test_in_maintenance_people_are_told_on_every_page_and_health_is_answered(held, device, paused):
    told = device("reviewer").client.get("/office/")
    assert (told.status_code, told["Retry-After"], "系统维护中" in told.content.decode()) == (
        503,
        "1200",
        True,
    )
    assert Client().get("/healthz").status_code == 200


def test_maintenance_is_over_by_itself(held, device, settings, tmp_path):
    settings.DABIAO_DATA = tmp_path
    pausing.pause(NOW - timedelta(seconds=1))
    assert device("reviewer").get("session").status_code == 200
    (tmp_path / "maintenance").write_text("nonsense")
    assert device("reviewer").get("session").status_code == 200


def test_the_command_says_until_when_and_ends_it(settings, tmp_path):
    settings.DABIAO_DATA = tmp_path
    assert "维护到" in run("on", "--minutes", "45").output
    assert pausing.paused(NOW) == NOW + timedelta(minutes=45)
    assert "维护到 2026-04-08 22:00" in run("on", "--until", "2026-04-08T22:00").output
    assert "已结束" in run("off").output
    assert "没有在维护" in run("off").output


@pytest.mark.parametrize("until", ["yesterday", "2026-04-08T01:00", "2026-05-08T01:00"])
def test_a_moment_that_cannot_be_is_refused(settings, tmp_path, until):
    settings.DABIAO_DATA = tmp_path
    assert isinstance(run("on", "--until", until).exception, Invalid)
    assert pausing.paused(NOW) is None


def test_a_client_too_old_fetches_nothing_and_delivers_still(held, visit, device):
    pad = device("reviewer")
    told = pad.get(f"visits/{visit}/packet", **{"X-Dabiao-Field": "0 2025.1"})
    assert (told.status_code, "仍可以送达" in told.json()["error"]["text"]) == (426, True)
    body = {"device": pad.uuid, "account": pad.account.pk, "acts": [pad.record(visit, "1.1.1")]}
    sent = pad.post("acts", body, **{"X-Dabiao-Field": "0 2025.1"})
    assert sent.json()["outcomes"][0]["outcome"] == "stored"
    for speaks in ("1 2026.1", "", "x", "99999999999"):
        assert pad.get(f"visits/{visit}/packet", **{"X-Dabiao-Field": speaks}).status_code == 200


# An act as an older page would have sent it, for these tests alone: the item by its old name, words alone.


def _from_zero(given):
    answer = {**CONFORMS, "words": given["remark"]}
    return {"line": given["item"], "answer": answer}


@pytest.fixture
def older(monkeypatch):
    monkeypatch.setitem(
        upgrades.UPGRADES, "sheets.record_answer@-1", Step(OLD, lambda one: {**one, "item": one["no"]})
    )
    monkeypatch.setitem(upgrades.UPGRADES, OLD, Step(RECORD, _from_zero))


def test_an_act_of_an_older_page_is_stored_as_it_would_be_today(held, visit, device, older):
    pad = device("reviewer")
    given = {"item": "1.1.1", "remark": "符合要求"}
    act = pad.act(OLD, visit, given)
    (told,) = pad.outcomes(act)
    assert (told["outcome"], Answer.objects.get(sheet=held.plan.sheet).words) == ("stored", "符合要求")
    kept = Receipt.objects.get()
    assert (kept.act, kept.input) == (OLD, given)  # as it came: the sheet has what became of it
    assert pad.outcomes(act) == [told]
    (other,) = pad.outcomes({**act, "input": {**given, "remark": "不符合"}})
    assert (other["outcome"], other["receipt"]) == ("refused", 0)


def test_steps_follow_each_other_and_are_pure(older):
    given = {"no": "1.1.1", "remark": "符合"}
    before = copy.deepcopy(given)
    first = upgrades.upgraded("sheets.record_answer@-1", given)
    assert first == (RECORD, {"line": "1.1.1", "answer": {**CONFORMS, "words": "符合"}})
    assert (given, upgrades.upgraded("sheets.record_answer@-1", given)) == (before, first)


def test_an_old_input_that_cannot_have_been_one_is_refused_alone(held, visit, device, older):
    pad = device("reviewer")
    told = pad.outcomes(pad.act(OLD, visit, {"remark": "少了项目"}), pad.record(visit, "1.1.2"))
    assert [each["outcome"] for each in told] == ["refused", "stored"]


def test_every_step_leads_to_an_act_that_is_known():
    assert all(step.to in {*HANDLERS, RECORD, *upgrades.UPGRADES} for step in upgrades.UPGRADES.values())
    assert upgrades.upgraded(RECORD, {"line": "1"}) == (RECORD, {"line": "1"})


def test_more_than_a_person_may_send_without_naming_it_waits_until_it_is_named(held, visit, device, settings):
    settings.DABIAO_FIELD_QUOTA = 3000
    pad, other = device("reviewer"), device("second")
    one, two = photographs.signature(1) + b"1" * 2000, photographs.signature(2) + b"2" * 2000
    name = pad.send(one)
    told = pad.piece("0" * 64, two, 0, 5000)
    assert (told.status_code, told["Retry-After"], "影像仍在设备上" in told.json()["error"]["text"]) == (
        429,
        "600",
        True,
    )
    assert Upload.objects.filter(account=pad.account).count() == 1
    assert other.send(two)  # each person's own
    pad.outcomes(pad.attach(visit, "1.1.1", name))
    assert StoredFile.objects.filter(digest=name).exists()
    assert pad.send(two + b"3")
