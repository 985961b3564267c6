"""The device's own engine against the real views, which are in maintenance, asked too often, sent too much at
once, or left by a session that has expired on the way; and somebody who may no more while they deliver."""

import base64
import json
from datetime import timedelta
from random import Random

import pytest

from dabiao.base import clock
from dabiao.base.journal import replay
from dabiao.field import gates
from dabiao.field.models import Outcome, Receipt
from dabiao.people.models import Qualification
from dabiao.people.services import qualifications
from field.conftest import NOW
from field.test_engine import arrived, drawn, once, scenario, unaltered
from field.weather import KINDS, PAUSED, Weather

SEEDS = range(1, 7)
WITHDRAWN = (2, 4, 6)  # somebody has something to deliver after it
MIDST = 20  # questions
LYING = 3  # a seed with a maintenance during which acts are sent, and nothing is sent again


@pytest.fixture
def weather(bridge, settings, tmp_path):
    """The word of maintenance lies in a folder of the test's own."""
    settings.DABIAO_DATA = tmp_path

    def of(seed):
        made = Weather(Random(seed), NOW + timedelta(hours=1), bridge.clients[None])
        bridge.befall = made.befall
        return made

    return of


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_befalls_the_server_what_was_promised_arrives_once(bridge, held, weather, seed):
    weather(seed)
    pictures = drawn()
    done = bridge.play(scenario(held, seed, pictures))
    assert bridge.told.keys() & set(KINDS)
    assert done["stuck"] == []
    assert arrived(done) == []
    once(held.plan.sheet, Receipt.objects.all())
    unaltered(held.plan.sheet, pictures)
    assert replay.compare().status.value == "ok"


def test_a_server_in_maintenance_that_acknowledges_is_found(bridge, held, weather, monkeypatch):
    weather(LYING)
    real = bridge._answered

    def lying(said):
        answer, path = real(said), said["ask"]["path"]
        if path == "/field/known":  # else the device asks, is told what is missing, and sends it again
            return spelled({"missing": [], "pictures": [], "after": []})
        if answer["status"] == PAUSED and path == "/field/acts":
            return acknowledged(said["ask"]["body"])
        return answer

    monkeypatch.setattr(bridge, "_answered", lying)
    done = bridge.play(scenario(held, LYING, drawn()))
    assert any(each.startswith("lost") for each in arrived(done))


def acknowledged(body):
    told = json.loads(base64.b64decode(body))["acts"]
    outcomes = [{"id": each["id"], "outcome": "stored", "receipt": 1} for each in told]
    return spelled({"outcomes": outcomes, "watermark": 0})


def spelled(content):
    answer = gates.envelope(content)
    body = base64.b64encode(answer.content).decode()
    return {"status": 200, "headers": dict(answer.items()), "body": body}


@pytest.mark.parametrize("seed", WITHDRAWN)
def test_what_comes_after_somebody_lost_their_qualification_is_refused_and_kept(bridge, held, seed):
    """Judged act by act as ever; nobody's device is stuck on it."""
    asked = []

    def withdrawn(client, now):
        asked.append(now)
        if len(asked) == MIDST:
            withdraw(held, now)
        return client

    bridge.befall = withdrawn
    done = bridge.play(scenario(held, seed, []))
    assert len(asked) > MIDST
    assert done["stuck"] == []
    assert arrived(done) == []
    once(held.plan.sheet, Receipt.objects.all())
    late = Receipt.objects.filter(outcome=Outcome.REFUSED)
    assert {row.account_id for row in late} == {held.account("second").pk}
    assert all(row.input for row in late)
    assert replay.compare().status.value == "ok"


def withdraw(held, now):
    row = Qualification.objects.get(account=held.account("second"), kind="reviewer")
    by, since = held.world.actor("organizer_lead"), clock.day_of(now)
    qualifications.withdraw(row=row, since=since, reason="示例", version=row.version, by=by, at=now)
