"""A case is drafted and submitted: gates at the door, one at a time."""

from datetime import date, timedelta

import pytest

from creation.applying import APPLIED, LICENSED, Applicant, bare, fresh, nothing_changed
from dabiao.base.models import Announcement, JournalEntry
from dabiao.creation.models import Case
from dabiao.creation.services.cases import drafting, submitting
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.errors import Conflict, Invalid, OutOfTurn, Refused
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from world import World


def test_a_case_has_a_number_to_say_and_knows_who_is_responsible(applicant: Applicant) -> None:
    case = applicant.submitted()
    world = applicant.world
    assert case.spoken == "DB2026 00001"
    assert case.department == world.bodies["industry_city"], "level 2 is the city department's"
    assert case.organizing == world.bodies["organizing"]
    assert case.locality == world.bodies["street_east"]
    assert case.assessment == applicant.assessment
    assert case.commitment is not None
    assert case.edition_reason["text"]
    assert Announcement.objects.filter(name="CaseSubmitted").count() == 1


def test_one_application_at_a_time(applicant: Applicant) -> None:
    applicant.drafted()
    with pytest.raises(OutOfTurn, match="还有一件申请"):
        applicant.drafted()


@pytest.mark.parametrize("who", ["officer", "assessor", "stranger_principal", "organizer", "industry_city"])
def test_only_the_principal_submits(applicant: Applicant, who: str) -> None:
    case = applicant.drafted()
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="主要负责人"):
        submitting.submit(case=case, version=1, by=applicant.world.actor(who), at=APPLIED)
    nothing_changed(before)


@pytest.mark.obligation("U11-gate")
@pytest.mark.parametrize(("without", "clause"), [("report", "uplift/11"), ("commitment", "uplift/16")])
def test_without_report_or_commitment_nothing_is_submitted(world: World, without: str, clause: str) -> None:
    with pytest.raises(Refused) as caught:
        bare(world, without).submitted()
    assert caught.value.clause == clause
    assert Case.objects.get().state == CaseState.DRAFT


BARS = [
    ("grading_refused_notice", "", date(2025, 3, 18), "mem-2021-83/10"),
    ("revocation", "other", date(2025, 3, 18), "house/bars"),
    ("revocation", "fraud", date(2023, 3, 18), "house/bars"),
    ("false_commitment", "", date(2023, 3, 18), "mem-2021-83/10"),
]


@pytest.mark.parametrize(("kind", "which", "since", "clause"), BARS)
def test_each_bar_refuses_to_its_last_day_with_its_clause(
    applicant: Applicant, kind: str, which: str, since: date, clause: str
) -> None:
    told = Told(kind, since, "示例", "示例文书", which=which, number="示例1")
    standing.record(told=told, unit=applicant.unit, by=applicant.world.actor("industry_district"), at=APPLIED)
    with pytest.raises(Refused, match="2026-03-19 起可以申请") as caught:
        applicant.submitted()
    assert caught.value.clause == clause
    case = Case.objects.get()
    by = applicant.world.actor("principal")
    submitting.submit(case=case, version=1, by=by, at=APPLIED + timedelta(days=1))
    assert case.state == CaseState.SUBMITTED


def test_what_the_system_does_not_know_the_unit_says(world: World) -> None:
    applicant = bare(world, "licence", "fire")
    with pytest.raises(Invalid) as caught:
        applicant.submitted()
    assert set(caught.value.fields) == {LICENSED, "refusals.hard:campaigns"}
    case = Case.objects.get()
    said = {LICENSED: "本行业无需许可", "refusals.hard:campaigns": "消防专项已自查，待验收"}
    drafting.state_conditions(case=case, statements=said, version=1, by=world.actor("officer"), at=APPLIED)
    submitting.submit(case=case, version=2, by=world.actor("principal"), at=APPLIED)
    assert fresh(case).statements == said


def test_somebody_elses_change_is_not_overwritten(applicant: Applicant) -> None:
    case = applicant.drafted()
    by = applicant.world.actor("officer")
    drafting.state_conditions(case=case, statements={}, version=1, by=by, at=APPLIED)
    with pytest.raises(Conflict):
        drafting.state_conditions(case=case, statements={LICENSED: "有"}, version=1, by=by, at=APPLIED)
