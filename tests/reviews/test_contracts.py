"""Contracts entered, confirmed, refused: what opens a review and what must not."""

from datetime import UTC, date, datetime

import pytest

from creation.applying import nothing_changed
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.creation.models import Case, Cycle
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.organisations.models import Recognition
from dabiao.organisations.services import recognitions
from dabiao.reviews.models import Review, ServiceContract
from dabiao.reviews.queries import contracts as queries
from dabiao.reviews.queries import recognitions as recognised
from dabiao.reviews.services import contracts, engaging
from dabiao.reviews.states.contracts import ContractState
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import (
    SIGNED,
    accepted,
    confirmed,
    consulting_told,
    engaged,
    entered,
    paper,
    review_told,
)
from world import AT, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    return accepted(world)


def test_a_contract_confirmed_opens_the_review_with_the_keys_of_the_case(world: World, case: Case) -> None:
    row = entered(world, review_told(world))
    assert (row.state, row.late, row.case_id, row.review_fee) == (
        ContractState.ENTERED,
        False,
        case.pk,
        30_000,
    )
    assert not Review.objects.exists()
    confirmed(world, row)
    review = Review.objects.get()
    assert review.number == "PS202600001"
    assert review.state == ReviewState.ENGAGED
    assert (review.case_id, review.unit_id, review.organizing_id) == (
        case.pk,
        case.unit_id,
        case.organizing_id,
    )
    assert review.body == world.bodies["review_unit"]
    assert review.rulebook is not None
    assert review.rulebook.day == case.accepted_on
    assert JournalEntry.objects.filter(act__startswith="reviews.open").exists()
    assert Announcement.objects.filter(name="ReviewOpened").count() == 1
    assert not compare().findings.listed


def test_one_review_runs_for_a_case(world: World, case: Case) -> None:
    confirmed(world, entered(world, review_told(world)))
    with pytest.raises(OutOfTurn):
        entered(world, review_told(world))


def test_only_an_accepted_case_engages_a_review_unit(world: World, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.RECEIVED)
    before = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn):
        entered(world, review_told(world))
    nothing_changed(before)


def test_others_enter_and_confirm_nothing(world: World, case: Case) -> None:
    row = entered(world, review_told(world))
    before = JournalEntry.objects.count()
    for who in ("stranger_officer", "principal", "organizer"):
        with pytest.raises(Refused):
            contracts.enter(
                unit=world.units["unit"],
                told=review_told(world),
                taken=paper(),
                by=world.actor(who),
                at=SIGNED,
            )
    for who in ("officer", "reviewer", "organizer_lead"):
        with pytest.raises(Refused):
            engaging.confirm(contract=row, version=1, by=world.actor(who), at=SIGNED)
    nothing_changed(before)


def test_what_is_missing_is_said_field_by_field(world: World, case: Case) -> None:
    told = review_told(
        world, scope="", unit_signer=" ", signed_on=date(2026, 3, 28), ends_on=date(2020, 1, 1)
    )
    with pytest.raises(Invalid) as refused:
        contracts.enter(unit=world.units["unit"], told=told, taken=None, by=world.actor("officer"), at=SIGNED)
    assert set(refused.value.fields) == {"scope", "unit_signer", "signed_on", "ends_on", "file"}


@pytest.mark.obligation("Q7-no-fee")
def test_no_contract_pays_an_organizing_unit_for_reviewing(world: World, case: Case) -> None:
    organizing = world.bodies["organizing"]
    before = JournalEntry.objects.count()
    for told in (
        review_told(world, body=organizing),
        review_told(world, kind="training", body=organizing, review_fee=100),
    ):
        with pytest.raises(Refused) as refused:
            entered(world, told)
        assert refused.value.clause == "quality-2015/7"
    nothing_changed(before)
    row = entered(world, review_told(world, kind="training", body=organizing))
    assert (row.fee, row.review_fee, row.consults) == (30_000, 0, None)
    with pytest.raises(Invalid):
        entered(world, review_told(world, kind="training", body=organizing, fee=0))


@pytest.mark.obligation("Q5-recognition")
def test_without_recognition_on_the_day_nobody_is_engaged(world: World, case: Case) -> None:
    row = entered(world, review_told(world))
    until = date(2026, 3, 30)
    by = world.actor("bureau_city")
    recognitions.lapse(recognition=Recognition.objects.get(), until=until, reason="示例", by=by, at=AT)
    last, next_ = datetime(2026, 3, 29, 2, tzinfo=UTC), datetime(2026, 3, 30, 2, tzinfo=UTC)
    before = JournalEntry.objects.count()
    with pytest.raises(Refused) as refused:
        confirmed(world, row, at=next_)
    assert refused.value.clause == "quality-2015/5"
    nothing_changed(before)
    confirmed(world, row, at=last)
    body, unit = world.bodies["review_unit"], world.units["unit"]
    assert recognised.choosable(unit, "level_2", last.date()) == [body]
    assert recognised.choosable(unit, "level_2", next_.date()) == []
    assert recognised.fault(body, unit, "level_3", last.date())


@pytest.mark.obligation("Q3-separation")
def test_who_has_advised_is_not_engaged(world: World, case: Case) -> None:
    row = entered(world, consulting_told(world))
    assert row.late
    before = JournalEntry.objects.count()
    with pytest.raises(Refused) as refused:
        entered(world, review_told(world))
    assert refused.value.clause == "quality-2015/3"
    assert row.spoken in refused.value.text, "both records are shown"
    nothing_changed(before)


@pytest.mark.obligation("Q3-separation")
def test_who_reviews_is_not_engaged_to_advise(world: World, case: Case) -> None:
    confirmed(world, entered(world, review_told(world)))
    advice = consulting_told(world, signed_on=SIGNED.date(), begins_on=SIGNED.date())
    with pytest.raises(Refused):
        entered(world, advice)
    other = consulting_told(
        world, body=None, firm="示例咨询有限公司", legal_person="示例乙", signed_on=SIGNED.date()
    )
    assert entered(world, other).state == ContractState.IN_FORCE, "a firm outside has nobody to confirm here"


@pytest.mark.obligation("Q3-separation")
def test_a_training_is_judged_by_a_person_before_its_firm_reviews(world: World, case: Case) -> None:
    body = world.bodies["review_unit"]
    row = entered(world, consulting_told(world, kind="training", body=body))
    with pytest.raises(Refused):
        entered(world, review_told(world))
    with pytest.raises(Invalid):
        contracts.judge(
            contract=row, consults=False, why=" ", version=1, by=world.actor("organizer"), at=SIGNED
        )
    with pytest.raises(Refused):
        contracts.judge(
            contract=row, consults=False, why="示例", version=1, by=world.actor("officer"), at=SIGNED
        )
    assert list(queries.to_judge()) == [row]
    contracts.judge(
        contract=row, consults=False, why="公开课程", version=1, by=world.actor("organizer"), at=SIGNED
    )
    assert (row.consults, row.judged_why) == (False, "公开课程")
    entered(world, review_told(world))


def test_a_consulting_contract_for_creation_opens_a_cycle(world: World) -> None:
    told = consulting_told(
        world, body=None, firm="示例咨询", for_creation=True, ends_on=None, signed_on=AT.date()
    )
    other = consulting_told(world, body=None, firm="示例咨询", signed_on=AT.date())
    entered(world, other, at=AT)
    assert not Cycle.objects.exists()
    entered(world, told, at=AT)
    assert Cycle.objects.get().unit == world.units["unit"]


def test_the_firm_may_say_that_there_is_no_such_contract(world: World, case: Case) -> None:
    row = entered(world, review_told(world))
    by = world.actor("review_admin")
    with pytest.raises(Invalid):
        contracts.decline(contract=row, reason="", version=1, by=by, at=SIGNED)
    contracts.decline(contract=row, reason="没有签订", version=1, by=by, at=SIGNED)
    assert ServiceContract.objects.get().state == ContractState.DECLINED
    entered(world, review_told(world))


def test_contracts_are_seen_by_both_sides_and_by_those_who_watch(world: World) -> None:
    engaged(world)

    def seen(who: str) -> int:
        return ServiceContract.objects.visible_to(world.actor(who)).count()

    for who in ("officer", "review_admin", "organizer", "industry_district", "locality", "bureau_city"):
        assert seen(who) == 1, who
    for who in ("stranger_officer", "reviewer", "other_locality", "other_industry_district", "enforcement"):
        assert seen(who) == 0, who
