"""The announcement: two people, after the period, asked again; certificates anybody can check; copies."""

from datetime import date, timedelta

import pytest

from dabiao.base.journal import signing
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry, PublicRecord
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.grading import tasks
from dabiao.grading.documents import statements
from dabiao.grading.models import Bulletin, Certificate, Copy, Ruling
from dabiao.grading.queries import found
from dabiao.grading.services import announcing, copies
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.errors import OutOfTurn, Refused
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from grading.reported import ANNOUNCED, ENDS, PUBLISHED, Stage, at_noon


def test_announced_the_case_has_attained_and_the_certificate_holds(stage: Stage) -> None:
    bulletin = stage.attained()
    assert stage.grading.state == GradingState.ANNOUNCED
    assert Case.objects.get().state == CaseState.ATTAINED
    certificate = Certificate.objects.get()
    assert (certificate.number, certificate.last_on) == ("京AQBⅡ202600001", date(2029, 5, 20))
    record = PublicRecord.objects.get(kind="certificate")
    assert (record.since, record.until) == (date(2026, 5, 20), date(2029, 5, 21)), "the last day counts"
    listed = PublicRecord.objects.get(kind="announcement", number=bulletin.number).payload["units"]
    assert [each["certificate"] for each in listed] == [certificate.number]
    ruling = Ruling.objects.get(matter="announcement")
    assert [each.plain() for each in found.recomputed(ruling)] == ruling.answers
    assert not compare().findings.listed


def test_its_statement_is_checked_with_the_published_key_alone(stage: Stage) -> None:
    stage.attained()
    text = Certificate.objects.get().statement
    read = statements.read(text, statements.public_key(signing.known_key()))
    assert (read.number, read.unit) == ("京AQBⅡ202600001", stage.world.units["unit"].name)
    assert read.holds(date(2029, 5, 20))
    assert not read.holds(date(2029, 5, 21))


def test_not_before_the_last_day_of_publicity_is_over(stage: Stage) -> None:
    stage.publicised()
    before = JournalEntry.objects.count()
    for day in (PUBLISHED.date(), ENDS):
        with pytest.raises(OutOfTurn, match="公示期到"):
            stage.batch(at_noon(day))
    assert JournalEntry.objects.count() == before
    assert stage.batch(at_noon(ENDS + timedelta(days=1))).number == "GG202600001"


def test_nobody_both_proposes_and_announces(stage: Stage) -> None:
    stage.publicised()
    stage.batch()
    for who in ("industry_city", "industry_district", "other_industry_city", "organizer_lead", "bureau_city"):
        with pytest.raises(Refused):
            stage.announced(who=who)
    assert not Certificate.objects.exists()


@pytest.mark.obligation("U2-hard-refusals")
def test_everything_is_asked_again_on_the_day(stage: Stage) -> None:
    stage.publicised()
    stage.batch()
    counts = {"deaths": 0, "serious_injuries": 1, "loss_yuan": 0}
    told = Told("accident", PUBLISHED.date(), "冲压伤手", "示例快报", counts=counts)
    by = stage.actor("enforcement", ANNOUNCED)
    standing.record(told=told, unit=stage.world.units["unit"], by=by, at=ANNOUNCED)
    with pytest.raises(Refused, match="自申请之日"):
        stage.announced()
    assert not Certificate.objects.exists()
    assert stage.grading.state == GradingState.PUBLICISED


def test_a_batch_is_dropped_with_reasons(stage: Stage) -> None:
    stage.publicised()
    row = stage.batch()
    by = stage.actor("second_city", ANNOUNCED)
    announcing.drop(bulletin=row, reason="标题有误", version=row.version, by=by, at=ANNOUNCED)
    with pytest.raises(OutOfTurn):
        stage.announced()
    stage.batch()
    assert stage.announced().number == "GG202600002"


def test_copies_go_to_the_bodies_of_the_rule_and_are_acknowledged(stage: Stage) -> None:
    stage.attained()
    bodies = stage.world.bodies
    told = {copy.body.code: copy for copy in Copy.objects.select_related("body", "bulletin")}
    assert set(told) == {"organizing", "industry_east", "street_east", "bureau_east"}
    copy = told["street_east"]
    with pytest.raises(Refused):
        copies.acknowledge(copy=copy, version=1, by=stage.actor("other_locality"), at=ANNOUNCED)
    copies.acknowledge(copy=copy, version=1, by=stage.actor("locality", ANNOUNCED), at=ANNOUNCED)
    with pytest.raises(OutOfTurn):
        copies.acknowledge(copy=copy, version=2, by=stage.actor("locality", ANNOUNCED), at=ANNOUNCED)
    tasks.tick(ANNOUNCED + timedelta(days=20))
    assert set(Copy.objects.exclude(escalated_on=None).values_list("body__code", flat=True)) == {
        *("organizing", "industry_east", "bureau_east")
    }
    assert bodies["industry_city"].pk not in {each.body_id for each in told.values()}


def test_who_sees_a_bulletin(stage: Stage) -> None:
    stage.publicised()
    stage.batch()
    people = stage.world.accounts
    seen = {who for who in people if Bulletin.objects.visible_to(stage.actor(who)).exists()}
    assert seen == {"industry_city", "second_city"}
    stage.announced()
    seen = {who for who in people if Bulletin.objects.visible_to(stage.actor(who)).exists()}
    assert {"locality", "organizer", "bureau_district", "bureau_city"} <= seen
    assert not seen & {"officer", "other_locality", "reviewer", "enforcement"}
