"""The demonstration city of `make demo`: everybody, every state, all of it in the journal."""

import json
from collections import Counter
from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal.replay import compare
from dabiao.base.journal.verify import verify
from dabiao.base.models import JournalEntry, PublicRecord, StoredFile
from dabiao.creation.models import Case, SelfAssessment
from dabiao.creation.queries import assessments
from dabiao.creation.states.assessments import AssessmentState
from dabiao.creation.states.cases import CaseState
from dabiao.demo import city, mark, telling
from dabiao.demo.mark import City
from dabiao.hazards.models import Demand, Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.errors import Refused
from dabiao.kernel.limits import LimitColour
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, BodyKind, Industry, Jurisdiction, Scope, Unit, UnitCard
from dabiao.organisations.queries import cards, directory
from dabiao.organisations.rules import codes
from dabiao.people.models import Account, Posting, Qualification
from dabiao.people.queries import qualification_faults
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer, Assignment, Picture, Writer
from dabiao.sheets.services.closing import gaps as sheet_gaps
from dabiao.standards.models import Edition, Making, Standard, StandardUse
from dabiao.standards.queries.gaps import gaps
from dabiao.standards.queries.reviews import clock_of
from dabiao.standards.states import EditionState
from dabiao.standing.models import Fact
from demo.conftest import AT

pytestmark = pytest.mark.django_db
DAY = day_of(AT)
NOBODY_SIGNS_IN_AS = {Role.PUBLIC, Role.CLIENT, Role.TIME}


def test_every_role_has_a_login_that_is_shown(told: City) -> None:
    assert {each["role"] for each in told.logins} == set(Role) - NOBODY_SIGNS_IN_AS
    shown = Counter(each["role"] for each in told.logins)
    assert shown[Role.SELF_ASSESSOR] == 2


def test_every_login_opens_with_the_one_password(told: City) -> None:
    assert len({row.password for row in Account.objects.all()}) == 1
    assert check_password(mark.PASSWORD, Account.objects.get(login="unit_officer").password)
    for each in told.logins:
        client = Client()
        client.force_login(Account.objects.get(login=each["login"]), backend="dabiao.people.sign_in.Backend")
        assert client.get("/office/").status_code == 200, each["login"]


def test_the_machine_readable_account_is_what_the_contract_says(told: City) -> None:
    plain = json.loads(json.dumps(telling.plain(told), ensure_ascii=False))
    assert {"login", "password", "role", "body"} <= plain["accounts"][0].keys()
    assert {"number", "unit", "level", "state"} <= plain["cases"][0].keys()
    assert SelfAssessment.objects.get(pk=plain["self_assessment"]).sheet_id == plain["sheet"]
    assert Unit.objects.get(pk=plain["unit"]).name == "示例恒达精密机械有限公司"
    assert Edition.objects.get(pk=plain["edition"]).standard.number == "示范—通用—1"
    assert Hazard.objects.get(pk=plain["hazard"]).unit_id == plain["unit"]


def test_people_read_a_table(told: City) -> None:
    lines = telling.lines(told)
    assert any("unit_officer" in line and "示例恒达精密机械有限公司" in line for line in lines)
    assert mark.PASSWORD in "\n".join(lines)
    assert (
        len({telling.width(line[: line.index("安全管理员")]) for line in lines if "安全管理员 " in line}) <= 2
    )


def test_forty_reviewers_and_twenty_experts_have_a_file_and_all_but_one_each_hold(told: City) -> None:
    for kind, many in (("reviewer", 40), ("expert", 20)):
        files = Qualification.objects.filter(kind=kind)
        assert files.values("account").distinct().count() == many
        said = qualification_faults(files.values_list("account", flat=True), kind, DAY)
        assert len([key for key, wrong in said.items() if wrong]) == 1, kind


def test_units_are_invented_and_believable(told: City) -> None:
    units = list(Unit.objects.select_related("jurisdiction", "industry", "department", "locality"))
    assert len(units) == 300
    assert len({unit.name for unit in units}) == 300
    assert all(unit.name.startswith("示例") for unit in units)
    assert not [unit.uscc for unit in units if codes.fault(unit.uscc or "")]
    assert {unit.jurisdiction_id for unit in units} == set(Jurisdiction.objects.values_list("pk", flat=True))
    assert {unit.size for unit in units} == {"large", "medium", "small", "micro"}
    assert len({unit.industry_id for unit in units}) >= 15
    assert len({area for unit in units for area in unit.areas}) >= 8
    assert all(unit.department.jurisdiction_id == unit.jurisdiction_id for unit in units)
    assert all(unit.locality.kind == BodyKind.LOCALITY for unit in units)


def test_there_are_bodies_and_people_enough_to_review_them(told: City) -> None:
    assert Body.objects.filter(kind=BodyKind.REVIEW).count() == 6
    assert Body.objects.filter(kind=BodyKind.ORGANIZING).count() == 1
    in_force = Posting.objects.in_force(DAY)
    assert in_force.filter(role=Role.REVIEWER).count() == 40
    assert in_force.filter(role=Role.EXPERT).count() == 20
    assert in_force.filter(role=Role.REVIEWER).values("body").distinct().count() == 6


def test_every_unit_is_found(told: City) -> None:
    assert list(cards.wrong()) == []
    assert UnitCard.objects.count() == 300
    last = Unit.objects.latest("pk")
    places = directory.few(directory.asked(Scope(city=True), directory.Wanted(text=last.name)))
    assert UnitCard.objects.get(unit=last.pk).place in (places or [])


def test_self_assessments_are_in_every_state(told: City) -> None:
    states = Counter(SelfAssessment.objects.values_list("state", flat=True))
    assert set(states) == set(AssessmentState)
    assert Unit.objects.exclude(pk__in=SelfAssessment.objects.values("unit")).exists()
    posted = SelfAssessment.objects.filter(state=AssessmentState.POSTED)
    ends = [row.posting_ends for row in posted if row.posting_ends]
    assert min(ends) < DAY <= max(ends)


def test_the_main_unit_is_in_the_middle_of_filling(told: City) -> None:
    row = SelfAssessment.objects.get(pk=told.ids["self_assessment"])
    assert row.state == AssessmentState.FILLING
    running = sheets.running(row.sheet)
    assert 0.3 < running.answered / running.lines < 0.8
    assert running.provisional is not None
    assert Writer.objects.filter(sheet=row.sheet).count() == 3
    assert Assignment.objects.filter(sheet=row.sheet).values("account").distinct().count() == 2
    assert Picture.objects.filter(sheet=row.sheet).count() >= 5
    assert sheet_gaps(row.sheet)


def test_the_main_unit_handed_in_last_year_and_is_soon_due(told: City) -> None:
    yearly = assessments.yearly(told.ids["unit"], DAY, calendars.calendar())
    assert yearly is not None
    assert yearly.limit.colour is LimitColour.AMBER
    assert SelfAssessment.objects.filter(unit=told.ids["unit"], state=AssessmentState.HANDED_IN).count() == 2


def test_somebody_may_start_from_last_years_answers(told: City) -> None:
    login = next(each for each in told.logins if each["hint"].startswith("上年自评已提交"))
    unit = Unit.objects.get(name=login["body"])
    assert assessments.last_handed_in(unit.pk) is not None
    assert not assessments.unfinished(unit.pk).exists()
    assert Answer.objects.filter(copied=True).exists(), "somebody has already begun so"


def test_one_failed_by_a_hard_refusal(told: City) -> None:
    failed = [
        row
        for row in SelfAssessment.objects.exclude(sheet__result=None).select_related("sheet")
        if row.sheet.result["level"] == "failed"
    ]
    assert failed
    assert all(row.sheet.result["vetoes"] for row in failed)
    assert Hazard.objects.filter(major=True, unit=failed[0].unit).exists()


def test_scores_differ(told: City) -> None:
    scores = {
        row.sheet.result["score"]
        for row in SelfAssessment.objects.exclude(sheet__result=None).select_related("sheet")
    }
    assert len(scores) >= 10
    assert all(60 <= float(score) <= 100 for score in scores)


def test_hazards_are_in_every_state_and_some_recur(told: City) -> None:
    for rows in (Hazard.objects.all(), Hazard.objects.filter(unit=told.ids["unit"])):
        assert {row.state for row in rows} == set(HazardState)
        assert any(row.recurs_id for row in rows)
        assert any(row.returned and row.state == HazardState.PLANNED for row in rows)
        assert any(row.state == HazardState.PLANNED and row.due and row.due < DAY for row in rows)


def test_demands_are_met_running_and_late(told: City) -> None:
    rows = list(Demand.objects.filter(unit=told.ids["unit"]))
    assert sum(row.done_on is not None for row in rows) == 1
    assert {row.due is not None and row.due < DAY for row in rows if row.done_on is None} == {True, False}


def test_pictures_tell_time_and_place(told: City) -> None:
    row = StoredFile.objects.filter(kind="image/jpeg").first()
    assert row is not None
    assert row.facts["taken_at"] < AT.isoformat()
    assert 39 < float(row.facts["place"]["lat"]) < 41


def test_standards_are_in_force_lent_due_drafted_and_made(told: City) -> None:
    assert Edition.objects.filter(state=EditionState.PUBLISHED).count() == 6
    assert Edition.objects.filter(state=EditionState.DRAFT).count() == 1
    assert StandardUse.objects.filter(nearest=True).exclude(reason="").exists()
    retail = Standard.objects.get(number="示范—商业零售—1")
    assert clock_of(retail, DAY, None).clock.overdue
    assert retail.chased is not None
    making = Making.objects.get()
    assert making.running
    assert making.due is not None
    assert making.due > DAY


def test_gaps_stay_visible(told: City) -> None:
    found = [gap for gap in gaps(DAY) if gap.units]
    assert found
    assert Industry.objects.get(code="44") in {gap.industry for gap in found}


def test_everything_is_in_the_journal_and_nothing_lies_ahead(told: City) -> None:
    assert not compare().findings.listed
    assert not verify().findings.listed
    moments = list(JournalEntry.objects.order_by("id").values_list("received_at", flat=True))
    assert moments[-1] <= AT
    assert day_of(moments[0]) < date(2023, 12, 1)
    assert moments == sorted(moments)


def test_the_city_is_found_again_and_no_other_is_put_beside_it(told: City) -> None:
    before = JournalEntry.objects.count()
    assert city.made(seed=1, scale=1.0, at=AT) == told
    assert JournalEntry.objects.count() == before
    with pytest.raises(Refused, match="这里已有演示城市"):
        city.made(seed=2, scale=1.0, at=AT)
    assert PublicRecord.objects.filter(kind=mark.KIND).count() == 1


def test_applications_are_in_every_state(told: City) -> None:
    states = Counter(Case.objects.values_list("state", flat=True))
    assert set(states) == set(CaseState)
    correcting = Case.objects.get(state=CaseState.CORRECTING)
    assert correcting.unit_id == told.ids["unit"], "whoever signs in first finds something to complete"
    plain = telling.plain(told)
    assert plain["cases"][0]["kind"] == "case"


def test_facts_of_standing_speak_for_and_against(told: City) -> None:
    kinds = Counter(Fact.objects.values_list("kind", flat=True))
    assert {"licence", "campaign", "accident", "joint_punishment", "hard_refusal", "withdrawal"} <= set(kinds)
