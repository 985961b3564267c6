"""The device's own engine against the real views, while the office stops or ends the review or sends others:
people are told why, and everything they did stands or is kept before their eyes."""

from collections import Counter

import pytest

from dabiao.base.journal import replay
from dabiao.field.models import Outcome, Receipt
from dabiao.field.services import delivery
from dabiao.kernel.actor import TIME
from dabiao.kernel.roles import Role
from dabiao.people import queries
from dabiao.people import services as people
from dabiao.people.services.qualifications import Filed, file_qualification
from dabiao.reviews.permissions.rectifications import NOT_NOW
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.rules.separation import Conflict
from dabiao.reviews.services import ending, plans, stopping
from dabiao.sheets.models import Answer, Picture, Signature
from dabiao.sheets.permissions import GIVEN_UP
from dabiao.sheets.services import abandoning
from field.test_engine import CONCLUDE, arrived, drawn, once, scenario, unaltered
from reviews.engaging import consulting_told, entered
from reviews.placing import filled
from sheets import photographs
from world import AT, DAY, PASSWORD, SINCE

MIDST = 20  # questions
SEEDS = range(1, 4)
SIGNED = (1, 4, 6)  # something is handed over, and a closing waits
MOVED = (2, 4, 6)  # who is replaced has something to deliver after it


def stopped(held, now):
    """A contract that advises comes to light."""
    advice = entered(held.world, consulting_told(held.world), at=now)
    found = [Conflict("same_firm", "同一机构既咨询又评审", "评审合同", "咨询合同", advice.pk)]
    by = held.world.actor("organizer")
    stopping.stop(review=held.review, contract=advice, found=found, by=by, at=now)


def ended(held, now):
    stopped(held, now)
    review, by = held.review, held.world.actor("organizer_lead")
    ending.end(review=review, why="核实属实", version=review.version, by=by, at=now)


def reassigned(planned, now):
    """Somebody goes in the place of a reviewer."""
    review, by, other = planned.review, planned.actor("review_admin"), third(planned.world)
    plans.withdraw(review=review, reason="人员调整", version=review.version, by=by, at=now)
    review, told = planned.review, planned.told(reviewers=[other])
    plan = plans.make(review=review, told=told, version=review.version, by=by, at=now)
    for each in (planned.account("reviewer"), other):
        member = plan.members.get(account=each)
        plans.accept(member=member, declared=Declared(), by=queries.actor(each, DAY), at=now)


def third(world):
    body = world.bodies["review_unit"]
    account = people.open_account(login="third", name="示例third", password=PASSWORD, by=TIME, at=AT)
    people.give_posting(account=account, role=Role.REVIEWER, body=body, since=SINCE, by=TIME, at=AT)
    told = Filed("reviewer", "示例资9", ("机械", "电气"), SINCE, SINCE.replace(year=2029))
    file_qualification(account=account, told=told, by=world.actor("organizer_lead"), at=AT)
    return account


@pytest.fixture
def office(bridge):
    """Acts in the midst of a story; when it did, once it has."""

    def acts(act, placed):
        asked, done = [], []

        def befall(client, now):
            asked.append(now)
            if len(asked) == MIDST:
                act(placed, now)
                done.append(now)
            return client

        bridge.befall = befall
        return done

    return acts


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("act", [stopped, ended])
def test_whether_a_review_stops_or_ends_nothing_is_lost_and_people_are_told(bridge, held, office, seed, act):
    moment, pictures = office(act, held), drawn()
    done = bridge.play(scenario(held, seed, pictures))
    whole(done, held.plan.sheet)
    unaltered(held.plan.sheet, pictures)
    shown_why(done, {GIVEN_UP} if act is ended else set())
    late = Receipt.objects.filter(received_at__gt=moment[0])
    assert late.exists()
    assert late.filter(outcome=Outcome.STORED).exists() == (act is stopped), "what stops may go on again"


@pytest.mark.obligation("Q4-both-sign")
@pytest.mark.parametrize("seed", SIGNED)
@pytest.mark.parametrize("act", [stopped, ended])
def test_nobody_closes_a_review_that_stopped_or_ended(bridge, held, office, seed, act):
    """Both change a full sheet and hand over; the leader signs again and again."""
    filled(held, who="second")
    sheet, inks = held.plan.sheet, [photographs.signature(number) for number in (1, 2)]
    before = Counter(Answer.objects.filter(sheet=sheet).values_list("version", flat=True))
    attached = Picture.objects.filter(sheet=sheet).count()
    office(act, held)
    done = bridge.play(scenario(held, seed, drawn(), inks=inks))
    whole(done, sheet, before, attached)
    shown_why(done, {NOT_NOW[held.review.state], *([GIVEN_UP] if act is ended else [])})
    sheet.refresh_from_db()
    assert (sheet.state, Signature.objects.filter(sheet=sheet).exists()) == (
        "abandoned" if act is ended else "open",
        False,
    )
    assert act is ended or Receipt.objects.filter(act=CONCLUDE, outcome=Outcome.REFUSED).exists()


@pytest.mark.parametrize("seed", MOVED)
def test_who_is_in_the_team_no_more_is_told_so_and_the_others_go_on(bridge, planned, office, seed):
    """Before the opening meeting, which the leader's device brings."""
    moment, pictures = office(reassigned, planned), drawn()
    done = bridge.play(scenario(planned, seed, pictures, opening=True))
    whole(done, planned.plan.sheet)
    unaltered(planned.plan.sheet, pictures)
    shown_why(done, {delivery.GONE})
    gone = planned.account("second").pk
    late = Receipt.objects.filter(received_at__gt=moment[0], account=gone)
    assert late.exists()
    assert not late.filter(outcome=Outcome.STORED).exists()
    assert Answer.objects.filter(sheet=planned.plan.sheet).exists()


def test_a_sheet_that_is_written_on_after_the_end_is_found(bridge, held, office, monkeypatch):
    monkeypatch.setattr(abandoning, "abandon_sheet", lambda **told: None)
    moment = office(ended, held)
    bridge.play(scenario(held, SEEDS[0], drawn()))
    assert Receipt.objects.filter(received_at__gt=moment[0], outcome=Outcome.STORED).exists()


def test_people_who_are_not_told_why_are_found(bridge, planned, office, monkeypatch):
    office(reassigned, planned)
    monkeypatch.setattr(delivery, "GONE", "")
    done = bridge.play(scenario(planned, MOVED[0], drawn(), opening=True))
    with pytest.raises(AssertionError):
        shown_why(done, {""})


def whole(done, sheet, *before):
    """A quarter of an hour later nothing is stuck, all has arrived, what was stored had its effect once."""
    assert done["stuck"] == []
    assert arrived(done) == []
    once(sheet, Receipt.objects.all(), *before)
    assert replay.compare().status.value == "ok"


def shown_why(done, reasons):
    """Whatever was not taken over is kept here as it came, and stands on a device with the reason."""
    shown = {key: (state, text) for key, state, text in done["shown"]}
    for row in Receipt.objects.exclude(outcome=Outcome.STORED):
        assert row.input
        assert shown[row.uuid] == (row.outcome, row.told["text"])
        assert row.told["text"]
        assert row.outcome == Outcome.CONFLICT or row.told["text"] in reasons
