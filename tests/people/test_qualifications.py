"""Qualifications of reviewers and experts: filed, suspended, withdrawn; and whether they hold on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.base.clock import day_of
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.people import queries
from dabiao.people.models import Qualification
from dabiao.people.rules.qualifications import Period, fault
from dabiao.people.services import qualifications as services
from dabiao.people.services.qualifications import Filed
from world import AT, World

TODAY = day_of(AT)
TOLD = Filed("reviewer", "示例证1", ("机械", "电气"), date(2025, 1, 1), date(2028, 1, 1))
DAYS = st.integers(0, 2200).map(lambda days: date(2024, 1, 1) + timedelta(days))


def filed(world: World, told: Filed = TOLD, who: str = "reviewer") -> Qualification:
    by = world.actor("organizer")
    return services.file_qualification(account=world.accounts[who], told=told, by=by, at=AT)


def why_not(world: World, day: date, kind: str = "reviewer") -> str:
    key = world.accounts["reviewer"].pk
    return queries.qualification_faults([key], kind, day)[key]


@given(day=DAYS, since=DAYS, until=DAYS, pause=DAYS, resumed=st.none() | DAYS)
def test_a_qualification_holds_within_its_days_and_outside_its_pauses(
    day: date, since: date, until: date, pause: date, resumed: date | None
) -> None:
    paused = pause <= day and (resumed is None or day < resumed)
    holds = since <= day < until and not paused
    assert (fault(day, Period(since, until), [Period(pause, resumed)]) == "") == holds


def test_filing_leaves_a_trace_and_holds_from_its_first_day(world: World) -> None:
    assert why_not(world, TODAY) == "没有建档的资格。"
    row = filed(world)
    assert row.filed_by == world.bodies["organizing"]
    assert row.specialties == "机械、电气"
    assert why_not(world, date(2024, 12, 31)) == "资格自 2025-01-01 起有效。"
    assert why_not(world, TODAY) == ""
    assert why_not(world, date(2028, 1, 1)) == "资格自 2028-01-01 起不再有效。"
    assert why_not(world, TODAY, "expert") == "没有建档的资格。"
    assert JournalEntry.objects.filter(act="people.file_qualification@1").count() == 1
    assert compare().status == "ok"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "organizer"}, "kind"),
        ({"number": " "}, "number"),
        ({"specialties": ()}, "specialties"),
        ({"until": date(2025, 1, 1)}, "until"),
    ],
)
def test_what_is_incomplete_is_refused_beside_its_field(
    world: World, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        filed(world, replace(TOLD, **wrong))
    assert list(refused.value.fields) == [field]
    assert not Qualification.objects.exists()


def test_a_number_is_given_once(world: World) -> None:
    filed(world)
    with pytest.raises(Invalid) as refused:
        filed(world, replace(TOLD, kind="expert"), "expert")
    assert "已经建档" in refused.value.fields["number"]


@pytest.mark.parametrize("who", ["review_admin", "reviewer", "industry_city", "security_admin", "officer"])
def test_only_the_organizing_unit_files_and_decides(world: World, who: str) -> None:
    row, by = filed(world), world.actor(who)
    with pytest.raises(Refused):
        services.file_qualification(
            account=world.accounts["expert"], told=replace(TOLD, number="示例证9"), by=by, at=AT
        )
    with pytest.raises(Refused):
        services.withdraw(row=row, since=TODAY, reason="示例", version=row.version, by=by, at=AT)
    assert Qualification.objects.count() == 1


def test_suspending_is_the_heads_and_ends_by_resuming(world: World) -> None:
    row, lead = filed(world), world.actor("organizer_lead")
    with pytest.raises(Refused):
        services.suspend(
            row=row, since=TODAY, until=None, reason="x", version=1, by=world.actor("organizer"), at=AT
        )
    with pytest.raises(Invalid):
        services.suspend(
            row=row, since=TODAY - timedelta(1), until=None, reason="x", version=1, by=lead, at=AT
        )
    services.suspend(row=row, since=TODAY, until=None, reason="示例", version=row.version, by=lead, at=AT)
    assert "暂停" in why_not(world, TODAY)
    assert why_not(world, TODAY - timedelta(1)) == ""  # what was reviewed before stays good
    later = AT + timedelta(days=5)
    services.resume(row=row, reason="示例", version=row.version, by=lead, at=later)
    assert "暂停" in why_not(world, TODAY + timedelta(4))
    assert why_not(world, TODAY + timedelta(5)) == ""
    with pytest.raises(OutOfTurn):
        services.resume(row=row, reason="示例", version=row.version, by=lead, at=later)
    assert compare().status == "ok"


def test_withdrawing_is_for_good_and_asks_for_a_reason(world: World) -> None:
    row, lead = filed(world), world.actor("organizer_lead")
    with pytest.raises(Invalid):
        services.withdraw(row=row, since=TODAY, reason=" ", version=row.version, by=lead, at=AT)
    services.withdraw(row=row, since=TODAY, reason="示例", version=row.version, by=lead, at=AT)
    assert why_not(world, TODAY) == f"资格自 {TODAY} 起不再有效。"
    assert why_not(world, TODAY - timedelta(1)) == ""
    with pytest.raises(OutOfTurn):
        services.suspend(row=row, since=TODAY, until=None, reason="x", version=row.version, by=lead, at=AT)
    assert compare().status == "ok"


def test_the_organizing_unit_sees_its_files_and_everybody_their_own(world: World) -> None:
    row = filed(world)
    for who in ("organizer", "organizer_lead", "reviewer"):
        assert list(Qualification.objects.visible_to(world.actor(who))) == [row], who
    for who in ("expert", "review_admin", "officer", "industry_city"):
        assert not Qualification.objects.visible_to(world.actor(who)).exists(), who
