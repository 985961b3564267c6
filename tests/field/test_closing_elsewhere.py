"""Initial visit and re-check are closed on the spot too; the office then says what follows from them."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from dabiao.base import clock
from dabiao.base.journal import replay
from dabiao.grading.services import rechecks
from dabiao.people.models import Account
from dabiao.reviews.models import InitialVisit
from dabiao.sheets.models import Sheet, Signature
from dabiao.sheets.services import closing
from field.device import Device
from grading import reported
from reviews import engaging
from sheets import photographs
from world import World


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the server."""

    def to(moment: datetime) -> datetime:
        cache.clear()
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return to


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
