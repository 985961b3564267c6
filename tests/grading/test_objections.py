"""Objections: by anybody, answered by another person than the proposer; while open nothing is announced."""

from datetime import timedelta

import pytest

from dabiao.base.models import JournalEntry
from dabiao.grading import tasks
from dabiao.grading.models import Objection
from dabiao.grading.queries import objections as queries
from dabiao.grading.services import objections
from dabiao.grading.services.objections import Objected
from dabiao.kernel.actor import PUBLIC
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused
from grading.reported import ANNOUNCED, PUBLISHED, Stage


def stated(stage: Stage) -> Objection:
    row = queries.visible(stage.actor("organizer"), Objection.objects.latest("id").pk)
    told = {"objection": row, "facts": "复核时已查看", "version": row.version, "at": PUBLISHED}
    return objections.state_facts(by=stage.actor("organizer", PUBLISHED), **told)


def settled(stage: Stage, who: str = "second_city", *, upheld: bool = False) -> Objection:
    row = queries.visible(stage.actor("bureau_city"), Objection.objects.latest("id").pk)
    told = {"objection": row, "upheld": upheld, "reply": "经核实", "version": row.version, "at": PUBLISHED}
    return objections.settle(by=stage.actor(who, PUBLISHED), **told)


def test_an_open_objection_stops_the_announcement_until_it_is_answered(stage: Stage) -> None:
    stage.publicised()
    row = stage.objected()
    assert row.receipt.startswith("YY202600001-")
    with pytest.raises(OutOfTurn, match="异议"):
        stage.batch()
    stated(stage)
    settled(stage)
    stage.batch()
    assert stage.announced().decided_at
    found = queries.by_receipt(f" {row.receipt.lower()} ")
    assert found is not None
    assert found.reply == "经核实"


def test_one_that_comes_after_the_batch_was_put_together_stops_it_too(stage: Stage) -> None:
    stage.publicised()
    stage.batch()
    stage.objected(ANNOUNCED)
    with pytest.raises(OutOfTurn, match="异议"):
        stage.announced()


def test_upheld_it_is_a_ground_to_refuse_and_never_announced(stage: Stage) -> None:
    stage.publicised()
    stage.objected()
    stated(stage)
    settled(stage, upheld=True)
    with pytest.raises(Refused, match="异议成立"):
        stage.batch()


def test_the_proposer_of_the_publicity_does_not_decide_it(stage: Stage) -> None:
    stage.publicised()
    stage.objected()
    with pytest.raises(OutOfTurn, match="说明事实"):
        settled(stage)
    stated(stage)
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="其他人员"):
        settled(stage, "industry_city")
    for who in ("organizer_lead", "industry_district", "officer", "bureau_city"):
        with pytest.raises(Refused):
            settled(stage, who)
    assert JournalEntry.objects.count() == before
    assert settled(stage).upheld is False


def test_one_aimed_at_the_department_is_decided_one_level_up(stage: Stage) -> None:
    stage.publicised()
    stage.objected(aim="department")
    stated(stage)
    with pytest.raises(Refused):
        settled(stage)
    assert settled(stage, "bureau_city").decided_by == stage.world.accounts["bureau_city"]


def test_it_is_taken_while_before_the_public_and_checked(stage: Stage) -> None:
    stage.consulted()
    with pytest.raises(Absent):
        objections.take_in(notice="", said=Objected("unit", "x"), by=PUBLIC, at=PUBLISHED)
    stage.proposed()
    notice = stage.published().notice
    for said in (Objected("unit", " "), Objected("x", "x"), Objected("unit", "长" * 2001)):
        with pytest.raises(Invalid):
            objections.take_in(notice=notice, said=said, by=PUBLIC, at=PUBLISHED)
    stage.batch()
    stage.announced()
    with pytest.raises(OutOfTurn):
        objections.take_in(notice=notice, said=Objected("unit", "x"), by=PUBLIC, at=ANNOUNCED)


def test_overdue_it_is_reported_once_and_stays_open(stage: Stage) -> None:
    stage.publicised()
    stage.objected()
    tasks.tick(PUBLISHED + timedelta(days=7))
    assert Objection.objects.get().overdue_on is None
    tasks.tick(PUBLISHED + timedelta(days=40))
    assert Objection.objects.get().overdue_on
    with pytest.raises(OutOfTurn, match="异议"):
        stage.batch(PUBLISHED + timedelta(days=41))


def test_who_sees_it(stage: Stage) -> None:
    stage.publicised()
    stage.objected()
    people = stage.world.accounts
    seen = {who for who in people if Objection.objects.visible_to(stage.actor(who)).exists()}
    assert seen == {"organizer", "organizer_lead", "industry_city", "second_city", "bureau_city"}
