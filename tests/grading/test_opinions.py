"""Opinions: given with facts, once; escalated where none comes; silence is never consent."""

from datetime import timedelta

import pytest

from dabiao.base.models import Announcement, JournalEntry
from dabiao.grading import tasks
from dabiao.grading.models import Opinion
from dabiao.grading.services import opinions
from dabiao.grading.services.opinions import Said
from dabiao.grading.states.gradings import GradingState
from dabiao.kernel.errors import Conflict, Invalid, OutOfTurn, Refused
from grading.reported import CONSULTED, JUDGED, PUBLISHED, Stage, read

FINE = Said(agrees=True, words="同意", supervision="无")


@pytest.mark.obligation("U8-locality-opinion")
def test_locality_and_district_give_their_opinions_with_the_facts_of_supervision(stage: Stage) -> None:
    stage.consulted()
    for row in Opinion.objects.filter(about="attainment"):
        assert row.agrees
        assert row.supervision
        assert {fact["kind"] for fact in row.facts} >= {"licence"}
    assert stage.proposed().outcome == "pass"


@pytest.mark.obligation("U8-locality-opinion")
@pytest.mark.parametrize("missing", ["locality", "industry_district"])
def test_a_missing_opinion_is_no_consent(stage: Stage, missing: str) -> None:
    stage.passed()
    stage.opinion("attainment", "industry_district" if missing == "locality" else "locality")
    with pytest.raises(Refused, match="沉默不视为同意"):
        stage.proposed()
    assert stage.grading.state == GradingState.CONSULTING


def test_one_against_keeps_it_from_publicity(stage: Stage) -> None:
    stage.passed()
    stage.opinion("attainment", "locality", agrees=False)
    stage.opinion("attainment", "industry_district")
    with pytest.raises(Refused, match="不同意见"):
        stage.proposed()


def test_only_who_was_asked_gives_it_and_only_once(stage: Stage) -> None:
    stage.passed()
    row = read(Opinion.objects.get(about="attainment", giver="locality"))
    told = {"opinion": row, "version": row.version, "at": CONSULTED}
    before = JournalEntry.objects.count()
    for who in ("other_locality", "industry_district", "officer", "organizer", "industry_city"):
        with pytest.raises(Refused):
            opinions.give(said=FINE, by=stage.actor(who), **told)
    with pytest.raises(Invalid):
        opinions.give(said=Said(True, "同意", " "), by=stage.actor("locality"), **told)
    with pytest.raises(Conflict):
        opinions.give(said=FINE, by=stage.actor("locality"), **{**told, "version": 9})
    assert JournalEntry.objects.count() == before
    opinions.give(said=FINE, by=stage.actor("locality"), **told)
    with pytest.raises(OutOfTurn):
        opinions.give(said=FINE, by=stage.actor("locality"), **told)


@pytest.mark.obligation("Q2-district-joins")
def test_a_missing_opinion_of_the_district_goes_up_to_the_citys_department(stage: Stage) -> None:
    stage.rechecked()
    row = Opinion.objects.get(about="recheck")
    late = JUDGED + timedelta(days=14)
    tasks.tick(late)
    row = read(row)
    assert row.above_id == stage.world.bodies["industry_city"].pk
    assert Announcement.objects.filter(name="OpinionEscalated").count() == 1
    with pytest.raises(Refused, match="还没有对现场复核提出意见"):
        stage.judged(at=late)
    given = stage.opinion("recheck", "industry_city", at=late, giver="industry_district")
    assert given.given_for_id == stage.world.bodies["industry_city"].pk
    assert stage.judged(at=late).outcome == "pass"


def test_before_its_limit_nothing_goes_up(stage: Stage) -> None:
    stage.passed()
    row = read(Opinion.objects.get(about="attainment", giver="locality"))
    tasks.tick(CONSULTED)
    assert read(row).above_id is None
    with pytest.raises(Refused):
        opinions.escalate(opinion=row, by=stage.actor("bureau_city"), at=CONSULTED)


def test_the_level_above_appoints_somebody(stage: Stage) -> None:
    stage.passed()
    late = CONSULTED + timedelta(days=14)
    tasks.tick(late)
    row = read(Opinion.objects.get(about="attainment", giver="locality"))
    accounts = stage.world.accounts
    told = {"opinion": row, "version": row.version, "at": late}
    with pytest.raises(Refused):
        opinions.appoint(person=accounts["locality"], by=stage.actor("locality"), **told)
    with pytest.raises(Invalid):
        opinions.appoint(person=accounts["officer"], by=stage.actor("industry_district"), **told)
    opinions.appoint(person=accounts["second_district"], by=stage.actor("industry_district"), **told)
    row = read(row)
    assert row.appointed == accounts["second_district"]
    told = {"opinion": row, "version": row.version, "at": late}
    opinions.give(said=FINE, by=stage.actor("second_district"), **told)
    assert late > PUBLISHED
