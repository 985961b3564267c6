"""A self-assessment from start to hand-in, as the acts allow it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.models import Announcement, JournalEntry
from dabiao.creation.models import SelfAssessment
from dabiao.creation.queries import assessments as queries
from dabiao.creation.services import assessments as services
from dabiao.creation.states.assessments import AssessmentState
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, DabiaoError, Invalid, OutOfTurn, Refused
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer, Sheet
from dabiao.sheets.rules.values import Answer as Given
from dabiao.sheets.rules.values import Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.sheets.services.closing import altered
from dabiao.sheets.services.copying import confirm_copied
from dabiao.sheets.states import SheetState
from editions import published
from world import AT, World

CONFORMS = Given(Verdict.CONFORMS)
DEDUCTED = Given(Verdict.DEDUCTED, (Deduction("2", 2),), "两处记录缺失")


@pytest.fixture
def ready(world: World) -> World:
    published(world)
    return world


def started(world: World, at: datetime = AT, *, reuse: bool = False) -> SelfAssessment:
    return services.start(
        unit=world.units["unit"],
        level="level_2",
        lead=world.accounts["officer"],
        writers=[world.accounts["assessor"]],
        by=world.actor("officer"),
        at=at,
        reuse=reuse,
    )


def fill(assessment: SelfAssessment, by: Actor, at: datetime = AT) -> None:
    for line in sheets.rulebook(assessment.sheet).lines():
        given = DEDUCTED if line.key == "2.1.1" else CONFORMS
        record_answer(sheet=assessment.sheet_id, line=line.key, answer=given, version=0, by=by, at=at)


def signed(world: World, at: datetime = AT) -> SelfAssessment:
    assessment = started(world, at)
    fill(assessment, world.actor("officer"), at)
    return services.sign(
        assessment=assessment, opinion="总体符合", version=1, by=world.actor("officer"), at=at
    )


def handed_in(world: World) -> SelfAssessment:
    assessment = signed(world)
    by = world.actor("officer")
    services.post(assessment=assessment, where="公告栏", version=assessment.version, by=by, at=AT)
    later = datetime(2026, 3, 17, 2, tzinfo=UTC)
    return services.hand_in(assessment=assessment, version=assessment.version, by=by, at=later)


def test_the_edition_is_proposed_with_its_reason(ready: World) -> None:
    assessment = started(ready)
    assert assessment.reason["text"]
    assert assessment.state == AssessmentState.FILLING


def test_only_the_units_own_officer_starts(ready: World) -> None:
    for who in ("principal", "assessor", "stranger_officer", "industry_city", "reviewer"):
        with pytest.raises(Refused):
            services.start(
                unit=ready.units["unit"],
                level="level_2",
                lead=ready.accounts["officer"],
                by=ready.actor(who),
                at=AT,
            )
    assert not SelfAssessment.objects.exists()


def test_a_second_one_waits_for_the_first(ready: World) -> None:
    started(ready)
    with pytest.raises(OutOfTurn):
        started(ready)


def test_an_unfinished_sheet_is_not_signed(ready: World) -> None:
    assessment = started(ready)
    before = JournalEntry.objects.count()
    with pytest.raises(Invalid, match="没有完成"):
        services.sign(assessment=assessment, opinion="好", version=1, by=ready.actor("officer"), at=AT)
    assert JournalEntry.objects.count() == before
    assert Sheet.objects.get().state == "open"


def test_signing_freezes_the_score_and_raises_what_was_found(ready: World) -> None:
    assessment = signed(ready)
    sheet = Sheet.objects.get()
    assert sheet.result["score"] == "96.0"
    assert altered(sheet) == ()
    hazard = Hazard.objects.get()
    assert hazard.kind == "hazard", "the item rests on mandatory law"
    assert "两处记录缺失" in hazard.text
    assert assessment.state == AssessmentState.SIGNED


def test_a_changed_byte_of_a_closed_sheet_is_found(ready: World) -> None:
    signed(ready)
    Answer.objects.filter(line="1.1.1").update(words="改")
    assert [part.key for part in altered(Sheet.objects.get())][:1] == ["1"]


def test_a_closed_sheet_takes_no_more(ready: World) -> None:
    assessment = signed(ready)
    with pytest.raises(OutOfTurn):
        record_answer(
            sheet=assessment.sheet_id,
            line="1.1.1",
            answer=CONFORMS,
            version=1,
            by=ready.actor("officer"),
            at=AT,
        )


def test_posting_runs_ten_working_days_before_hand_in(ready: World) -> None:
    assessment = signed(ready)
    by = ready.actor("officer")
    services.post(assessment=assessment, where="公告栏", version=assessment.version, by=by, at=AT)
    assert assessment.posting_ends == date(2026, 3, 16)
    last = datetime(2026, 3, 16, 15, 59, tzinfo=UTC)
    with pytest.raises(OutOfTurn, match="2026-03-16"):
        services.hand_in(assessment=assessment, version=assessment.version, by=by, at=last)
    services.hand_in(assessment=assessment, version=assessment.version, by=by, at=last + timedelta(minutes=1))
    assert Announcement.objects.filter(name="SelfAssessmentHandedIn").exists()


@pytest.mark.obligation("U19-yearly")
def test_a_year_later_the_next_one_is_due_and_overdue(ready: World) -> None:
    assessment = handed_in(ready)
    unit, calendar = assessment.unit_id, calendars.calendar()
    handed = day_of(assessment.handed_in_at or AT)
    on_day = queries.yearly(unit, date(handed.year + 1, handed.month, handed.day), calendar)
    assert on_day is not None
    assert not on_day.limit.passed
    after = queries.yearly(unit, date(handed.year + 1, handed.month, handed.day + 1), calendar)
    assert after is not None
    assert after.limit.passed


@pytest.mark.obligation("U13-less-typing")
def test_last_years_answers_are_the_start_and_have_to_be_gone_through(ready: World) -> None:
    handed_in(ready)
    at = datetime(2027, 2, 1, 2, tzinfo=UTC)
    again = services.start(
        unit=ready.units["unit"],
        level="level_2",
        lead=ready.accounts["officer"],
        by=ready.actor("officer", date(2027, 2, 1)),
        at=at,
        reuse=True,
    )
    copied = Answer.objects.filter(sheet=again.sheet_id, copied=True)
    assert copied.count() == len(sheets.rulebook(again.sheet).lines())
    by = ready.actor("officer", date(2027, 2, 1))
    with pytest.raises(Invalid, match="没有完成"):
        services.sign(assessment=again, opinion="好", version=1, by=by, at=at)
    confirm_copied(sheet=again.sheet_id, lines=[row.line for row in copied], by=by, at=at)
    services.sign(assessment=again, opinion="好", version=1, by=by, at=at)
    assert Sheet.objects.get(pk=again.sheet_id).result["score"] == "96.0"


@pytest.mark.obligation("U19-root-cause")
def test_a_problem_found_again_names_the_earlier_one(ready: World) -> None:
    handed_in(ready)
    at = datetime(2027, 2, 1, 2, tzinfo=UTC)
    by = ready.actor("officer", date(2027, 2, 1))
    again = started(ready, at)
    fill(again, by, at)
    services.sign(assessment=again, opinion="好", version=1, by=by, at=at)
    first, second = Hazard.objects.order_by("id")
    assert second.recurs_id == first.pk


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", True),
        ("assessor", True),
        ("principal", True),
        ("stranger_officer", False),
        ("industry_district", False),
        ("reviewer", False),
    ],
)
def test_who_sees_an_unfinished_one(ready: World, who: str, sees: bool) -> None:
    assessment = started(ready)
    if sees:
        assert queries.visible(ready.actor(who), assessment.pk) == assessment
    else:
        with pytest.raises(Absent):
            queries.visible(ready.actor(who), assessment.pk)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("industry_district", True),
        ("locality", True),
        ("bureau_city", True),
        ("organizer", True),
        ("other_industry_district", False),
        ("other_locality", False),
        ("stranger_officer", False),
        ("reviewer", False),
        ("system_admin", False),
    ],
)
def test_who_sees_one_handed_in(ready: World, who: str, sees: bool) -> None:
    assessment = handed_in(ready)
    seen = SelfAssessment.objects.visible_to(ready.actor(who)).filter(pk=assessment.pk).exists()
    assert seen is sees


def test_an_abandoned_one_says_why_and_opens_the_way(ready: World) -> None:
    assessment = started(ready)
    with pytest.raises(Invalid):
        services.abandon(assessment=assessment, reason=" ", by=ready.actor("officer"), at=AT)
    services.abandon(assessment=assessment, reason="重复发起", by=ready.actor("officer"), at=AT)
    assert Sheet.objects.get(pk=assessment.sheet_id).state == SheetState.ABANDONED
    assert started(ready).pk != assessment.pk


@pytest.mark.parametrize("act", [services.post, services.hand_in])
def test_nothing_is_done_out_of_turn(ready: World, act: object) -> None:
    assessment = started(ready)
    more = {"where": "公告栏"} if act is services.post else {}
    with pytest.raises(DabiaoError):
        act(assessment=assessment, version=1, by=ready.actor("officer"), at=AT, **more)
    assert SelfAssessment.objects.get().state == AssessmentState.FILLING
