"""The re-check: papers of every report, the spot, the comparison with the review."""

from datetime import date, timedelta

import pytest

import snapshots
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.grading import tasks
from dabiao.grading.models import Grading, Measure, Opinion, PaperAudit, Recheck, SpotDraw
from dabiao.grading.rules import papers
from dabiao.grading.rules.papers import Checked
from dabiao.grading.services import drawing, receiving, rechecks
from dabiao.grading.services.rechecks import Visit
from dabiao.grading.states.gradings import GradingState
from dabiao.hazards.models import Handover, Hazard
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import DabiaoError, Invalid, OutOfTurn, Refused
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.reviews import tasks as review_tasks
from dabiao.reviews.models import Finding, Report
from dabiao.sheets.models import Answer as Answered
from grading.reported import (
    AUDITED,
    JUDGED,
    LESS,
    REPORTED,
    REVIEWED,
    VISITED,
    Stage,
    at_noon,
    staged_plain,
)
from world import SINCE


def test_a_report_handed_in_is_received_once_and_its_limit_runs(stage: Stage) -> None:
    grading = stage.received()
    assert (grading.state, grading.onsite, grading.industrial) == (GradingState.RECEIVED, True, True)
    assert grading.areas == ["dust_explosion"]
    assert {each["name"] for each in grading.why} >= {"recheck.share", "units.industrial.sections"}
    assert Announcement.objects.filter(name="GradingOpened").exists()
    assert tasks.tick(REPORTED) == 0
    with pytest.raises(OutOfTurn):
        receiving.open(report=Report.objects.get(), by=TIME, at=REPORTED)
    with pytest.raises(Refused):
        receiving.open(report=Report.objects.get(), by=stage.actor("organizer"), at=REPORTED)


@pytest.mark.obligation("Q4-organizer-check")
def test_the_papers_of_a_report_are_audited_point_by_point(stage: Stage) -> None:
    grading, by = stage.received(), stage.actor("organizer")
    told = {"grading": grading, "words": "", "version": grading.version, "at": AUDITED}
    before = JournalEntry.objects.count()
    with pytest.raises(Invalid):
        rechecks.audit_papers(checked={"complete": Checked(met=True)}, by=by, **told)
    whole = {each.id: Checked(met=True) for each in papers.checklist()}
    with pytest.raises(Refused):
        rechecks.audit_papers(checked=whole, by=stage.actor("reviewer"), **told)
    assert JournalEntry.objects.count() == before
    stage.audited(scores=Checked(met=False, words="第2.1项得分算错"))
    assert not PaperAudit.objects.get().met
    assert stage.judged("back_to_write").outcome == "back_to_write"


@pytest.mark.obligation("Q2-recheck-all")
@pytest.mark.parametrize("step", ["audited", "arranged"])
def test_no_level_2_passes_without_the_recheck_on_site(stage: Stage, step: str) -> None:
    getattr(stage, step)()
    grading = stage.grading
    with pytest.raises(DabiaoError):
        stage.judged()
    told = {"grading": grading, "version": grading.version, "by": stage.actor("organizer"), "at": JUDGED}
    with pytest.raises(DabiaoError):
        rechecks.waive(**told)
    with pytest.raises(DabiaoError):
        rechecks.finish(majors=(), **told)
    assert stage.grading.state == grading.state


@pytest.mark.obligation("U11-recheck")
def test_every_level_is_rechecked_on_site_and_promptly(stage: Stage) -> None:
    stage.received()
    late = REPORTED + timedelta(days=30)
    tasks.tick(late)
    grading = stage.grading
    assert grading.overdue_on == late.date()
    assert Announcement.objects.filter(name="RecheckOverdue").exists()
    assert stage.rechecked(late).state == GradingState.RECHECKED, "late is late, and still possible"


def test_the_sheet_stands_on_the_rulebook_of_the_review(stage: Stage) -> None:
    recheck = stage.arranged()
    assert recheck.sheet is not None
    assert recheck.sheet.rulebook_id == Report.objects.get().sheet.rulebook_id
    assert recheck.sheet.occasion == "recheck"


def test_who_rechecks_belongs_to_the_organizing_unit_and_to_nobody_concerned(stage: Stage) -> None:
    grading, by, world = stage.audited(), stage.actor("organizer"), stage.world
    told = {"grading": grading, "version": grading.version, "by": by, "at": VISITED}
    before = JournalEntry.objects.count()
    for who in ("reviewer", "officer", "locality"):
        with pytest.raises(Invalid):
            rechecks.arrange(visit=Visit(VISITED.date(), world.accounts[who]), **told)
    with pytest.raises(Invalid, match="不能早于"):
        rechecks.arrange(visit=Visit(date(2026, 4, 1), world.accounts["organizer"]), **told)
    assert JournalEntry.objects.count() == before
    place = {"account": world.accounts["expert"], "role": Role.REVIEWER, "body": world.bodies["review_unit"]}
    given = people.give_posting(since=SINCE, by=TIME, at=AUDITED, **place)
    people.end_posting(posting=given, until=AUDITED.date(), by=TIME, at=AUDITED)
    visit = Visit(VISITED.date(), world.accounts["organizer"], [world.accounts["expert"]])
    with pytest.raises(Invalid):
        rechecks.arrange(visit=visit, **told)


@pytest.mark.obligation("Q2-special-areas")
def test_special_areas_have_further_items_marked_and_reported_apart(stage: Stage) -> None:
    recheck = stage.arranged()
    assert {each["area"] for each in recheck.extras} == {"dust_explosion"}
    first = recheck.extras[0]["id"]
    stage.intensified(first, met=False)
    assert [each["met"] for each in stage.recheck.extras][:2] == [False, None]
    told = {
        "recheck": stage.recheck,
        "met": True,
        "version": 2,
        "by": stage.actor("organizer"),
        "at": VISITED,
    }
    with pytest.raises(Invalid):
        rechecks.answer_extra(item="ammonia-1", words="x", **told)
    with pytest.raises(Invalid):
        rechecks.answer_extra(item=first, words=" ", **told)


@pytest.mark.obligation("Q2-special-areas")
def test_an_intensified_item_not_met_keeps_it_from_passing(stage: Stage) -> None:
    stage.seen()
    stage.intensified(stage.recheck.extras[0]["id"], met=False)
    stage.intensified(stage.recheck.extras[1]["id"], met=True)
    grading = stage.grading
    rechecks.finish(
        grading=grading, majors=(), version=grading.version, by=stage.actor("organizer"), at=VISITED
    )
    stage.opinion("recheck", "industry_district", at=JUDGED)
    with pytest.raises(Refused, match="加大复核"):
        stage.judged()


@pytest.mark.obligation("Q2-district-joins")
def test_without_the_district_department_the_recheck_is_not_finished(stage: Stage) -> None:
    stage.seen()
    opinion = Opinion.objects.get(about="recheck")
    Opinion.objects.filter(pk=opinion.pk).update(joined="")
    grading, by = stage.grading, stage.actor("organizer")
    with pytest.raises(OutOfTurn, match="派员"):
        rechecks.finish(grading=grading, majors=(), version=grading.version, by=by, at=VISITED)


def test_it_is_compared_item_by_item_and_kept_for_each_reviewer(stage: Stage) -> None:
    stage.rechecked(item_1_1_2=LESS, majors=["2.1.1"])
    measure = Measure.objects.get()
    assert (measure.reviewer.login, measure.body_id) == ("reviewer", stage.world.bodies["review_unit"].pk)
    assert (measure.compared - measure.agreed, measure.drift, measure.missed_majors) == (1, 5000, 1)
    assert {line["line"] for line in stage.recheck.comparison["lines"]} == {"1.1.2", "2.1.1"}
    assert not compare().findings.listed


@pytest.mark.obligation("U10-major-hazard", "U12-feedback")
def test_a_major_hazard_found_is_put_right_at_once_and_told_to_the_department(stage: Stage) -> None:
    stage.rechecked(majors=["2.1.1"])
    row = Handover.objects.select_related("hazard").get()
    assert (row.kind, row.to_id) == ("report", stage.world.bodies["industry_east"].pk)
    assert row.sender_id == row.hazard.confirmer_id == stage.world.bodies["organizing"].pk
    assert row.hazard.major
    assert row.hazard.text.startswith("2.1.1 现场查看")
    assert row.hazard.limit is not None
    assert not compare().findings.listed


@pytest.mark.obligation("U10-major-hazard")
def test_what_a_recheck_found_and_was_not_put_right_at_once_goes_to_enforcement(stage: Stage) -> None:
    stage.rechecked(majors=["2.1.1"])
    limit = Hazard.objects.get(origin="recheck").limit
    assert limit is not None
    review_tasks.tick(at_noon(limit))
    assert not Handover.objects.filter(kind="enforcement").exists(), "its last day still counts"
    review_tasks.tick(at_noon(limit + timedelta(days=1)))
    row = Handover.objects.get(kind="enforcement")
    assert row.to_id == stage.world.bodies["enforcement_east"].pk
    assert row.words.startswith("现场复核发现的问题")
    review_tasks.tick(at_noon(limit + timedelta(days=2)))
    assert Handover.objects.filter(kind="enforcement").count() == 1


@pytest.mark.parametrize(("state", "rectified", "drift"), [("closed", 1, 0), ("done", 0, -5000)])
def test_what_the_review_found_and_was_confirmed_as_put_right_is_no_drift(
    stage: Stage, state: str, rectified: int, drift: int
) -> None:
    sheet = Report.objects.get().sheet
    lost = [each.plain() for each in LESS.deductions]
    Answered.objects.filter(sheet=sheet, line="1.1.2").update(verdict="deducted", deductions=lost)
    hazard = Hazard.objects.create(
        number="YH202600001",
        unit=stage.case.unit,
        jurisdiction_id=stage.case.jurisdiction_id,
        origin="onsite_review",
        origin_key=1,
        standard_item=f"{sheet.rulebook.edition_id}#1.1.2",
        text="没有落实",
        kind="nonconformity",
        state=state,
        found_at=REVIEWED,
    )
    Finding.objects.create(review=stage.review, hazard=hazard, item="1.1.2")
    stage.rechecked()
    told = stage.recheck.comparison
    assert (told["rectified"], told["drift"]) == (rectified, drift)
    assert Measure.objects.get().rectified == rectified


def test_where_no_major_hazard_is_found_nobody_is_told(stage: Stage) -> None:
    stage.rechecked()
    assert not Handover.objects.exists()
    assert not Hazard.objects.filter(origin="recheck").exists()


@pytest.mark.obligation("Q4-organizer-check")
def test_spot_checks_are_drawn_so_that_anybody_can_repeat_it(stage: Stage) -> None:
    stage.received()
    body, by = stage.world.bodies["organizing"], stage.actor("organizer")
    told = {"organizing": body, "first": date(2026, 4, 1), "last": date(2026, 4, 30), "at": AUDITED}
    with pytest.raises(Invalid, match="两方"):
        drawing.draw_spot_checks(words={"甲": "一"}, by=by, **told)
    with pytest.raises(Refused):
        drawing.draw_spot_checks(words={"甲": "一", "乙": "二"}, by=stage.actor("reviewer"), **told)
    drawing.draw_spot_checks(words={"甲": "一", "乙": "二"}, by=by, **told)
    assert stage.grading.spot
    assert SpotDraw.objects.get().record["order"] == [stage.grading.number]
    with pytest.raises(Invalid):
        drawing.draw_spot_checks(words={"甲": "一", "乙": "二"}, by=by, **told)


def test_where_no_special_area_is_registered_nothing_is_added(db: None) -> None:
    plain = snapshots.laid(staged_plain)
    assert plain.arranged().extras == []
    assert Recheck.objects.count() == Grading.objects.count() == 1


def test_whoever_belonged_to_the_unit_stays_away(stage: Stage) -> None:
    world = stage.world
    place = {"account": world.accounts["organizer"], "role": Role.UNIT_OFFICER, "unit": world.units["unit"]}
    given = people.give_posting(since=SINCE, by=TIME, at=REPORTED, **place)
    people.end_posting(posting=given, until=REPORTED.date(), by=TIME, at=REPORTED)
    with pytest.raises(Refused, match="回避"):
        stage.audited()


def test_a_share_below_the_whole_leaves_some_out_and_says_so(stage: Stage) -> None:
    grading = stage.audited()
    Grading.objects.filter(pk=grading.pk).update(onsite=False)
    grading, by = stage.grading, stage.actor("organizer")
    with pytest.raises(OutOfTurn):
        rechecks.arrange(
            grading=grading,
            visit=Visit(VISITED.date(), stage.world.accounts["organizer"]),
            version=grading.version,
            by=by,
            at=VISITED,
        )
    rechecks.waive(grading=grading, version=grading.version, by=by, at=VISITED)
    assert stage.grading.state == GradingState.RECHECKED
